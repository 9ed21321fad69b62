"""History as sentences: who did what, with the law's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.enums import DeliveryState, DocumentState, StatusCode
from documents.models import DeliveryChange
from egov.workflow.models import StateChange

D, V = DocumentState, DeliveryState
DOCUMENT = {
    (D.DRAFT, D.SUBMITTED): gettext_lazy("%(person)s trình ký văn bản."),
    (D.SUBMITTED, D.DRAFT): gettext_lazy("%(person)s đưa văn bản về dự thảo."),
    (D.SIGNED, D.DRAFT): gettext_lazy("%(person)s trả lại văn bản đã ký; chữ ký không còn giá trị."),
    (D.SUBMITTED, D.SIGNED): gettext_lazy("%(person)s ký số văn bản."),
    (D.SIGNED, D.NUMBERED): gettext_lazy("%(person)s cấp số, ghi ngày và đăng ký vào sổ văn bản đi."),
    (D.NUMBERED, D.SEALED): gettext_lazy("%(person)s ký số của cơ quan (đóng dấu)."),
    (D.SEALED, D.ISSUED): gettext_lazy("%(person)s phát hành văn bản."),
}
DELIVERY = {
    V.ARRIVED: gettext_lazy("Văn bản đến cơ quan; nơi gửi đã được báo (01)."),
    V.RETURNED: gettext_lazy("%(person)s trả lại nơi gửi (02)."),
    V.REGISTERED: gettext_lazy("%(person)s tiếp nhận và cho số đến (03)."),
    V.PRESENTED: gettext_lazy("%(person)s trình lãnh đạo."),
    V.ASSIGNED: gettext_lazy("%(person)s cho ý kiến chỉ đạo, phân công xử lý (04)."),
    V.IN_PROGRESS: gettext_lazy("%(person)s bắt đầu xử lý (05)."),
    V.FINISHED: gettext_lazy("%(person)s kết thúc xử lý (06)."),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a history."""

    sentence: str
    at: datetime
    note: str


def document_events(changes: Iterable[StateChange]) -> list[Event]:
    """Steps of an outgoing document."""
    return [_event(one, DOCUMENT.get((one.before, one.after))) for one in changes]


def delivery_events(changes: Iterable[StateChange]) -> list[Event]:
    """Steps of an incoming document; a step that leaves the state as it is tells itself in its note."""
    return [_event(one, DELIVERY.get(one.after) if one.before != one.after else None) for one in changes]


def told_events(changes: Iterable[DeliveryChange]) -> list[Event]:
    """What a recipient has told the sender, by code. Notes are its own, except for a return's reason."""
    return [
        Event(
            _("%(code)s – %(status)s") % {"code": one.code, "status": one.get_code_display()},
            one.at,
            one.note if one.code == StatusCode.RETURNED else "",
        )
        for one in changes
    ]


def _event(change: StateChange, sentence: object) -> Event:
    person = change.person or _("Hệ thống")
    if sentence is None:
        return Event(_("%(person)s ghi:") % {"person": person}, change.at, change.note)
    return Event(str(sentence) % {"person": person}, change.at, change.note)
