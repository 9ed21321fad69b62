"""What may stand in a content that leaves the province: codes, days and counts, no field for words (rule 51).

Every field is one of a few codes, a day, a count, or a code that a table of ours holds, so there is no place
in which a person could be named, by the system or by whoever corrects a content. What denounces has fewer.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any

from django.db.models import Manager
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints.enums import (
    Channel,
    Complexity,
    Direction,
    EarlierResult,
    FeedEvent,
    MatterKind,
    MatterState,
    ReceptionForm,
    ReceptionKind,
    SenderKind,
    Source,
    Stage,
    VisitOutcome,
    VisitState,
)
from complaints.models import ContentField
from complaints.models.feed_sql import GUARDED_FIELDS
from complaints.models.outcome import RESULTS
from egov.organizations.models import AdministrativeUnit, Agency

MATTER, VISIT = "matter", "visit"
Choices = Sequence[tuple[str, str | Promise]]
# Of letters and visits: series or TD, code of the agency, year, number, ordinal of the content.
REFERENCE = re.compile(r"[A-Z0-9][A-Z0-9.-]{0,69}", re.ASCII)
MOST_PEOPLE = 100_000


class Kind(Enum):
    """Of which sort a value is."""

    CHOICE = auto()
    DAY = auto()
    COUNT = auto()
    REFERENCE = auto()
    CONTENT_FIELD = auto()
    COMMUNE = auto()
    AGENCY = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name on our pages, which values it may have, whether a person may correct it."""

    label: str | Promise
    kind: Kind
    choices: Choices = ()
    correctable: bool = False
    optional: bool = True

    def fits(self, value: Any) -> bool:
        """Whether it may have this value."""
        if self.kind == Kind.COUNT:
            return type(value) is int and 1 <= value <= MOST_PEOPLE
        return isinstance(value, str) and self._fits(value)

    def words(self, value: Any) -> str:
        """A value as people read it; one that does not fit, as it is."""
        if not self.fits(value):
            return str(value)
        if self.kind == Kind.DAY:
            return f"{date.fromisoformat(value):%d/%m/%Y}"
        if self.kind in TABLES:
            return str(TABLES[self.kind].get(code=value))
        return str(dict(self.choices).get(value, value))

    def _fits(self, value: str) -> bool:
        match self.kind:
            case Kind.CHOICE:
                return value in dict(self.choices)
            case Kind.DAY:
                return _is_day(value)
            case Kind.REFERENCE:
                return REFERENCE.fullmatch(value) is not None
        return TABLES[self.kind].filter(code=value).exists()


# Codes that stand in a table of ours.
TABLES: Mapping[Kind, Manager[Any]] = {
    Kind.CONTENT_FIELD: ContentField.objects,
    Kind.COMMUNE: AdministrativeUnit.objects,
    Kind.AGENCY: Agency.objects,
}


def _choice(
    label: str | Promise, choices: Choices, *, correctable: bool = True, optional: bool = True
) -> Field:
    return Field(label, Kind.CHOICE, choices, correctable, optional)


def _day(label: str | Promise, *, correctable: bool = True, optional: bool = True) -> Field:
    return Field(label, Kind.DAY, (), correctable, optional)


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_SUBJECTS: Choices = [(MATTER, _("Nội dung đơn")), (VISIT, _("Lượt tiếp"))]
_COMMON: dict[str, Field] = {
    "reference": Field(_("Mã"), Kind.REFERENCE, optional=False),
    "subject": _choice(_("Đối tượng"), _SUBJECTS, correctable=False, optional=False),
    "sequence": Field(_("Thứ tự"), Kind.COUNT, optional=False),
    "revision": Field(_("Bản"), Kind.COUNT, optional=False),
    "event": _choice(_("Sự kiện"), FeedEvent.choices, correctable=False, optional=False),
    "on": _day(_("Ngày của sự kiện"), correctable=False, optional=False),
    "received_on": _day(_("Ngày đến"), optional=False),
    "field": Field(_("Lĩnh vực"), Kind.CONTENT_FIELD, correctable=True),
    "people": Field(_("Số người"), Kind.COUNT, correctable=True),
    "commune": Field(_("Nơi cư trú (xã, phường)"), Kind.COMMUNE, correctable=True),
}
FIELDS: Mapping[str, Mapping[str, Field]] = {
    MATTER: _COMMON
    | {
        "kind": _choice(_("Loại"), MatterKind.choices, optional=False),
        "state": _choice(_("Trạng thái"), MatterState.choices, correctable=False, optional=False),
        "direction": _choice(_("Hướng xử lý"), Direction.choices),
        "agency": Field(_("Cơ quan đang xử lý"), Kind.AGENCY),
        "channel": _choice(_("Hình thức nhận"), Channel.choices),
        "source": _choice(_("Nguồn đơn"), Source.choices),
        "sender_kind": _choice(_("Người gửi"), SenderKind.choices),
        "stage": _choice(_("Lần giải quyết"), Stage.choices),
        "complexity": _choice(_("Tính chất"), Complexity.choices),
        "accepted_on": _day(_("Ngày thụ lý")),
        "settled_on": _day(_("Ngày giải quyết xong")),
        "result": _choice(_("Kết quả giải quyết"), RESULTS),
        # The first letter of the same case.
        "case": Field(_("Đơn đầu tiên của vụ việc"), Kind.REFERENCE),
    },
    VISIT: _COMMON
    | {
        "kind": _choice(_("Loại vụ việc"), MatterKind.choices),
        "state": _choice(_("Trạng thái"), VisitState.choices, correctable=False, optional=False),
        "direction": _choice(_("Hướng xử lý"), VisitOutcome.choices),
        "occasion": _choice(_("Loại hình tiếp"), ReceptionKind.choices),
        "form": _choice(_("Hình thức tiếp"), ReceptionForm.choices),
        "host": _choice(_("Người tiếp"), [("head", _("Người đứng đầu")), ("other", _("Người khác"))]),
        "earlier_result": _choice(_("Kết quả đã có"), EarlierResult.choices),
        # The letter that came of it, the entry that it corrects, the first visit on the same matter.
        "letter": Field(_("Đơn"), Kind.REFERENCE),
        "corrects": Field(_("Đính chính lượt"), Kind.REFERENCE),
        "case": Field(_("Lượt đầu tiên của vụ việc"), Kind.REFERENCE),
    },
}


def fields_of(subject: str, *, guarded: bool) -> Mapping[str, Field]:
    """What may be told of a matter or a visit; of what denounces, the few that name nobody."""
    fields = FIELDS[subject]
    return {name: field for name, field in fields.items() if not guarded or name in GUARDED_FIELDS}


def faults(content: Mapping[str, Any], *, guarded: bool) -> list[str]:
    """Names of what may not leave like this: unknown fields, wrong values, fields that are missing."""
    subject = content.get("subject")
    if not isinstance(subject, str) or subject not in FIELDS:
        return ["subject"]
    fields = fields_of(subject, guarded=guarded)
    wrong = [name for name, value in content.items() if name not in fields or not fields[name].fits(value)]
    return wrong + [name for name, field in fields.items() if not field.optional and name not in content]
