"""Whose hours and days hold for an agency on a day: its own, the nearest above it, the province's."""

from datetime import date, time

import pytest

from egov.organizations.models import Placement
from egov.workdays.calendar import ORDINARY_DAY, OutsideCalendar, Window
from egov.workdays.load_calendar import calendar_of, calendars_of, calendars_of_all
from egov.workdays.models import Holiday, WorkingHours
from tests.factories.organizations import AgencyFactory

pytestmark = pytest.mark.django_db
START = date(2026, 1, 1)
SATURDAY, MONDAY = date(2026, 3, 7), date(2026, 3, 9)
MORNING = (Window(450, 690),)


@pytest.fixture
def tree():
    """A province, a district below it, a commune below that, and another commune of the province."""
    province = AgencyFactory(province=True)
    district = AgencyFactory(district=True, parent=province)
    return province, district, AgencyFactory(parent=district), AgencyFactory(parent=province)


def hours(agency, weekday: int, opens: str = "07:30", closes: str = "11:30", **facts: object) -> WorkingHours:
    return WorkingHours.objects.create(
        agency=agency,
        weekday=weekday,
        opens=time.fromisoformat(opens),
        closes=time.fromisoformat(closes),
        **{"valid_from": START, **facts},
    )


def special(agency, day: date, kind: str) -> Holiday:
    return Holiday.objects.create(agency=agency, day=day, kind=kind, name="Ngày thử", source="QĐ 1/QĐ-UBND")


class TestHours:
    """WorkingHours."""

    def test_without_any_rows_the_ordinary_week_holds(self, tree):
        calendar = calendar_of(tree[2], MONDAY)
        assert [calendar.windows(date(2026, 3, 9 + n)) for n in range(7)] == [ORDINARY_DAY] * 5 + [()] * 2

    def test_the_nearest_agency_with_rows_gives_all_of_them(self, tree):
        province, district, commune, other = tree
        hours(None, 0, "08:00", "12:00")
        hours(district, 0)
        hours(district, 5)
        calendars = calendars_of(tree, MONDAY)
        assert calendars[commune.pk].windows(MONDAY) == MORNING
        assert calendars[commune.pk].windows(SATURDAY) == MORNING
        assert calendars[commune.pk].windows(date(2026, 3, 10)) == ()
        assert calendars[other.pk].windows(MONDAY) == (Window(480, 720),)
        assert calendars[other.pk].windows(SATURDAY) == ()
        assert calendars[province.pk] is calendars[other.pk]
        assert calendar_of(None, MONDAY).windows(MONDAY) == (Window(480, 720),)

    def test_rows_hold_in_their_time_and_before_and_after_it_those_from_above(self, tree):
        commune = tree[2]
        hours(commune, 0, valid_from=date(2026, 3, 9), valid_to=date(2026, 3, 16))
        calendar = calendar_of(commune, MONDAY)
        mondays = [calendar.windows(day) for day in (date(2026, 3, 2), MONDAY, date(2026, 3, 16))]
        assert mondays == [ORDINARY_DAY, MORNING, ORDINARY_DAY]

    def test_an_agency_that_moves_takes_the_hours_of_its_new_place(self, tree):
        province, district, commune, _other = tree
        hours(district, 0)
        Placement.objects.filter(agency=commune).update(valid_to=date(2026, 3, 9))
        Placement.objects.create(
            agency=commune,
            parent=province,
            path=f"/{province.pk}/{commune.pk}/",
            depth=1,
            valid_from=date(2026, 3, 9),
        )
        calendar = calendar_of(commune, MONDAY)
        assert calendar.windows(date(2026, 3, 2)) == MORNING
        assert calendar.windows(MONDAY) == ORDINARY_DAY


@pytest.mark.rule("onestop", 17)
class TestScopes:
    """Holiday."""

    def test_a_made_up_saturday_is_worked_only_in_its_scope(self, tree):
        province, district, commune, other = tree
        special(district, SATURDAY, Holiday.Kind.WORKING)
        calendars = calendars_of(tree, MONDAY)
        worked = {key for key, calendar in calendars.items() if calendar.is_working_day(SATURDAY)}
        assert worked == {district.pk, commune.pk}
        assert calendars[commune.pk].windows(SATURDAY) == ORDINARY_DAY
        assert not calendar_of(None, MONDAY).is_working_day(SATURDAY)
        assert not calendars[other.pk].is_working_day(SATURDAY)
        assert not calendars[province.pk].is_working_day(SATURDAY)

    def test_a_closed_day_of_the_province_is_closed_everywhere(self, tree):
        special(None, MONDAY, Holiday.Kind.CLOSED)
        assert not any(calendar.is_working_day(MONDAY) for calendar in calendars_of(tree, MONDAY).values())

    def test_the_nearest_scope_decides(self, tree):
        _province, district, commune, _other = tree
        special(None, MONDAY, Holiday.Kind.CLOSED)
        special(district, MONDAY, Holiday.Kind.WORKING)
        special(commune, MONDAY, Holiday.Kind.CLOSED)
        calendars = calendars_of(tree, MONDAY)
        assert [calendars[one.pk].is_working_day(MONDAY) for one in tree] == [False, True, False, False]

    def test_scope_follows_the_tree_of_the_day(self, tree):
        province, district, commune, _other = tree
        Placement.objects.filter(agency=commune).update(valid_to=date(2026, 3, 1))
        Placement.objects.create(
            agency=commune,
            parent=province,
            path=f"/{province.pk}/{commune.pk}/",
            depth=1,
            valid_from=date(2026, 3, 1),
        )
        special(district, SATURDAY, Holiday.Kind.WORKING)
        special(district, date(2026, 2, 28), Holiday.Kind.WORKING)
        calendar = calendar_of(commune, MONDAY)
        assert not calendar.is_working_day(SATURDAY)
        assert calendar.is_working_day(date(2026, 2, 28))


class TestReach:
    """What a loaded calendar knows."""

    def test_two_queries_however_many_agencies(self, tree, django_assert_num_queries):
        with django_assert_num_queries(2):
            calendars_of(tree, MONDAY)
        with django_assert_num_queries(2):
            calendar_of(tree[2], MONDAY)
        with django_assert_num_queries(2):
            calendars_of_all(MONDAY)

    def test_every_agency_of_the_tree_at_once(self, tree):
        hours(tree[1], 0)
        everywhere, found = calendars_of_all(MONDAY)
        assert everywhere.windows(MONDAY) == calendar_of(None, MONDAY).windows(MONDAY)
        assert {key: found[key].windows(MONDAY) for key in (one.pk for one in tree)} == {
            key: one.windows(MONDAY) for key, one in calendars_of(tree, MONDAY).items()
        }

    def test_later_years_are_there_and_earlier_ones_are_refused(self, tree):
        special(None, date(2031, 1, 1), Holiday.Kind.CLOSED)
        calendar = calendar_of(tree[2], MONDAY)
        assert not calendar.is_working_day(date(2031, 1, 1))
        assert calendar.known_to == date(2031, 12, 31)
        assert calendar.is_working_day(date(2025, 1, 2))
        with pytest.raises(OutsideCalendar):
            calendar.is_working_day(date(2024, 12, 31))
        with pytest.raises(OutsideCalendar):
            calendar.working_day_after(date(2024, 12, 30))
