"""The slip that whoever brings a letter takes home (giấy biên nhận): code, day, papers, who took it in."""

from typing import Any

from django.utils import timezone, translation

from complaints.models import Letter
from complaints.queries.letter_page import LetterNotFound
from egov.organizations.actor import Actor, SignedOut
from egov.printing.slips import Block, facts, long_day, long_moment, sentence, table

PROTECTED = "Người tố cáo (danh tính được giữ bí mật)"
UNNAMED = "Người gửi không ghi tên"


def letter_for_slip(actor: Actor | SignedOut, letter_id: int) -> Letter:
    """The letter, for whoever may read it and for who entered it in the position in use. Raises
    LetterNotFound."""
    rows = Letter.objects.select_related("agency__unit", "entered_by__user")
    letter = rows.visible_to(actor).filter(pk=letter_id).first()
    if letter is None and isinstance(actor, Actor):
        letter = rows.filter(pk=letter_id, entered_by=actor.membership).first()
    if letter is None:
        raise LetterNotFound
    return letter


def letter_slip_content(letter: Letter) -> dict[str, Any]:
    """What the slip says, in Vietnamese; of a protected letter its code, without a name or a summary."""
    with translation.override("vi"):
        clerk = letter.entered_by.user.full_name if letter.entered_by else ""
        return {
            "title": "Giấy biên nhận đơn",
            "number": f"{letter.number:02d}/BN-{letter.series}",
            "code": letter.code,
            "agency": letter.agency.name,
            "superior_agency": letter.agency.superior_name,
            "place_and_date": f"{letter.agency.unit.name}, {long_day(timezone.localdate(letter.entered_at))}",
            "blocks": [_facts(letter, clerk), *_papers(letter), _what_next()],
            "signatures": [{"title": "Người nộp", "name": ""}, {"title": "Người nhận", "name": clerk}],
        }


def _facts(letter: Letter, clerk: str) -> Block:
    return facts(
        ("Người gửi", who_sent(letter)),
        ("Hình thức nhận", str(letter.get_channel_display())),
        ("Cơ quan chuyển", "" if letter.is_protected else letter.sent_by),
        ("Đến lúc", long_moment(letter.received_at)),
        ("Vào sổ", f"số {letter.number}, {letter.get_series_display()} năm {letter.year}"),
        ("Mã tra cứu", letter.secret),
        ("Người nhận", clerk),
    )


def _papers(letter: Letter) -> list[Block]:
    if letter.is_protected:
        count = letter.sealed_records.filter(kind="original").count()
        words = f"Cơ quan đã niêm phong {count} giấy tờ kèm theo đơn." if count else ""
        return [sentence(words)] if words else []
    rows = [
        [str(index), paper.name, str(paper.originals), str(paper.copies)]
        for index, paper in enumerate(letter.attachments.all(), start=1)
    ]
    if not rows:
        return [sentence("Không có giấy tờ kèm theo đơn.")]
    head = sentence("Cơ quan đã nhận đơn cùng các giấy tờ sau:")
    return [head, table(("STT", "Tên giấy tờ", "Bản chính", "Bản sao"), (0.6, 4, 1, 1), rows)]


def _what_next() -> Block:
    return sentence(
        "Đề nghị giữ giấy này để tra cứu tình hình xử lý đơn. Giấy biên nhận không phải là thông báo thụ lý."
    )


def who_sent(letter: Letter) -> str:
    """Names of an open letter's people; nobody's of a protected one."""
    if letter.is_protected:
        return PROTECTED
    names = [one.name for one in letter.participants.all() if not one.withdrawn_on]
    return "; ".join(names[:5]) + (f" và {len(names) - 5} người khác" if len(names) > 5 else "") or UNNAMED  # noqa: PLR2004
