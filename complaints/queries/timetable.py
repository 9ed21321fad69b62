"""The head's days against the law's quota, the days of a month, and what changed of them."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from complaints.enums import QuotaUnit, ReceptionKind
from complaints.models import ReceptionDay, ReceptionQuota, Visit
from complaints.models.timetable import ReceptionDayQuerySet
from egov.organizations.enums import AgencyKind
from egov.organizations.models import Agency
from egov.organizations.models.period import in_force
from egov.workdays.calendar import Calendar
from egov.workdays.load_calendar import calendar_of

DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def days(self) -> list[date]:
        """Every day of it."""
        return [self.first + timedelta(days=index) for index in range(self.last.day)]

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that a day lies in."""
        return cls(day.year, day.month)


@dataclass(frozen=True, slots=True)
class QuotaCheck:
    """What a month asks for, and how much of it the head did or has in the plan.

    ``required`` days: the quota of the month, or one per week that begins in it. ``held`` are days on which
    the head received in person; ``by_deputy`` stands beside it and never counts (rule 42).
    """

    quota: ReceptionQuota
    required: int
    planned: int
    held: int
    by_deputy: int
    # First days of weeks in which the head did not receive as often as asked.
    missing_weeks: tuple[date, ...] = ()

    @property
    def is_met(self) -> bool:
        return self.held >= self.required and not self.missing_weeks

    @property
    def is_planned(self) -> bool:
        """Whether the plan alone would be enough."""
        return self.planned >= self.required


def quota_of(agency: Agency, on: date) -> ReceptionQuota | None:
    """How often the head of such a body receives, by the law of that day (rule 43)."""
    return ReceptionQuota.objects.filter(
        in_force(on), level=agency.level, is_committee=agency.kind == AgencyKind.PEOPLES_COMMITTEE
    ).first()


def check_quota(agency: Agency, month: Month) -> QuotaCheck | None:
    """The month against the quota in force on its first day; None where the law names none.

    A quota by the week is checked week by week, Monday to Sunday, in the month in which the week begins; a
    week without a working day asks for nothing.
    """
    quota = quota_of(agency, month.first)
    if quota is None:
        return None
    by_week = quota.unit == QuotaUnit.WEEK
    spans = _weeks(calendar_of(agency, month.first), month) if by_week else [(month.first, month.last)]
    if not spans:
        return QuotaCheck(quota, required=0, planned=0, held=0, by_deputy=0)
    first, last = spans[0][0], spans[-1][1]
    by_head, by_deputy = held_days(agency, first, last)
    planned = ReceptionDay.objects.standing().filter(agency=agency, day__range=(first, last)).count()
    missing = [begins for begins, ends in spans if sum(begins <= day <= ends for day in by_head) < quota.days]
    return QuotaCheck(
        quota,
        required=quota.days * len(spans),
        planned=planned,
        held=len(by_head),
        by_deputy=len(by_deputy),
        missing_weeks=tuple(missing) if by_week else (),
    )


def held_days(agency: Agency, first: date, last: date) -> tuple[set[date], set[date]]:
    """Days on which the head received in person, and those on which only a deputy did.

    From the days noted as held (nobody may have come), and from scheduled receptions in the register.
    """
    days = ReceptionDay.objects.standing().filter(
        agency=agency, day__range=(first, last), held_at__isnull=False
    )
    by_head = set(days.filter(held_by_head=True).values_list("day", flat=True))
    by_deputy = set(days.filter(held_by_head=False).values_list("day", flat=True))
    visits = Visit.objects.effective().filter(
        agency=agency, kind=ReceptionKind.SCHEDULED, day__day__range=(first, last)
    )
    for host_is_head, day in visits.values_list("host_is_head", "day__day"):
        (by_head if host_is_head else by_deputy).add(day)
    return by_head, by_deputy - by_head


def days_of(agency: Agency, month: Month, *, published: bool = False) -> ReceptionDayQuerySet:
    """The month's days with their changes, in order; a day that was moved out of the month is shown there."""
    rows = ReceptionDay.objects.published() if published else ReceptionDay.objects.all()
    inside = (month.first, month.last)
    return (
        rows.filter(Q(day__range=inside) | Q(planned_on__range=inside), agency=agency)
        .select_related("host__user", "held_by__user")
        .prefetch_related("changes")
        .order_by("day", "opens", "pk")
    )


def coming_days(agency: Agency) -> ReceptionDayQuerySet:
    """Days that an appointment may still be given for."""
    today = timezone.localdate()
    return (
        ReceptionDay.objects.standing()
        .filter(agency=agency, day__gte=today, held_at=None)
        .select_related("host__user")
        .order_by("day")
    )


def _weeks(working: Calendar, month: Month) -> list[tuple[date, date]]:
    spans = []
    for monday in (day for day in month.days() if day.weekday() == 0):
        days = [monday + timedelta(days=index) for index in range(DAYS_OF_WEEK)]
        if any(working.is_working_day(day) for day in days):
            spans.append((days[0], days[-1]))
    return spans
