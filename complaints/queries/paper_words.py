"""The words of the papers that go out about a matter, as a snapshot that can be printed again (domain: 5.4).

Papers are official and always Vietnamese. A protected letter is spoken of by its code: neither who denounces
nor what the letter says stands on any of them; both travel in the sealed annex, apart (rule 16).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from complaints.enums import Direction, MatterKind, ParticipantRole
from complaints.models import Matter, MatterPaper, Proposal, ground_words
from egov.organizations.models import Agency

Kind = MatterPaper.Kind
Block = dict[str, Any]
FIRST_MONTH_WITHOUT_ZERO = 3
MOST_NAMED = 5
# What stands behind the number (Decree 30/2020/NĐ-CP, Appendix III); ``%s`` is the agency's abbreviation.
NOTATIONS: Mapping[str, str] = {
    Kind.PROPOSAL: "PĐX-%s",
    Kind.COMPLETION: "HD-%s",
    Kind.REFUSAL: "TB-%s",
    Kind.GUIDANCE: "HD-%s",
    Kind.TRANSFER: "PC-%s",
    Kind.TRANSFER_NOTICE: "TB-%s",
    Kind.RETURN: "PTL-%s",
    Kind.URGING: "%s-TCD",
    Kind.ANSWER: "%s-TCD",
    Kind.STOP: "QĐ-%s",
    Kind.REPLY: "%s-TCD",
}
# Two people answer for these: who proposed and who approved.
SIGNED_BY_BOTH = (Kind.PROPOSAL,)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one paper is about besides its matter: the decision behind it, words of its own, to whom."""

    proposal: Proposal | None = None
    words: str = ""
    addressee: str = ""
    signer_name: str = ""
    signer_position: str = ""


def paper_words(
    matter: Matter, kind: Kind, said: Said, *, agency: Agency, notation: str, on: date
) -> dict[str, Any]:
    """Everything that the paper says, as JSON: what is kept, and what is printed."""
    with override("vi"):
        return {
            "label": "",
            "source": "",
            "title": str(kind.label),
            "number": notation,
            "paper": "a4",
            "agency": agency.name,
            "superior_agency": agency.superior_name,
            "place_and_date": f"{agency.unit.name}, {_long_day(on)}",
            "code": f"Đơn số {matter.letter.code}",
            "blocks": [*_to_whom(matter, kind, said), *BLOCKS[kind](matter, said)],
            "signatures": _signatures(kind, said),
            "note": NOTES.get(kind, ""),
        }


def senders(matter: Matter) -> str:
    """Who wrote, as a paper addresses them: by code where the letter is protected."""
    if matter.letter.is_protected:
        return f"người gửi đơn mang mã số {matter.letter.code}"
    people = [
        one
        for one in matter.letter.participants.all()
        if one.role in (ParticipantRole.PRINCIPAL, ParticipantRole.REPRESENTATIVE) and not one.withdrawn_on
    ]
    represented = [one for one in people if one.role == ParticipantRole.REPRESENTATIVE]
    named = "; ".join(
        ", ".join(part for part in (one.name, one.address) if part)
        for one in (represented or people)[:MOST_NAMED]
    )
    others = matter.letter.people - 1
    many = f" (đơn của {matter.letter.people} người)" if others > 0 else ""
    return f"{named}{many}" if named else "người gửi đơn"


def _to_whom(matter: Matter, kind: Kind, said: Said) -> list[Block]:
    if kind in SIGNED_BY_BOTH:
        return []
    return [facts(("Kính gửi", said.addressee or senders(matter)))]


def _letter(matter: Matter) -> Block:
    """What every paper says of the letter; of a protected one its code, kind and days alone."""
    letter = matter.letter
    rows = [
        ("Loại đơn", str(MatterKind(matter.kind).label)),
        ("Ngày ghi trên đơn", day(letter.written_on)),
        ("Ngày nhận", day(timezone.localdate(letter.received_at))),
    ]
    if not letter.is_protected:
        rows += [
            ("Người gửi", senders(matter)),
            ("Đối tượng", matter.subject),
            ("Nội dung", matter.summary),
        ]
    return facts(*rows)


def _because(matter: Matter, said: Said) -> Block:
    proposal = said.proposal
    if proposal is None:
        return facts(("Lý do", said.words))
    ground = ground_words(matter.kind, proposal.direction, proposal.ground)
    return facts(("Căn cứ", ground), ("Lý do", proposal.words))


def _because_to_body(matter: Matter, said: Said) -> Block:
    """The reason as another body may read it: words typed about a protected letter stay in its own file."""
    if matter.letter.is_protected and said.proposal is not None:
        return facts(("Căn cứ", ground_words(matter.kind, said.proposal.direction, said.proposal.ground)))
    return _because(matter, said)


def _acceptance(matter: Matter, said: Said) -> list[Block]:
    return [
        _letter(matter),
        sentence("Đơn thuộc thẩm quyền giải quyết và đủ điều kiện thụ lý. Đề xuất thụ lý để giải quyết."),
        _because(matter, said),
        facts(("Ý kiến của người phê duyệt", said.proposal.decision or "Đồng ý" if said.proposal else "")),
    ]


def _completion(matter: Matter, said: Said) -> list[Block]:
    until = day(said.proposal.answer_by) if said.proposal else ""
    return [
        _letter(matter),
        sentence("Đơn thuộc thẩm quyền giải quyết nhưng chưa đủ điều kiện thụ lý. Đề nghị bổ sung:"),
        *paragraphs(said.proposal.words if said.proposal else said.words),
        facts(("Bổ sung trước hết ngày", until)),
    ]


def _refusal(matter: Matter, said: Said) -> list[Block]:
    return [
        _letter(matter),
        sentence("Cơ quan thông báo không thụ lý giải quyết đơn:"),
        _because(matter, said),
    ]


def _guidance(matter: Matter, said: Said) -> list[Block]:
    place = said.proposal.place if said.proposal else ""
    return [
        _letter(matter),
        sentence(
            f"Nội dung đơn không thuộc thẩm quyền giải quyết của {matter.agency.name}. "
            f"Đề nghị Ông/Bà gửi đơn đến {place} để được xem xét, giải quyết theo quy định của pháp luật."
        ),
        _because(matter, said),
        sentence("Gửi trả lại Ông/Bà đơn cùng các giấy tờ, tài liệu là bản gốc kèm theo (nếu có)."),
    ]


def _transfer(matter: Matter, said: Said) -> list[Block]:
    blocks = [
        _letter(matter),
        sentence(
            f"{matter.agency.name} chuyển đơn nêu trên để quý cơ quan xem xét, giải quyết theo thẩm quyền."
        ),
        _because_to_body(matter, said),
    ]
    if matter.letter.is_protected:
        blocks.append(
            sentence(
                "Danh tính người tố cáo và bản gốc đơn gửi riêng trong phụ lục niêm phong kèm mã số trên; "
                "đề nghị bảo vệ bí mật theo Điều 56 Luật Tố cáo."
            )
        )
    return blocks


def _told_transfer(matter: Matter, said: Said) -> list[Block]:
    place = said.proposal.place if said.proposal else said.words
    return [
        _letter(matter),
        sentence(
            f"Nội dung đơn không thuộc thẩm quyền giải quyết của {matter.agency.name} "
            f"và đã được chuyển đến {place}. Đề nghị liên hệ với cơ quan này để biết kết quả."
        ),
    ]


def _return(matter: Matter, said: Said) -> list[Block]:
    letter = matter.letter
    return [
        _letter(matter),
        facts(("Văn bản chuyển đến", _reference(letter.sent_number, letter.sent_on))),
        sentence(
            f"Nội dung đơn không thuộc thẩm quyền của {matter.agency.name}. Trả lại đơn để quý cơ quan xử lý."
        ),
        _because_to_body(matter, said),
    ]


def _urging(matter: Matter, said: Said) -> list[Block]:
    until = day(said.proposal.answer_by) if said.proposal else ""
    return [
        _letter(matter),
        sentence(
            "Đến nay đơn nêu trên chưa được giải quyết trong thời hạn. Đề nghị quý cơ quan khẩn trương "
            "giải quyết, làm rõ trách nhiệm để chậm và báo cáo kết quả."
        ),
        _because_to_body(matter, said),
        facts(("Báo cáo trước hết ngày", until)),
    ]


def _answer(matter: Matter, said: Said) -> list[Block]:
    return [
        _letter(matter),
        sentence(f"{matter.agency.name} trả lời như sau:"),
        *paragraphs(said.proposal.words if said.proposal else said.words),
    ]


def _stop(matter: Matter, said: Said) -> list[Block]:
    return [_letter(matter), sentence("Quyết định đình chỉ việc xử lý đơn nêu trên:"), _because(matter, said)]


def _reply(matter: Matter, said: Said) -> list[Block]:
    letter = matter.letter
    return [
        facts(
            ("Văn bản chuyển đến", _reference(letter.sent_number, letter.sent_on)),
            ("Kết quả", str(matter.get_state_display())),
        ),
        *paragraphs(said.words),
    ]


BLOCKS: Mapping[str, Callable[[Matter, Said], list[Block]]] = {
    Kind.PROPOSAL: _acceptance,
    Kind.COMPLETION: _completion,
    Kind.REFUSAL: _refusal,
    Kind.GUIDANCE: _guidance,
    Kind.TRANSFER: _transfer,
    Kind.TRANSFER_NOTICE: _told_transfer,
    Kind.RETURN: _return,
    Kind.URGING: _urging,
    Kind.ANSWER: _answer,
    Kind.STOP: _stop,
    Kind.REPLY: _reply,
}
NOTES = {
    Kind.GUIDANCE: "Cơ quan chỉ hướng dẫn một lần về cùng một nội dung (Thông tư 05/2021/TT-TTCP).",
    Kind.TRANSFER: "Đề nghị thông báo kết quả giải quyết cho cơ quan chuyển đơn.",
}
PAPER_OF: Mapping[str, Kind] = {
    Direction.ACCEPT: Kind.PROPOSAL,
    Direction.COMPLETE: Kind.COMPLETION,
    Direction.REFUSE: Kind.REFUSAL,
    Direction.GUIDE: Kind.GUIDANCE,
    Direction.TRANSFER: Kind.TRANSFER,
    Direction.RETURN: Kind.RETURN,
    Direction.URGE: Kind.URGING,
    Direction.ANSWER: Kind.ANSWER,
    Direction.STOP: Kind.STOP,
}


def facts(*rows: tuple[str, str]) -> Block:
    """A block of labelled lines; those without a value are left out."""
    return {"kind": "facts", "rows": [list(row) for row in rows if row[1]]}


def sentence(text: str) -> Block:
    """A block of words."""
    return {"kind": "words", "text": text}


def paragraphs(text: str) -> list[Block]:
    """A block of words for each line that was typed."""
    return [sentence(line.strip()) for line in text.splitlines() if line.strip()]


def day(on: date | None) -> str:
    """``05/03/2026``; empty where there is none."""
    return f"{on:%d/%m/%Y}" if on else ""


def _reference(number: str, on: date | None) -> str:
    return " ngày ".join(part for part in (number, day(on)) if part)


def _long_day(on: date) -> str:
    month = f"{on.month:02d}" if on.month < FIRST_MONTH_WITHOUT_ZERO else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def _signatures(kind: Kind, said: Said) -> list[dict[str, str]]:
    approving = {"title": said.signer_position, "name": said.signer_name}
    if kind in SIGNED_BY_BOTH and said.proposal is not None:
        by = said.proposal.proposed_by
        return [{"title": "Người đề xuất", "name": by.user.full_name}, approving]
    return [approving]
