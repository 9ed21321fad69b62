"""The days of a term in words: what staff, slip and portal show."""

from datetime import time

import pytest

from egov.workdays.explain import DayLine, Stop, explain
from egov.workdays.limit import Limit, LimitUnit
from egov.workdays.terms import due, remaining, resume
from tests.egov.workdays.test_terms import CALENDAR, at

WORKING_DAYS, HOURS = LimitUnit.WORKING_DAYS, LimitUnit.HOURS
pytestmark = pytest.mark.rule("onestop", 15)


def lines(received: str, limit: Limit, stop: tuple[str, str] | None = None, **options: time) -> list[DayLine]:
    ends = due(CALENDAR, at(received), limit, **options)
    stops: tuple[Stop, ...] = ()
    if stop:
        since, until = map(at, stop)
        ends = resume(CALENDAR, until, remaining(CALENDAR, since, ends, limit.unit))
        stops = (Stop(since, until),)
    return list(explain(CALENDAR, at(received), ends, limit, stops, **options))


def counted(found: list[DayLine]) -> list[str]:
    return [f"{line.day:%d/%m}" for line in found if line.counted]


def test_over_the_lunar_new_year():
    found = lines("12/02/2026 16:20", Limit(3, WORKING_DAYS))
    assert len(found) == 13
    assert counted(found) == ["13/02", "23/02", "24/02"]
    assert found[0].reason == "Ngày tiếp nhận, lúc 16:20"
    assert [line.reason for line in found[2:5]] == ["Cuối tuần", "Cuối tuần", "Tết"]
    assert (found[-1].reason, found[-1].so_far) == ("Hạn trả kết quả lúc 16:20", "3 ngày")
    assert found[0].weekday == "Thứ Năm"


def test_after_hours_counting_begins_later():
    found = lines("13/02/2026 17:05", Limit(1, WORKING_DAYS))
    assert found[0].reason == "Tiếp nhận lúc 17:05, tính từ ngày làm việc tiếp theo"
    assert found[-2].reason == "Ngày bắt đầu, từ 07:00"
    assert counted(found) == ["24/02"]


def test_hours_are_told_as_hours():
    found = lines("06/03/2026 15:10", Limit(4, HOURS))
    assert [line.so_far for line in found] == ["1 giờ 50 phút"] * 3 + ["4 giờ"]
    assert counted(found) == ["06/03", "09/03"]


def test_calendar_days_count_weekends_and_roll_over_at_the_end():
    found = lines("27/02/2026 09:00", Limit(15, LimitUnit.CALENDAR_DAYS))
    assert len(counted(found)) == 15
    assert found[1].reason == "Cuối tuần, vẫn tính trong thời hạn"
    assert found[-2].reason == "Hết thời hạn vào ngày nghỉ, chuyển sang ngày làm việc tiếp theo"
    assert not found[-1].counted
    assert found[-1].reason == "Hạn trả kết quả lúc 17:00, vì thời hạn đã hết trước ngày này"


def test_a_stop_is_left_out_and_the_parts_around_it_add_up():
    found = lines("02/03/2026 08:00", Limit(5, WORKING_DAYS), ("04/03/2026 08:00", "10/03/2026 14:00"))
    assert counted(found) == ["03/03", "04/03", "11/03", "12/03", "13/03"]
    assert [line.reason for line in found if line.day.day in {4, 5, 10}] == [
        "Hồ sơ tạm dừng từ 08:00",
        "Hồ sơ tạm dừng",
        "Hết tạm dừng lúc 14:00, ngày sau mới tính tiếp",
    ]
    found = lines("02/03/2026 08:00", Limit(5, WORKING_DAYS), ("04/03/2026 15:00", "10/03/2026 08:00"))
    assert [found[2].so_far, found[-2].so_far, found[-1].so_far] == ["2 ngày 5 giờ", "3 ngày 5 giờ", "5 ngày"]

    found = lines("02/03/2026 15:00", Limit(5, WORKING_DAYS), ("04/03/2026 08:00", "10/03/2026 14:00"))
    assert [found[1].so_far, found[2].so_far, found[-1].so_far] == ["1 ngày", "1 ngày 3 giờ", "5 ngày"]


def test_a_term_that_still_stands_still_says_so():
    stops = (Stop(at("03/03/2026 09:00")),)
    found = explain(CALENDAR, at("02/03/2026 08:00"), at("06/03/2026 08:00"), Limit(4, WORKING_DAYS), stops)
    assert [line.reason for line in found[1:]] == ["Hồ sơ tạm dừng từ 09:00"] + ["Hồ sơ tạm dừng"] * 3


def test_a_holiday_inside_a_stop_is_named():
    found = lines("11/02/2026 09:00", Limit(3, WORKING_DAYS), ("12/02/2026 15:00", "24/02/2026 10:00"))
    named = {f"{line.day:%d/%m}" for line in found if line.reason == "Hồ sơ tạm dừng (Tết)"}
    assert named == {f"{day}/02" for day in range(16, 21)}
    assert found[2].reason == "Hồ sơ tạm dừng"


def test_a_same_day_service_counts_its_day():
    assert counted(lines("02/03/2026 14:59", Limit(1, WORKING_DAYS), cutoff=time(15))) == ["02/03"]
    assert counted(lines("02/03/2026 15:01", Limit(0, WORKING_DAYS), cutoff=time(15))) == ["03/03"]
    for unit in (WORKING_DAYS, LimitUnit.CALENDAR_DAYS):
        (only,) = lines("02/03/2026 14:59", Limit(1, unit), cutoff=time(15))
        assert (only.counted, only.so_far) == (True, "1 ngày")
        assert only.reason == "Trả kết quả trong ngày, chậm nhất lúc 17:00"


@pytest.mark.parametrize("unit", [WORKING_DAYS, LimitUnit.CALENDAR_DAYS])
def test_after_the_cut_off_the_next_working_day_is_the_one_that_counts(unit: LimitUnit):
    found = lines("06/03/2026 15:01", Limit(1, unit), cutoff=time(15))
    assert counted(found) == ["09/03"]
    assert [line.reason for line in found] == [
        "Tiếp nhận lúc 15:01, quá giờ trả trong ngày: trả vào ngày làm việc sau",
        "Cuối tuần",
        "Cuối tuần",
        "Hạn trả kết quả lúc 17:00",
    ]


def test_the_day_on_which_the_clock_runs_again_is_told_as_the_first_day_is():
    """A day that is not counted never reads as one that is."""
    found = lines("02/03/2026 08:00", Limit(5, WORKING_DAYS), ("04/03/2026 08:00", "07/03/2026 09:00"))
    told = {f"{line.day:%d/%m}": (line.counted, line.reason) for line in found}
    assert told["07/03"] == (False, "Cuối tuần")
    assert told["09/03"] == (False, "Hết tạm dừng lúc 07:00, ngày sau mới tính tiếp")
    assert told["10/03"] == (True, "Ngày làm việc")
    evening = lines("02/03/2026 08:00", Limit(5, WORKING_DAYS), ("04/03/2026 08:00", "05/03/2026 18:30"))
    assert evening[3].reason == "Hết tạm dừng lúc 18:30, ngoài giờ làm việc"
    hours = lines("02/03/2026 08:00", Limit(12, HOURS), ("02/03/2026 10:00", "04/03/2026 14:00"))
    assert [line.reason for line in hours if line.counted][1] == "Hết tạm dừng, tính tiếp từ 14:00"
