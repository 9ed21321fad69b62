"""Counting in working days of Vietnam: Monday to Friday, less holidays, plus weekends that are made up.

Whole days only, and only those that hold in the whole province; the hours and days of one agency are its
Calendar (egov.workdays.load_calendar). Days are dates of Asia/Ho_Chi_Minh; nothing here reads the clock.
"""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils import timezone

from egov.workdays.models import Holiday

SATURDAY = 5
# How many days of exceptions one query fetches: a quarter of a year.
STRIDE = 92


def is_working_day(day: date) -> bool:
    """Whether offices work on that day."""
    kind = Holiday.objects.filter(day=day, agency=None).values_list("kind", flat=True).first()
    return _works(day, kind)


def next_working_day(day: date) -> date:
    """The first working day after that day."""
    return next(_working_days_after(day))


def add_working_days(day: date, count: int) -> date:
    """The last day of a term of ``count`` working days; the day that it begins on does not count.

    As the Civil Code counts terms (Art. 147: the day of the event is left out). Zero gives the day itself.
    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("a term has no negative length")
    days = _working_days_after(day)
    for _ in range(count):
        day = next(days)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after ``start``, up to and with ``end``; negative when ``end`` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    exceptions = _exceptions(start, end)
    ordinals = range(start.toordinal() + 1, end.toordinal() + 1)
    return sum(_works(day, exceptions.get(day)) for day in map(date.fromordinal, ordinals))


def end_of_working_day(day: date) -> datetime:
    """The moment when that day is over in Vietnam: the first one that no longer belongs to it."""
    following = date.fromordinal(day.toordinal() + 1)
    return datetime.combine(following, time.min, timezone.get_default_timezone())


def _working_days_after(day: date) -> Iterator[date]:
    start = day.toordinal() + 1
    while True:
        days = [date.fromordinal(ordinal) for ordinal in range(start, start + STRIDE)]
        exceptions = _exceptions(days[0], days[-1])
        yield from (one for one in days if _works(one, exceptions.get(one)))
        start += STRIDE


def _exceptions(first: date, last: date) -> dict[date, str]:
    rows = Holiday.objects.filter(day__range=(first, last), agency=None)
    return dict(rows.values_list("day", "kind"))


def _works(day: date, exception: str | None) -> bool:
    if exception is not None:
        return exception == Holiday.Kind.WORKING
    return day.weekday() < SATURDAY
