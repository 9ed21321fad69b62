"""The days on which the heads of the demo receive: planned and published, changed, held."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from complaints.actions.timetable import Plan, change_day, hold_day, plan_day, publish_timetable
from complaints.models import ReceptionDay
from complaints.queries.timetable import Month
from complaints.seeding.clockwork import Year
from complaints.seeding.offices import DISTRICT, PROVINCE, TOWN, Office
from complaints.seeding.visits import Visits
from complaints.seeding.work import Steps

# The days of each month; a commune's head receives on two of them since 01/07/2026.
DAYS = {PROVINCE: (15,), DISTRICT: (10,), TOWN: (5, 20)}
OPENS, CLOSES = time(8), time(11, 30)
BEFORE, MONTHS_OF_QUARTER = 2, 3
PLANNED_AHEAD = timedelta(days=12)


def timetable(year: Year, office: Office, visits: Visits) -> Steps:
    """Month by month from two months ago to the end of the next quarter, each planned before it begins."""
    today = timezone.localdate(year.now)
    for month in _months(today):
        planned = min(month.first - PLANNED_AHEAD, today - timedelta(days=3))
        at = yield year.hours.on(planned, 15)
        for number in DAYS[office.agency.short_name]:
            plan = _plan(office, date(month.year, month.month, number))
            day = plan_day(office.door, office.agency, plan, at=at)
            year.start(_day(year, office, day, visits))
        publish_timetable(office.door, office.agency, month=month, at=at)
    at = yield year.hours.on(today - timedelta(days=2), 16)
    _change_next(year, office, at)


def _months(today: date) -> Iterator[Month]:
    quarter_ends = (today.month - 1) // MONTHS_OF_QUARTER * MONTHS_OF_QUARTER + 2 * MONTHS_OF_QUARTER
    for number in range(today.month - BEFORE, quarter_ends + 1):
        yield Month(today.year + (number - 1) // 12, (number - 1) % 12 + 1)


def _plan(office: Office, on: date) -> Plan:
    return Plan(
        on=on,
        opens=OPENS,
        closes=CLOSES,
        place=f"Phòng tiếp công dân, trụ sở {office.agency.name}",
        host=office.head.membership,
    )


def _day(year: Year, office: Office, day: ReceptionDay, visits: Visits) -> Steps:
    """The head receives, and it is noted; in one month a deputy does, which counts for nobody's quota."""
    at = yield year.hours.on(day.day, 8)
    by = office.deputy if day.day.month % 4 == 0 and office.agency.short_name == DISTRICT else office.head
    if by is office.head:
        visits.received_by_head(office, at)
    at = yield year.hours.on(day.day, 11.5)
    day.refresh_from_db()
    if day.cancelled_at is None and day.day <= timezone.localdate(at):
        hold_day(office.door, day, by=by.membership, at=at)


def _change_next(year: Year, office: Office, at: datetime) -> None:
    """The head is called away: the next day but one is moved, and the portal shows from when to when."""
    standing = ReceptionDay.objects.standing().filter(
        agency=office.agency, day__gt=timezone.localdate(year.now)
    )
    day = standing.order_by("day").first()
    if day is not None:
        moved = year.hours.open_day(day.day + timedelta(days=2))
        reason = "Người đứng đầu dự họp của cấp trên; ngày tiếp được chuyển sau hai ngày."
        change_day(office.door, day, _plan(office, moved), reason=reason, at=at)
