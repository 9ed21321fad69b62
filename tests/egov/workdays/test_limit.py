"""Limits: their words, and setting one beside another."""

import pytest

from egov.workdays.limit import Limit, LimitUnit


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Limit(3, LimitUnit.WORKING_DAYS), "3 ngày làm việc"),
        (Limit(15, LimitUnit.CALENDAR_DAYS), "15 ngày"),
        (Limit(4, LimitUnit.HOURS), "4 giờ"),
        (Limit(2, LimitUnit.MONTHS), "2 tháng"),
    ],
)
def test_words(limit: Limit, words: str):
    assert str(limit) == words


def test_a_limit_has_no_negative_length_and_knows_its_units():
    with pytest.raises(ValueError, match="negative"):
        Limit(-1, LimitUnit.HOURS)
    with pytest.raises(ValueError, match="weeks"):
        Limit(1, "weeks")  # type: ignore[arg-type]


@pytest.mark.rule("onestop", 29)
def test_reduction_is_told_in_the_same_unit():
    legal = Limit(20, LimitUnit.WORKING_DAYS)
    assert Limit(10, LimitUnit.WORKING_DAYS).reduction_from(legal) == 0.5
    assert Limit(40, LimitUnit.HOURS).reduction_from(legal) == 0.75
    assert Limit(14, LimitUnit.CALENDAR_DAYS).reduction_from(legal) == pytest.approx(0.5)
    assert legal.reduction_from(Limit(0, LimitUnit.HOURS)) is None
    assert Limit(28, LimitUnit.CALENDAR_DAYS).reduction_from(legal) == pytest.approx(0)
    assert Limit(8, LimitUnit.HOURS).is_shorter_than(Limit(2, LimitUnit.WORKING_DAYS))
    assert not Limit(8, LimitUnit.HOURS).is_shorter_than(Limit(1, LimitUnit.WORKING_DAYS))
