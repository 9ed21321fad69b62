"""The timetable as everybody may see it: plain values, the cancelled days and every change among them."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from complaints.enums import TimetableEvent
from complaints.models import ReceptionDay
from complaints.queries.timetable import Month, days_of
from egov.organizations.models import Agency

LAST_YEAR = 9999


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """What was changed of a day, and why; nobody who changed it is named."""

    words: str
    before: str
    after: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PublishedDay:
    """A day on which the head receives; ``planned_on`` differs where a closed day moved it."""

    day: date
    planned_on: date
    opens: time
    closes: time
    place: str
    host_name: str
    host_position: str
    is_cancelled: bool
    changes: tuple[PublishedChange, ...]

    @property
    def is_moved(self) -> bool:
        return self.day != self.planned_on


@dataclass(frozen=True, slots=True)
class PublishedTimetable:
    """A month of one agency."""

    agency_code: str
    agency_name: str
    month: date
    days: tuple[PublishedDay, ...]


@dataclass(frozen=True, slots=True)
class ReceptionRooms:
    """An agency that has published days to come."""

    code: str
    name: str
    next_day: date


def reception_timetable(agency_code: str, year: int, month: int) -> PublishedTimetable | None:
    """The published days of a month; None where there is no such agency or month."""
    if not (1 <= month <= 12 and 1 < year < LAST_YEAR):  # noqa: PLR2004  (months of a year)
        return None
    agency = Agency.objects.filter(code=agency_code).first()
    if agency is None:
        return None
    asked = Month(year, month)
    days = tuple(_shown(day) for day in days_of(agency, asked, published=True))
    return PublishedTimetable(agency.code, agency.name, asked.first, days)


def reception_agencies() -> tuple[ReceptionRooms, ...]:
    """Agencies that receive on a published day from today on, with the next one, by name."""
    days = (
        ReceptionDay.objects.published()
        .standing()
        .filter(day__gte=timezone.localdate())
        .select_related("agency")
        .order_by("agency__name", "agency_id", "day")
        .distinct("agency__name", "agency_id")
    )
    return tuple(ReceptionRooms(one.agency.code, one.agency.name, one.day) for one in days)


def _shown(day: ReceptionDay) -> PublishedDay:
    changes = tuple(
        PublishedChange(
            words=str(TimetableEvent(one.event).label),
            before=one.before,
            after=one.after,
            reason=one.reason,
            at=one.at,
        )
        for one in day.changes.all()
        if one.event != TimetableEvent.PUBLISHED
    )
    return PublishedDay(
        day=day.day,
        planned_on=day.planned_on,
        opens=day.opens,
        closes=day.closes,
        place=day.place,
        host_name=day.host.user.full_name,
        host_position=day.host.position,
        is_cancelled=day.cancelled_at is not None,
        changes=changes,
    )
