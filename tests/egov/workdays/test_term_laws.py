"""What holds for any calendar, any receipt and any limit: the clock can be trusted."""

from datetime import date, datetime, time, timedelta
from types import MappingProxyType

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from egov.workdays.calendar import Calendar, SpecialDay, Window
from egov.workdays.limit import Limit, LimitUnit
from egov.workdays.terms import (
    add_working_minutes,
    counts_from,
    due,
    remaining,
    resume,
    working_minutes_between,
)
from tests.egov.workdays.test_terms import VIETNAM

DAYS = st.dates(date(2024, 6, 1), date(2026, 6, 30))
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 3, 31), timezones=st.just(VIETNAM))
WORKING_UNITS = st.sampled_from([LimitUnit.WORKING_DAYS, LimitUnit.HOURS])
CUTOFFS = st.none() | st.just(time(15, 0))
LIMITS = st.builds(Limit, st.integers(0, 45), st.sampled_from([*LimitUnit][:3])) | st.builds(
    Limit, st.integers(0, 6), st.just(LimitUnit.MONTHS)
)
WORKING_LIMITS = st.builds(Limit, st.integers(0, 45), WORKING_UNITS)
STEADY = settings(max_examples=150, deadline=None)


@st.composite
def windows(draw: st.DrawFn, *, least: int = 0):
    """Up to three stretches of work in a day that do not touch."""
    edges = draw(
        st.lists(st.integers(5 * 60, 22 * 60), min_size=least * 2, max_size=6, unique=True).map(sorted)
    )
    return tuple(Window(opens, closes) for opens, closes in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any hours on any weekday, Monday worked, changing once; closed and made-up days anywhere."""
    weeks = []
    for since in sorted({date(2024, 1, 1), draw(DAYS)}):
        monday = draw(windows(least=1))
        weeks.append((since, (monday, *(draw(windows()) for _day in range(6)))))
    special = draw(st.dictionaries(DAYS, st.builds(SpecialDay, st.booleans(), st.just("thử")), max_size=25))
    return Calendar(tuple(weeks), MappingProxyType(special))


def is_working_minute(calendar: Calendar, moment: datetime) -> bool:
    """Between opening and closing, both included."""
    minute = moment.hour * 60 + moment.minute
    return any(one.opens <= minute <= one.closes for one in calendar.windows(moment.date()))


@STEADY
@given(calendars(), MOMENTS, LIMITS, CUTOFFS)
def test_due_lies_in_working_time_and_not_before_the_start(calendar, start, limit, cutoff):
    ends = due(calendar, start, limit, cutoff)
    assert is_working_minute(calendar, ends)
    assert ends >= counts_from(calendar, start)


@STEADY
@given(calendars(), MOMENTS, MOMENTS, LIMITS, CUTOFFS)
def test_whoever_comes_earlier_is_not_due_later(calendar, one, other, limit, cutoff):
    earlier, later = sorted([one, other])
    assert due(calendar, earlier, limit, cutoff) <= due(calendar, later, limit, cutoff)


@STEADY
@given(calendars(), MOMENTS, LIMITS, st.dates(date(2025, 1, 1), date(2026, 6, 30)), CUTOFFS)
def test_a_closed_day_more_never_shortens(calendar, start, limit, closed, cutoff):
    fewer = calendar.with_day(closed, SpecialDay(works=False, name="nghỉ"))
    assert due(fewer, start, limit, cutoff) >= due(calendar, start, limit, cutoff)


@pytest.mark.rule("onestop", 18)
@STEADY
@given(calendars(), MOMENTS, WORKING_LIMITS, st.data())
def test_stops_never_change_what_remains_however_many(calendar, start, limit, data):
    ends = due(calendar, start, limit)
    stopped = start
    for _stop in range(3):
        stopped = data.draw(st.datetimes(_naive(stopped), _naive(max(stopped, ends)))).replace(tzinfo=VIETNAM)
        left = remaining(calendar, stopped, ends, limit.unit)
        resumed = stopped + timedelta(minutes=data.draw(st.integers(0, 60 * 24 * 40)))
        ends = resume(calendar, resumed, left)
        assert remaining(calendar, resumed, ends, limit.unit).minutes == left.minutes
        assert is_working_minute(calendar, ends)
        stopped = resumed


@pytest.mark.rule("onestop", 18)
@STEADY
@given(calendars(), MOMENTS, st.builds(Limit, st.integers(0, 45), st.sampled_from([*LimitUnit])), CUTOFFS)
def test_a_stop_of_no_length_changes_nothing(calendar, start, limit, cutoff):
    begins = counts_from(calendar, start)
    ends = due(calendar, start, limit, cutoff)
    assert resume(calendar, begins, remaining(calendar, begins, ends, limit.unit)) == ends


@pytest.mark.rule("onestop", 18)
@STEADY
@given(calendars(), MOMENTS, WORKING_LIMITS, st.integers(1, 60 * 24 * 30))
def test_what_was_late_stays_as_late(calendar, start, limit, late):
    ends = due(calendar, start, limit)
    stopped = ends + timedelta(minutes=late)
    left = remaining(calendar, stopped, ends, limit.unit)
    resumed = stopped + timedelta(days=9)
    assert left.minutes <= 0
    again = resume(calendar, resumed, left)
    assert remaining(calendar, resumed, again, limit.unit).minutes == left.minutes


@STEADY
@given(calendars(), MOMENTS, st.integers(-5000, 5000))
def test_adding_and_counting_undo_each_other(calendar, start, minutes):
    there = add_working_minutes(calendar, start, minutes)
    assert working_minutes_between(calendar, start, there) == minutes
    assert working_minutes_between(calendar, there, start) == -minutes


@STEADY
@given(calendars(), MOMENTS, MOMENTS)
def test_the_totals_agree_with_counting_minute_by_minute(calendar, one, other):
    start, end = sorted([one, other])
    assume(end - start < timedelta(days=12))
    minute, counted = start.replace(second=0, microsecond=0), 0
    while minute < end.replace(second=0, microsecond=0):
        now = minute.hour * 60 + minute.minute
        counted += any(w.opens <= now < w.closes for w in calendar.windows(minute.date()))
        minute += timedelta(minutes=1)
    assert working_minutes_between(calendar, start, end) == counted


@STEADY
@given(calendars(), DAYS, st.integers(1, 300))
def test_the_nth_working_day_is_worked_and_counts_n(calendar, day, count):
    there = calendar.working_day_after(day, count)
    assert calendar.is_working_day(there)
    assert calendar.working_days_between(day, there) == count


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(VIETNAM).replace(tzinfo=None)
