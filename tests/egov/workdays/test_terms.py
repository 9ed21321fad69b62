"""The vectors of the law and of practice: when a term starts, when it ends, what a stop keeps."""

from datetime import date, datetime, time
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest

from egov.workdays.calendar import Calendar, SpecialDay
from egov.workdays.limit import Limit, LimitUnit
from egov.workdays.terms import counts_from, due, remaining, resume

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


@pytest.mark.rule("onestop", 15)
@pytest.mark.rule("onestop", 18)
def test_vector_of_a_stop():
    promised = due(CALENDAR, at("02/03/2026 08:00"), Limit(5, WORKING_DAYS))
    left = remaining(CALENDAR, at("04/03/2026 08:00"), promised, WORKING_DAYS)
    assert left.minutes == 3 * 8 * 60
    assert resume(CALENDAR, at("10/03/2026 14:00"), left) == at("13/03/2026 14:00")


@pytest.mark.rule("onestop", 15)
@pytest.mark.parametrize("amount", [0, 1])
@pytest.mark.parametrize(("received", "day"), [("14:59", date(2026, 3, 2)), ("15:01", date(2026, 3, 3))])
@pytest.mark.parametrize("unit", [WORKING_DAYS, CALENDAR_DAYS])
def test_vector_of_a_same_day_service(amount: int, received: str, day: date, unit: LimitUnit):
    ends = due(CALENDAR, at(f"02/03/2026 {received}"), Limit(amount, unit), cutoff=time(15, 0))
    assert ends == CALENDAR.closing(day)
    assert ends.date() == day
