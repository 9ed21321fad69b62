"""Working days and hours of the demo: when somebody would take the next step."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from egov.organizations.models import Agency
from egov.workdays.calendar import Calendar
from egov.workdays.load_calendar import calendar_of


class Hours:
    """The open days of an agency; hours are given as numbers, half past nine being 9.5."""

    def __init__(self, agency: Agency, since: date) -> None:
        self.calendar: Calendar = calendar_of(agency, since)

    def open_day(self, day: date) -> date:
        """The day itself, or the next one on which people work."""
        return self.calendar.rolled_forward(day)

    def on(self, day: date, hour: float) -> datetime:
        """That hour of the day, or of the next open one."""
        return at_hour(self.open_day(day), hour)

    def after(self, at: datetime, days: int, hour: float = 9) -> datetime:
        """So many calendar days later, on an open day; later the same day with no days."""
        found = self.on(timezone.localdate(at) + timedelta(days=days), hour)
        return max(found, at + timedelta(minutes=10))


def at_hour(day: date, hour: float) -> datetime:
    """An hour of a day in Viet Nam."""
    moment = time(int(hour), round(hour % 1 * 60))
    return datetime.combine(day, moment, timezone.get_default_timezone())
