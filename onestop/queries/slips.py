"""The words of every slip, as the standard forms ask for them (domain: 3.2): facts, tables, sentences.

Slips are official papers and always Vietnamese. They name a personal number by its two ends only (rule 58).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from egov.organizations.models import Agency
from egov.web.below import Below, read_below
from onestop.enums import Delivery, FormKind
from onestop.fees import ChargeLine
from onestop.models import Charge, Dossier, IssuedForm, Leg, Paper, Party, StandardForm
from onestop.queries.slip_code import lookup_address
from onestop.rules.identity import masked

Block = dict[str, Any]
Content = Mapping[str, Any]
FIRST_MONTH_WITHOUT_ZERO = 3
# What ``forms_of`` reads below a dossier.
FORM_LIST = Below("forms", follow=("form__form_set", "issued_by__user"))


def slip(
    dossier: Dossier,
    form: StandardForm,
    *,
    number: int,
    agency: Agency,
    person: str,
    content: Content,
    at: datetime,
) -> dict[str, Any]:
    """Everything that one slip says, as JSON: what is kept, and what is printed."""
    with override("vi"):
        on = timezone.localdate(at)
        label = f"Mẫu số {form.number}" if form.number else ""
        return {
            "label": label,
            "source": form.form_set.name if label else "",
            "title": form.title,
            "number": f"{number:02d}/{form.notation}",
            "paper": form.paper,
            "agency": agency.name,
            "superior_agency": agency.superior_name,
            "place_and_date": f"{_place(agency)}, {long_day(on)}",
            "code": str(dossier),
            "qr_text": _leads_to(dossier, FormKind(form.kind)),
            "blocks": BLOCKS[FormKind(form.kind)](dossier, content),
            "signatures": _signatures(FormKind(form.kind), dossier, person),
            # What a bank's app needs to pay the fees: the text of a VietQR code.
            "transfer": content.get("transfer", ""),
            "note": NOTES.get(FormKind(form.kind), ""),
        }


def _receipt(dossier: Dossier, content: Content) -> list[Block]:
    rule = dossier.channel_rule
    limit = rule.limit if rule else None
    papers = [
        [
            str(index),
            paper.name + (" (chỉ xuất trình)" if paper.is_shown_only else ""),
            _count(paper.originals),
            _count(paper.certified_copies),
            _count(paper.photocopies),
        ]
        for index, paper in enumerate(_papers(dossier), start=1)
    ]
    return [
        facts(
            *_people(dossier),
            ("Thủ tục", str(dossier.version)),
            ("Nội dung yêu cầu giải quyết", dossier.content),
            ("Cách thức nộp", dossier.get_channel_display()),
        ),
        sentence("Thành phần hồ sơ nộp gồm:"),
        _table(
            ("STT", "Tên giấy tờ", "Bản chính", "Bản sao chứng thực", "Bản chụp"),
            (0.6, 4, 0.8, 1, 0.8),
            papers,
        ),
        facts(
            ("Số lượng hồ sơ", f"{dossier.sets} bộ"),
            ("Thời gian giải quyết theo quy định", str(limit) if limit else "không hẹn ngày trả"),
            ("Thời gian nhận hồ sơ", moment(dossier.received_at)),
            ("Thời gian trả kết quả", moment(dossier.due_at) or "không hẹn ngày trả kết quả"),
            ("Nơi trả kết quả", _place_of_return(dossier)),
            ("Cơ quan giải quyết", _other_agency(dossier)),
            ("Phí, lệ phí", content_words(content.get("fees"))),
            ("Tra cứu", f"mã hồ sơ {dossier}, mã tra cứu {dossier.secret}" if dossier.secret else ""),
            ("Điện thoại liên hệ", dossier.receiving_agency.phone),
        ),
    ]


def _supplement(dossier: Dossier, content: Content) -> list[Block]:
    rows = [[str(index), *_named(one)] for index, one in enumerate(content.get("papers", ()), start=1)]
    return [
        facts(*_people(dossier), ("Thủ tục", str(dossier.version)), ("Nội dung yêu cầu", dossier.content)),
        sentence("Đề nghị Ông/Bà bổ sung, hoàn thiện hồ sơ gồm những nội dung sau:"),
        _table(("STT", "Giấy tờ, nội dung cần bổ sung", "Yêu cầu"), (0.6, 4, 3), rows),
        facts(
            ("Lý do", content_words(content.get("reason"))),
            ("Thời hạn bổ sung", content_words(content.get("deadline"))),
            ("Liên hệ hướng dẫn", content_words(content.get("contact")) or dossier.receiving_agency.phone),
        ),
    ]


def _refusal(dossier: Dossier, content: Content) -> list[Block]:
    return [
        facts(
            *_people(dossier),
            ("Thủ tục", str(dossier.version)),
            ("Nội dung yêu cầu", dossier.content),
            ("Nộp lúc", moment(dossier.submitted_at)),
        ),
        sentence(
            "Qua xem xét, cơ quan thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:"
        ),
        facts(
            ("Căn cứ từ chối", content_words(content.get("ground"))),
            ("Lý do", content_words(content.get("reason"))),
            ("Liên hệ", content_words(content.get("contact")) or dossier.receiving_agency.phone),
        ),
    ]


def _apology(dossier: Dossier, content: Content) -> list[Block]:
    return [
        facts(
            ("Kính gửi", dossier.owner.name),
            ("Hồ sơ", f"{dossier} – {dossier.content}"),
            ("Tiếp nhận lúc", moment(dossier.received_at)),
            ("Cơ quan giải quyết", dossier.deciding_agency.name),
            ("Thời gian hẹn trả kết quả", content_words(content.get("original") or dossier.promised_at)),
        ),
        sentence("Đến nay hồ sơ chưa giải quyết xong. Lý do:"),
        sentence(content_words(content.get("reason"))),
        sentence("Cơ quan xin lỗi Ông/Bà vì sự chậm trễ này và hẹn lại thời gian trả kết quả như sau:"),
        facts(("Thời gian trả kết quả mới", content_words(content.get("appointment") or dossier.due_at))),
    ]


def _stop(dossier: Dossier, content: Content) -> list[Block]:
    return [
        facts(
            *_people(dossier),
            ("Thủ tục", str(dossier.version)),
            ("Nội dung yêu cầu", dossier.content),
            ("Tiếp nhận lúc", moment(dossier.received_at)),
        ),
        sentence("Cơ quan thông báo dừng giải quyết hồ sơ này với lý do cụ thể như sau:"),
        sentence(content_words(content.get("reason"))),
        facts(("Liên hệ", content_words(content.get("contact")) or dossier.receiving_agency.phone)),
    ]


def _control(dossier: Dossier, content: Content) -> list[Block]:  # noqa: ARG001
    return [
        facts(
            ("Nội dung yêu cầu", dossier.content),
            *_people(dossier),
            ("Tiếp nhận lúc", moment(dossier.received_at)),
            ("Hẹn trả lúc", moment(dossier.due_at) or "không hẹn ngày trả"),
            ("Trả về nơi tiếp nhận trước", moment(dossier.due_at)),
        ),
        _table(
            (
                "Công đoạn, bước",
                "Người giải quyết",
                "Nhận lúc",
                "Xong lúc",
                "Kết quả",
                "Ghi chú",
                "Ký giao, nhận",
            ),
            (2, 1.6, 1.3, 1.3, 1, 1.4, 1.4),
            [row for leg in _legs(dossier) for row in _steps(leg)],
        ),
    ]


BLOCKS: dict[FormKind, Callable[[Dossier, Content], list[Block]]] = {
    FormKind.RECEIPT: _receipt,
    FormKind.SUPPLEMENT: _supplement,
    FormKind.REFUSAL: _refusal,
    FormKind.APOLOGY: _apology,
    FormKind.STOP: _stop,
    FormKind.CONTROL: _control,
}
NOTES = {
    FormKind.RECEIPT: (
        "Khi đến nhận kết quả, đề nghị mang theo giấy này và giấy tờ tùy thân; "
        "người nhận thay mang theo văn bản ủy quyền."
    ),
}


def forms_of(dossier: Dossier) -> list[IssuedForm]:
    """Every slip of a dossier, oldest first."""
    read_below([dossier], FORM_LIST)
    return list(dossier.forms.all())


def charge_words(charges: Sequence[Charge | ChargeLine]) -> str:
    """What is to be paid, on one line of a slip: ``Lệ phí đăng ký 50.000 đồng``."""
    return "; ".join(f"{one.name} {one.amount:,} đồng".replace(",", ".") for one in charges)


def moment(at: datetime | None) -> str:
    """A moment as the forms write it: ``09 giờ 05 phút, ngày 05/03/2026``."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{local:%H} giờ {local:%M} phút, ngày {local:%d/%m/%Y}"


def content_words(value: object) -> str:
    """What an action hands over, as words: moments and days are written out."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


def _people(dossier: Dossier) -> list[tuple[str, str]]:
    submitter, owner = dossier.submitter, dossier.owner
    people = [("Người nộp hồ sơ", submitter.name), *reached(submitter)]
    if owner != submitter:
        people += [("Chủ hồ sơ", owner.name), ("Địa chỉ chủ hồ sơ", owner.address), *_number(owner)]
    return people


def reached(party: Party) -> list[tuple[str, str]]:
    """By what number and where a person is known and reached."""
    return [
        *_number(party),
        ("Địa chỉ", party.address),
        ("Điện thoại", party.phone),
        ("Thư điện tử", party.email),
    ]


def _number(party: Party) -> list[tuple[str, str]]:
    if party.personal_number:
        return [("Số định danh cá nhân", masked(party.personal_number))]
    return [("Mã số thuế, mã doanh nghiệp", party.tax_code)] if party.tax_code else []


def _papers(dossier: Dossier) -> Sequence[Paper]:
    return list(dossier.papers.filter(replaced_by=None))


def _legs(dossier: Dossier) -> Sequence[Leg]:
    return list(dossier.legs.select_related("agency").prefetch_related("steps__holder__user"))


def _steps(leg: Leg) -> list[list[str]]:
    return [
        [
            f"{leg.name}: {step.name}",
            step.holder.user.full_name if step.holder else leg.agency.short_name,
            short_moment(step.started_at),
            short_moment(step.ended_at),
            _in_time(step.ended_at, step.due_at),
            step.note,
            "",
        ]
        for step in leg.steps.all()
        if step.started_at
    ]


def _in_time(ended_at: datetime | None, due_at: datetime | None) -> str:
    """As dossiers are judged: by days (domain: 3.5)."""
    if ended_at is None or due_at is None:
        return ""
    ended, due = timezone.localdate(ended_at), timezone.localdate(due_at)
    if ended < due:
        return "Trước hạn"
    return "Đúng hạn" if ended == due else "Quá hạn"


def _place_of_return(dossier: Dossier) -> str:
    match dossier.delivery:
        case Delivery.POST:
            return f"{dossier.get_delivery_display()}: {dossier.delivery_address}"
        case Delivery.ONLINE:
            return dossier.get_delivery_display()
        case _:
            agency = dossier.receiving_agency
            return ", ".join(part for part in (agency.name, agency.address) if part)


def _other_agency(dossier: Dossier) -> str:
    return dossier.deciding_agency.name if dossier.deciding_agency_id != dossier.receiving_agency_id else ""


def _signatures(kind: FormKind, dossier: Dossier, person: str) -> list[dict[str, str]]:
    match kind:
        case FormKind.RECEIPT:
            return [
                {"title": "Người nộp hồ sơ", "name": dossier.submitter.name},
                {"title": "Người tiếp nhận hồ sơ", "name": person},
            ]
        case FormKind.CONTROL:
            return []
        case FormKind.APOLOGY | FormKind.STOP:
            return [{"title": "Thủ trưởng cơ quan", "name": ""}]
        case _:
            return [{"title": "Người lập phiếu", "name": person}]


def _named(paper: object) -> tuple[str, str]:
    """A paper asked for: its name, or its name and what is asked of it."""
    if isinstance(paper, tuple | list):
        name, note = paper
        return str(name), str(note)
    return str(paper), ""


def _leads_to(dossier: Dossier, kind: FormKind) -> str:
    """What its QR code says: the applicant's way to the lookup, with the secret on the receipt alone."""
    if kind == FormKind.CONTROL:
        return str(dossier)
    return lookup_address(str(dossier), dossier.secret if kind == FormKind.RECEIPT else "")


def _place(agency: Agency) -> str:
    name: str = agency.unit.name
    return name


def long_day(on: date) -> str:
    """``ngày 05 tháng 03 năm 2026``, as papers are dated (Decree 30/2020/NĐ-CP, Appendix I)."""
    month = f"{on.month:02d}" if on.month < FIRST_MONTH_WITHOUT_ZERO else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def short_moment(at: datetime | None) -> str:
    """A moment in a cell: ``09:05 05/03/2026``."""
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}" if at else ""


def _count(number: int) -> str:
    return str(number) if number else ""


def facts(*rows: tuple[str, str]) -> Block:
    """A block of labelled lines; those without a value are left out."""
    return {"kind": "facts", "rows": [list(row) for row in rows if row[1]]}


def _table(headings: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]) -> Block:
    return {
        "kind": "table",
        "headings": list(headings),
        "widths": list(widths),
        "rows": list(map(list, rows)),
    }


def sentence(text: str) -> Block:
    """A block of words."""
    return {"kind": "words", "text": text}
