"""Counting in working days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from egov.workdays import clock
from egov.workdays.load_holidays import load_holidays
from egov.workdays.models import Holiday

DAYS = st.dates(date(2015, 1, 1), date(2027, 12, 31))


def a_holiday(day: date, kind: str = Holiday.Kind.CLOSED) -> Holiday:
    return Holiday.objects.create(day=day, kind=kind, name="Ngày lễ thử", source="kiểm thử")


@pytest.mark.django_db
class TestOrdinaryWeeks:
    def test_monday_to_friday_are_worked(self):
        monday = date(2025, 9, 15)
        assert [clock.is_working_day(monday + timedelta(n)) for n in range(7)] == [True] * 5 + [False] * 2

    def test_after_friday_comes_monday(self):
        assert clock.next_working_day(date(2025, 9, 19)) == date(2025, 9, 22)
        assert clock.next_working_day(date(2025, 9, 20)) == date(2025, 9, 22)

    def test_a_closed_day_is_left_out_and_a_made_up_saturday_counts(self):
        a_holiday(date(2025, 9, 22))
        a_holiday(date(2025, 9, 20), Holiday.Kind.WORKING)
        assert clock.next_working_day(date(2025, 9, 19)) == date(2025, 9, 20)
        assert clock.next_working_day(date(2025, 9, 20)) == date(2025, 9, 23)

    def test_a_term_leaves_out_the_day_it_begins_on(self):
        assert clock.add_working_days(date(2025, 9, 15), 5) == date(2025, 9, 22)
        assert clock.add_working_days(date(2025, 9, 20), 0) == date(2025, 9, 20)
        with pytest.raises(ValueError, match="negative"):
            clock.add_working_days(date(2025, 9, 15), -1)

    def test_a_day_ends_at_midnight_in_vietnam(self):
        assert clock.end_of_working_day(date(2025, 12, 31)) == datetime(2025, 12, 31, 17, 0, tzinfo=UTC)


@pytest.mark.django_db
class TestHolidaysOfVietnam:
    @pytest.fixture(autouse=True)
    def _loaded(self):
        load_holidays(range(2024, 2027))

    def test_the_lunar_new_year_is_closed(self):
        assert not any(clock.is_working_day(date(2025, 1, day)) for day in range(27, 32))
        assert clock.next_working_day(date(2025, 1, 24)) == date(2025, 2, 3)

    def test_national_day_has_two_days(self):
        assert clock.next_working_day(date(2025, 8, 29)) == date(2025, 9, 3)

    def test_a_saturday_is_made_up_for_a_bridge_day(self):
        assert clock.is_working_day(date(2025, 4, 26))
        assert not clock.is_working_day(date(2025, 5, 2))

    def test_a_correction_outlives_another_load(self):
        Holiday.objects.filter(day=date(2025, 5, 2)).update(kind=Holiday.Kind.WORKING)
        assert load_holidays(range(2024, 2027)) == 0
        assert clock.is_working_day(date(2025, 5, 2))

    def test_the_command_says_how_many_days_are_new(self, capsys):
        call_command("load_holidays", "--from", "2024", "--to", "2026")
        assert capsys.readouterr().out == "holidays: 0 days added\n"


class TestLaws(TestCase):
    """What holds on any day, with the real holidays of 2015 to 2027."""

    @classmethod
    def setUpTestData(cls):
        load_holidays(range(2015, 2028))

    @settings(max_examples=60, deadline=None)
    @given(day=DAYS)
    def test_the_next_working_day_is_worked_and_none_lies_between(self, day):
        following = clock.next_working_day(day)
        assert following > day
        assert clock.is_working_day(following)
        between = range(day.toordinal() + 1, following.toordinal())
        assert not any(clock.is_working_day(date.fromordinal(one)) for one in between)

    @settings(max_examples=40, deadline=None)
    @given(day=DAYS, first=st.integers(0, 60), second=st.integers(0, 60))
    def test_terms_add_up(self, day, first, second):
        there = clock.add_working_days(day, first)
        assert clock.add_working_days(there, second) == clock.add_working_days(day, first + second)

    @settings(max_examples=40, deadline=None)
    @given(day=DAYS, count=st.integers(0, 120))
    def test_counting_undoes_adding(self, day, count):
        end = clock.add_working_days(day, count)
        assert clock.working_days_between(day, end) == count
        assert clock.working_days_between(end, day) == -count
