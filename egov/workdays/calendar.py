"""The working time of one agency: hours of each weekday, and the days that differ. Knows no database.

Time is counted in whole minutes of Asia/Ho_Chi_Minh, as a receipt prints them: seconds are dropped. A window
of work holds its first minute and not its closing time, so 17:00 is already after work. Years are laid out
as running totals when first asked for: every question costs a few look-ups however long the term is, and one
calendar serves a report of a million rows.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from itertools import accumulate
from types import MappingProxyType

from django.utils import timezone

from egov.workdays.limit import MINUTES_PER_HOUR

MONDAY = 0
# After so many years without a minute of work there will be none.
PATIENCE_YEARS = 3


class OutsideCalendar(LookupError):
    """The calendar was loaded for other years; load one that reaches further."""


class NoWorkingTime(LookupError):
    """Nobody works in these years, so no term can run: the hours of the agency are wrong."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Work without a break, in minutes since midnight: 420 to 690 is 07:00 to 11:30."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not self.opens < self.closes:
            raise ValueError("work closes after it opens")

    def __str__(self) -> str:
        return f"{time_of(self.opens):%H:%M}–{time_of(self.closes):%H:%M}"

    def __len__(self) -> int:
        return self.closes - self.opens

    @classmethod
    def of(cls, opens: time, closes: time) -> "Window":
        """From times of the day."""
        return cls(minute_of(opens), minute_of(closes))


Windows = tuple[Window, ...]
# Monday to Sunday.
Week = tuple[Windows, Windows, Windows, Windows, Windows, Windows, Windows]

# What holds where neither the agency, nor any above it, nor the province has set hours.
ORDINARY_DAY: Windows = (Window(420, 690), Window(810, 1020))
ORDINARY_WEEK: Week = (*(ORDINARY_DAY,) * 5, (), ())


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that differs from its weekday: closed, or worked as a Monday is."""

    works: bool
    name: str


@dataclass(frozen=True, slots=True)
class _Year:
    """Running totals at the start of each day of a year; the last one is the whole year's."""

    first: int
    minutes: tuple[int, ...]
    days: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Calendar:
    """Which minutes are worked.

    ``weeks`` are the hours from a day on, oldest first; before the first of them the ordinary week holds.
    ``known_to`` is the last day for which holidays have been announced, if that is known.
    """

    weeks: tuple[tuple[date, Week], ...] = ()
    special_days: Mapping[date, SpecialDay] = field(default_factory=lambda: MappingProxyType({}))
    first_year: int = MINYEAR
    last_year: int = MAXYEAR
    known_to: date | None = None
    _years: dict[int, _Year] = field(default_factory=dict, init=False, repr=False)

    def with_day(self, day: date, special: SpecialDay) -> "Calendar":
        """The same calendar with one more day that differs."""
        days = MappingProxyType({**self.special_days, day: special})
        return Calendar(self.weeks, days, self.first_year, self.last_year, self.known_to)

    def windows(self, day: date) -> Windows:
        """The hours of that day, empty when it is closed. A made-up day has the hours of a Monday."""
        if not self.first_year <= day.year <= self.last_year:
            raise OutsideCalendar(f"{day:%d/%m/%Y} is outside {self.first_year} to {self.last_year}")
        special = self.special_days.get(day)
        if special is not None and not special.works:
            return ()
        return self.week_on(day)[MONDAY if special is not None else day.weekday()]

    def week_on(self, day: date) -> Week:
        """The hours of an ordinary week as they hold on that day."""
        after = bisect_right(self.weeks, day, key=lambda one: one[0])
        return self.weeks[after - 1][1] if after else ORDINARY_WEEK

    def is_working_day(self, day: date) -> bool:
        """Whether anybody works on that day, be it only in the morning."""
        return bool(self.windows(day))

    def working_day_after(self, day: date, count: int = 1) -> date:
        """The ``count``-th working day after that day. Raises NoWorkingTime."""
        year, target = day.year, self._days_to(day) + count
        empty = 0
        while target > (total := self._year(year).days[-1]):
            empty = _still_hopeful(empty, total)
            target -= total
            year += 1
        table = self._year(year)
        return date.fromordinal(table.first + bisect_left(table.days, target) - 1)

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after ``start``, up to and with ``end``; negative backwards."""
        if end < start:
            return -self.working_days_between(end, start)
        whole = sum(self._year(year).days[-1] for year in range(start.year, end.year))
        return whole + self._days_to(end) - self._days_to(start)

    def rolled_forward(self, day: date) -> date:
        """That day, or the next working day when it is closed."""
        return day if self.is_working_day(day) else self.working_day_after(day)

    def closing(self, day: date) -> datetime:
        """When work ends on a working day."""
        return moment_of(day, self.windows(day)[-1].closes)

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Working minutes from one moment to another; negative when ``end`` is earlier."""
        first, last = local(start), local(end)
        if last < first:
            return -self.minutes_between(end, start)
        whole = sum(self._year(year).minutes[-1] for year in range(first.year, last.year))
        return whole + self._minutes_to(last) - self._minutes_to(first)

    def moved(self, at: datetime, minutes: int, *, to_closing: bool = False) -> datetime:
        """The moment that many working minutes later (or, when negative, earlier). Raises NoWorkingTime.

        Closing time and the next opening are one and the same working minute: the answer is the opening, or
        the closing time where ``to_closing`` asks for it.
        """
        here = local(at)
        year, target = here.year, self._minutes_to(here) + minutes
        empty = 0
        while target > (total := self._year(year).minutes[-1]) or (target == total and not to_closing):
            empty = _still_hopeful(empty, total)
            target -= total
            year += 1
        while target < 0 or (target == 0 and to_closing):
            year -= 1
            empty = _still_hopeful(empty, total := self._year(year).minutes[-1])
            target += total
        table = self._year(year)
        index = (bisect_left if to_closing else bisect_right)(table.minutes, target) - 1
        day, rest = date.fromordinal(table.first + index), target - table.minutes[index]
        for window in self.windows(day):
            if rest < len(window) or (rest == len(window) and to_closing):
                return moment_of(day, window.opens + rest)
            rest -= len(window)
        raise AssertionError("the totals of a year disagree with its days")

    def _minutes_to(self, moment: datetime) -> int:
        """Working minutes of the moment's year before it."""
        table, day, minute = self._year(moment.year), moment.date(), minute_of(moment.time())
        within = sum(
            min(minute, window.closes) - window.opens for window in self.windows(day) if window.opens < minute
        )
        return table.minutes[day.toordinal() - table.first] + within

    def _days_to(self, day: date) -> int:
        """Working days of the year up to and with that day."""
        table = self._year(day.year)
        return table.days[day.toordinal() - table.first + 1]

    def _year(self, year: int) -> _Year:
        if year not in self._years:
            if not self.first_year <= year <= self.last_year:
                raise OutsideCalendar(f"{year} is outside {self.first_year} to {self.last_year}")
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            lengths = [sum(map(len, self.windows(date.fromordinal(one)))) for one in range(first, last + 1)]
            minutes = tuple(accumulate(lengths, initial=0))
            days = tuple(accumulate((int(length > 0) for length in lengths), initial=0))
            self._years[year] = _Year(first, minutes, days)
        return self._years[year]


def local(moment: datetime) -> datetime:
    """A moment on the clock of Viet Nam, to the minute. Raises ValueError for a naive one."""
    if timezone.is_naive(moment):
        raise ValueError("a moment without a time zone means nothing")
    return moment.astimezone(timezone.get_default_timezone()).replace(second=0, microsecond=0)


def moment_of(day: date, minute: int) -> datetime:
    """A minute of a day in Viet Nam."""
    midnight = datetime.combine(day, time.min, timezone.get_default_timezone())
    return midnight + timedelta(minutes=minute)


def minute_of(clock: time) -> int:
    """Minutes since midnight."""
    return clock.hour * MINUTES_PER_HOUR + clock.minute


def time_of(minute: int) -> time:
    """The clock time of a minute since midnight."""
    return time(*divmod(minute, MINUTES_PER_HOUR))


def _still_hopeful(empty: int, total: int) -> int:
    """How many years in a row nobody worked; raises NoWorkingTime when it is hopeless."""
    if total:
        return 0
    if empty == PATIENCE_YEARS:
        raise NoWorkingTime("no working hours are set")
    return empty + 1
