"""The life of a version as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy

from egov.workflow.models import StateChange
from onestop.enums import VersionState

V = VersionState
SENTENCES = {
    ("", V.DRAFT): gettext_lazy("%(person)s tạo bản dự thảo."),
    (V.DRAFT, V.DRAFT): gettext_lazy("%(person)s sửa dự thảo."),
    (V.DRAFT, V.VERIFIED): gettext_lazy("%(person)s thẩm tra: nội dung đúng với quy định."),
    (V.VERIFIED, V.DRAFT): gettext_lazy("%(person)s trả lại để sửa."),
    (V.VERIFIED, V.ACTIVE): gettext_lazy("%(person)s cho áp dụng."),
    (V.ACTIVE, V.SUPERSEDED): gettext_lazy("Hết áp dụng: phiên bản sau thay thế."),
    (V.ACTIVE, V.ABOLISHED): gettext_lazy("Hết áp dụng: thủ tục bị bãi bỏ."),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a history."""

    sentence: str
    at: datetime
    note: str


def events_of(changes: Iterable[StateChange]) -> list[Event]:
    """Oldest first."""
    return [
        Event(str(SENTENCES[one.before, one.after]) % {"person": one.person}, one.at, one.note)  # type: ignore[index]
        for one in changes
    ]
