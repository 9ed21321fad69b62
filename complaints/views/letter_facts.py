"""What stands on a letter and what happened to it: the parts of its page that one reads."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.enums import MatterKind, MatterState
from complaints.models import Letter, Matter, Participant
from complaints.views.panels import Part, Refused, panel
from egov.organizations.actor import Actor

S = MatterState
SENTENCES = {
    S.ENTERED: gettext_lazy("%(person)s vào sổ."),
    S.PROCESSING: gettext_lazy("%(person)s đưa vào xử lý."),
    S.INCOMPLETE: gettext_lazy("%(person)s yêu cầu bổ sung."),
    S.SETTLING: gettext_lazy("%(person)s đưa vào giải quyết."),
    S.SUSPENDED: gettext_lazy("%(person)s tạm đình chỉ giải quyết."),
    S.SETTLED: gettext_lazy("%(person)s ghi nhận đã giải quyết."),
    S.ARCHIVED: gettext_lazy("%(person)s lưu hồ sơ."),
    S.STOPPED: gettext_lazy("%(person)s đình chỉ."),
    S.REFUSED: gettext_lazy("%(person)s ghi nhận không thụ lý."),
    S.GUIDED: gettext_lazy("%(person)s hướng dẫn người gửi."),
    S.TRANSFERRED: gettext_lazy("%(person)s chuyển đơn."),
    S.RETURNED: gettext_lazy("%(person)s trả lại đơn."),
    S.FILED: gettext_lazy("%(person)s lưu đơn."),
    S.ANSWERED: gettext_lazy("%(person)s trả lời."),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history."""

    sentence: str
    at: datetime
    note: str


@panel(80)
def content_part(_actor: Actor, matter: Matter, _refused: Refused) -> Part:
    """What this content says and asks for, against whom."""
    return Part("complaints/_letter_content.html", {"facts": content_facts(matter)})


@panel(81)
def letter_part(_actor: Actor, matter: Matter, _refused: Refused) -> Part:
    """How the letter came and where it stands in the register."""
    return Part("complaints/_letter_facts.html", {"facts": letter_facts(matter.letter)}, is_aside=True)


@panel(82)
def people_part(_actor: Actor, matter: Matter, _refused: Refused) -> Part:
    """Who stands on an open letter; of a protected one only that its people are sealed."""
    letter = matter.letter
    people = [] if letter.is_protected else [person_facts(one) for one in letter.participants.all()]
    context = {"people": people, "count": letter.people, "is_protected": letter.is_protected}
    return Part("complaints/_letter_people.html", context, is_aside=True)


@panel(99)
def history_part(_actor: Actor, matter: Matter, _refused: Refused) -> Part:
    """What happened to this content, oldest first."""
    events = [
        Event(
            str(SENTENCES[S(change.after)]) % {"person": change.person or _("Hệ thống")},
            change.at,
            change.note,
        )
        for change in matter.changes.all()
    ]
    return Part("complaints/_letter_history.html", {"events": events})


def content_facts(matter: Matter) -> list[tuple[str, object]]:
    """In the order in which people ask."""
    return [
        (_("Loại"), matter.get_kind_display()),
        (_("Lĩnh vực"), _field_words(matter)),
        (_("Tóm tắt nội dung"), matter.summary),
        (_("Yêu cầu"), matter.request),
        (_("Đối tượng"), matter.get_subject_kind_display() if matter.subject else ""),
        (_("Cụ thể"), matter.subject),
        # The law knows first and second of complaints alone.
        (_("Lần giải quyết"), matter.get_stage_display() if matter.kind == MatterKind.COMPLAINT else ""),
        (_("Cơ quan đang xử lý"), matter.agency.name),
        (_("Người xử lý"), matter.handler.user.full_name if matter.handler else _("chưa có")),
        (_("Hạn xử lý"), _day(matter.process_due_on)),
        (_("Ngày thụ lý"), _day(matter.accepted_on)),
        (_("Hạn giải quyết"), _day(matter.settle_due_on)),
    ]


def letter_facts(letter: Letter) -> list[tuple[str, object]]:
    """How it came in, from whom it was sent on, and its root if it is a duplicate."""
    return [
        (_("Số vào sổ"), f"{letter.number} – {letter.get_series_display()} {letter.year}"),
        (_("Cơ quan vào sổ"), letter.agency.name),
        (_("Đến lúc"), _moment(letter.received_at)),
        (_("Vào sổ lúc"), _moment(letter.entered_at)),
        (_("Người vào sổ"), letter.entered_by.user.full_name if letter.entered_by else ""),
        (_("Hình thức nhận"), letter.get_channel_display()),
        (_("Nguồn đơn"), letter.get_source_display()),
        (_("Ngày ghi trên đơn"), _day(letter.written_on)),
        (_("Cơ quan chuyển"), letter.sent_by),
        (_("Văn bản chuyển"), " – ".join(filter(None, [letter.sent_number, _day(letter.sent_on)]))),
        (_("Báo kết quả cho nơi chuyển"), _("có") if letter.wants_reply else ""),
        (_("Trùng với đơn"), letter.root.code if letter.root else ""),
        (_("Chuyển từ đơn"), letter.moved_from.code if letter.moved_from else ""),
    ]


def person_facts(person: Participant) -> tuple[str, list[tuple[str, object]]]:
    """One person with their part; numbers by their two ends."""
    facts: list[tuple[str, object]] = [
        (_("Họ tên"), person.name),
        (_("Ngày sinh"), _day(person.born_on)),
        (_("Số định danh, hộ chiếu"), masked(person.personal_number)),
        (_("Địa chỉ"), person.address),
        (_("Điện thoại"), person.phone),
        (_("Thư điện tử"), person.email),
        (_("Chữ ký"), "" if person.has_signed else _("chưa ký, chưa điểm chỉ")),
        (_("Giấy ủy quyền, cử đại diện"), person.authorisation),
        (_("Thẻ luật sư"), person.lawyer_card),
        (_("Rút đơn ngày"), _day(person.withdrawn_on)),
    ]
    return person.get_role_display(), facts


def masked(number: str) -> str:
    """A personal number by its two ends: enough to compare, not enough to use."""
    return f"{number[:3]}{'•' * (len(number) - 6)}{number[-3:]}" if len(number) > 6 else number  # noqa: PLR2004


def _field_words(matter: Matter) -> str:
    if matter.field is None:
        return ""
    return " – ".join(
        filter(None, [matter.field.parent.name if matter.field.parent else "", matter.field.name])
    )


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}"
