"""The vectors of the law and of practice: when a term starts, when it ends, what a stop keeps."""

from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest

from egov.workdays.calendar import ORDINARY_WEEK, Calendar, NoWorkingTime, SpecialDay, Window
from egov.workdays.limit import Limit, LimitUnit
from egov.workdays.terms import (
    Remaining,
    add_working_minutes,
    counts_from,
    due,
    remaining,
    resume,
    working_minutes_between,
)

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
TET = [date(2026, 2, day) for day in range(16, 21)]
# 07:00–11:30 and 13:30–17:00; Tết closed; no made-up days.
CALENDAR = Calendar(special_days=MappingProxyType({day: SpecialDay(works=False, name="Tết") for day in TET}))
WORKING_DAYS, HOURS = LimitUnit.WORKING_DAYS, LimitUnit.HOURS
CALENDAR_DAYS, MONTHS = LimitUnit.CALENDAR_DAYS, LimitUnit.MONTHS


def at(text: str) -> datetime:
    """``"12/02/2026 16:20"`` in Viet Nam."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


@pytest.mark.rule("onestop", 15)
@pytest.mark.parametrize(
    ("received", "limit", "starts", "ends"),
    [
        ("12/02/2026 16:20", Limit(3, WORKING_DAYS), "12/02/2026 16:20", "24/02/2026 16:20"),
        ("13/02/2026 17:05", Limit(1, WORKING_DAYS), "23/02/2026 07:00", "24/02/2026 07:00"),
        ("14/02/2026 09:00", Limit(2, WORKING_DAYS), "23/02/2026 07:00", "25/02/2026 07:00"),
        ("06/03/2026 12:15", Limit(2, WORKING_DAYS), "06/03/2026 13:30", "10/03/2026 13:30"),
        ("02/03/2026 10:00", Limit(4, HOURS), "02/03/2026 10:00", "02/03/2026 16:00"),
        ("02/03/2026 16:30", Limit(8, HOURS), "02/03/2026 16:30", "03/03/2026 16:30"),
        ("06/03/2026 15:10", Limit(4, HOURS), "06/03/2026 15:10", "09/03/2026 09:10"),
        ("27/02/2026 09:00", Limit(15, CALENDAR_DAYS), "27/02/2026 09:00", "16/03/2026 17:00"),
    ],
)
def test_vectors(received: str, limit: Limit, starts: str, ends: str):
    assert counts_from(CALENDAR, at(received)) == at(starts)
    assert due(CALENDAR, at(received), limit) == at(ends)


@pytest.mark.rule("onestop", 11)
def test_filed_on_the_evening_before_the_lunar_new_year_is_received_after_it():
    assert counts_from(CALENDAR, at("13/02/2026 23:00")) == at("23/02/2026 07:00")


@pytest.mark.rule("onestop", 8)
def test_stored_in_utc_and_counted_in_vietnam():
    assert counts_from(CALENDAR, datetime(2026, 3, 2, 0, 30, tzinfo=UTC)) == at("02/03/2026 07:30")
    # Still Sunday in Greenwich, already Monday morning in Thái Bình.
    filed = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert counts_from(CALENDAR, filed) == at("02/03/2026 07:00")
    assert due(CALENDAR, filed, Limit(1, CALENDAR_DAYS)) == at("03/03/2026 17:00")


@pytest.mark.rule("onestop", 15)
@pytest.mark.rule("onestop", 18)
def test_vector_of_a_stop():
    promised = due(CALENDAR, at("02/03/2026 08:00"), Limit(5, WORKING_DAYS))
    left = remaining(CALENDAR, at("04/03/2026 08:00"), promised, WORKING_DAYS)
    assert left.minutes == 3 * 8 * 60
    assert resume(CALENDAR, at("10/03/2026 14:00"), left) == at("13/03/2026 14:00")


@pytest.mark.rule("onestop", 15)
@pytest.mark.parametrize("amount", [0, 1])
@pytest.mark.parametrize(
    ("received", "day"),
    [("14:59", date(2026, 3, 2)), ("15:00", date(2026, 3, 2)), ("15:01", date(2026, 3, 3))],
)
@pytest.mark.parametrize("unit", [WORKING_DAYS, CALENDAR_DAYS])
def test_vector_of_a_same_day_service(amount: int, received: str, day: date, unit: LimitUnit):
    ends = due(CALENDAR, at(f"02/03/2026 {received}"), Limit(amount, unit), cutoff=time(15, 0))
    assert ends == CALENDAR.closing(day)
    assert ends.date() == day


@pytest.mark.parametrize(
    ("received", "limit", "ends"),
    [
        # A term in hours that fills the day is due when the day ends, not when the next one opens.
        ("02/03/2026 07:00", Limit(8, HOURS), "02/03/2026 17:00"),
        ("02/03/2026 07:00", Limit(0, HOURS), "02/03/2026 07:00"),
        # Received at closing time is received after work; so is the last minute of the morning.
        ("02/03/2026 17:00", Limit(1, WORKING_DAYS), "04/03/2026 07:00"),
        ("02/03/2026 11:30", Limit(1, WORKING_DAYS), "03/03/2026 13:30"),
        # Without a cut-off nothing to count is due the same day.
        ("02/03/2026 16:59", Limit(0, WORKING_DAYS), "02/03/2026 17:00"),
        # Months end on the same day of the month, or on the last one; Saturdays roll over.
        ("31/01/2026 09:00", Limit(1, MONTHS), "02/03/2026 17:00"),
        ("30/01/2026 09:00", Limit(1, MONTHS), "02/03/2026 17:00"),
        ("30/12/2025 09:00", Limit(2, MONTHS), "02/03/2026 17:00"),
        ("03/11/2025 09:00", Limit(14, MONTHS), "04/01/2027 17:00"),
        # Calendar days received on a closed day run from the next working day.
        ("14/02/2026 09:00", Limit(1, CALENDAR_DAYS), "24/02/2026 17:00"),
    ],
)
def test_edges(received: str, limit: Limit, ends: str):
    assert due(CALENDAR, at(received), limit) == at(ends)


def test_a_longer_term_received_after_the_cutoff_begins_the_next_day():
    cutoff = time(15, 0)
    assert due(CALENDAR, at("06/03/2026 15:01"), Limit(3, WORKING_DAYS), cutoff) == at("12/03/2026 07:00")
    assert due(CALENDAR, at("06/03/2026 15:00"), Limit(3, WORKING_DAYS), cutoff) == at("11/03/2026 15:00")
    assert due(CALENDAR, at("06/03/2026 15:01"), Limit(4, HOURS), cutoff) == at("09/03/2026 11:00")


def test_no_hours_at_all_are_over_at_once_whatever_the_cutoff():
    assert due(CALENDAR, at("06/03/2026 15:01"), Limit(0, HOURS), time(15, 0)) == at("06/03/2026 15:01")


def test_a_half_saturday_is_a_working_day_and_what_it_cannot_hold_is_due_on_monday():
    week = (*ORDINARY_WEEK[:5], (Window(450, 690),), ())
    desk = Calendar(weeks=((date(2026, 1, 1), week),))
    assert due(desk, at("06/03/2026 09:00"), Limit(1, WORKING_DAYS)) == at("07/03/2026 09:00")
    assert due(desk, at("06/03/2026 16:00"), Limit(1, WORKING_DAYS)) == at("09/03/2026 07:00")


def test_the_turn_of_a_year():
    new_year = CALENDAR.with_day(date(2026, 1, 1), SpecialDay(works=False, name="Tết Dương lịch"))
    assert add_working_minutes(new_year, at("31/12/2025 16:00"), 60) == at("02/01/2026 07:00")
    assert add_working_minutes(new_year, at("02/01/2026 07:00"), -60) == at("31/12/2025 16:00")
    assert working_minutes_between(new_year, at("31/12/2025 16:00"), at("02/01/2026 08:00")) == 120


def test_seconds_are_dropped_and_moments_have_a_zone():
    late = at("02/03/2026 10:00") + timedelta(seconds=59)
    assert due(CALENDAR, late, Limit(4, HOURS)) == at("02/03/2026 16:00")
    assert due(CALENDAR, late.astimezone(UTC), Limit(4, HOURS)) == at("02/03/2026 16:00")
    with pytest.raises(ValueError, match="zone"):
        counts_from(CALENDAR, datetime(2026, 3, 2, 10))


def test_hours_that_nobody_works_are_told():
    nobody = Calendar(weeks=((date(2020, 1, 1), ((),) * 7),))
    with pytest.raises(NoWorkingTime):
        due(nobody, at("02/03/2026 10:00"), Limit(1, WORKING_DAYS))
    with pytest.raises(NoWorkingTime):
        counts_from(nobody, at("02/03/2026 10:00"))


def test_what_remains_is_minutes_or_days():
    for wrong in ({}, {"minutes": 1, "days": 1}):
        with pytest.raises(ValueError, match="either"):
            Remaining(**wrong)


@pytest.mark.rule("onestop", 18)
def test_days_go_on_as_days_and_a_same_day_service_stays_due_at_closing_time():
    promised = due(CALENDAR, at("02/03/2026 08:00"), Limit(10, CALENDAR_DAYS))
    left = remaining(CALENDAR, at("04/03/2026 15:00"), promised, CALENDAR_DAYS)
    assert left == Remaining(days=8)
    assert resume(CALENDAR, at("10/03/2026 08:00"), left) == at("18/03/2026 17:00")
    promised = due(CALENDAR, at("02/03/2026 08:00"), Limit(1, WORKING_DAYS), time(15, 0))
    left = remaining(CALENDAR, at("02/03/2026 09:00"), promised, WORKING_DAYS)
    assert left == Remaining(minutes=360, to_closing=True)
    assert resume(CALENDAR, at("05/03/2026 09:00"), left) == at("05/03/2026 17:00")


@pytest.mark.rule("onestop", 18)
def test_nothing_left_is_due_when_the_clock_runs_on():
    nothing = Remaining(minutes=0, to_closing=True)
    assert resume(CALENDAR, at("10/03/2026 06:00"), nothing) == at("10/03/2026 07:00")
    assert resume(CALENDAR, at("10/03/2026 09:00"), nothing) == at("10/03/2026 09:00")
