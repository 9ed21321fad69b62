"""What the pages of working time list. Working time is known to everybody who serves in the network."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from egov.organizations.models import Agency
from egov.organizations.models.agency import AgencyQuerySet
from egov.organizations.models.period import in_force
from egov.organizations.queries import tree
from egov.workdays.models import Holiday, WorkingHours


@dataclass(frozen=True, slots=True)
class HoursSource:
    """Whose hours an agency works by: its own, one's above it, the province's, or nobody has set any."""

    agency: Agency | None
    is_set: bool


def holidays_of(year: int) -> QuerySet[Holiday]:
    """Every day of the year that differs somewhere, in order."""
    return Holiday.objects.filter(day__year=year).select_related("agency").order_by("day", "agency_id")


def hours_source(agency: Agency | None, on: date) -> HoursSource:
    """Whose hours hold for the agency on that day."""
    rows = WorkingHours.objects.filter(in_force(on))
    with_hours = set(rows.values_list("agency_id", flat=True))
    for one in _upwards(agency, on):
        if one.pk in with_hours:
            return HoursSource(one, is_set=True)
    return HoursSource(None, is_set=None in with_hours)


def with_own_hours(on: date) -> AgencyQuerySet:
    """Agencies that work by hours of their own on that day."""
    rows = WorkingHours.objects.filter(in_force(on), agency__isnull=False)
    return tree.agencies(on).filter(pk__in=rows.values("agency"))


def hours_to_come(agency: Agency | None, on: date) -> date | None:
    """The next day on which the hours of the agency's own rows change."""
    rows = WorkingHours.objects.filter(agency=agency)
    starts = rows.filter(valid_from__gt=on).values_list("valid_from", flat=True)
    ends = rows.filter(valid_to__gt=on).values_list("valid_to", flat=True)
    return min((day for day in (*starts, *ends) if day is not None), default=None)


def _upwards(agency: Agency | None, on: date) -> list[Agency]:
    """The agency and those above it, nearest first; only itself when it has no place on that day."""
    if agency is None:
        return []
    try:
        return tree.path(agency, on)[::-1]
    except tree.NoPlace:
        return [agency]
