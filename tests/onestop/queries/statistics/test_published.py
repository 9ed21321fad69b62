"""Rules 55 and 57: what is published points at nobody."""

from dataclasses import asdict, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from onestop.actions.close_month import close_months
from onestop.enums import RatingStage, Satisfaction
from onestop.models import ClosedMonth, Dossier, MonthFigure, Rating
from onestop.queries.statistics.disclosure import FEWEST
from onestop.queries.statistics.figures import Figures
from onestop.queries.statistics.late_list import late_month
from onestop.queries.statistics.published import (
    PUBLISHED,
    PublishedRow,
    _carried,
    published_month,
    published_months,
)
from tests.factories.histories import World, written

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
JANUARY, FEBRUARY = date(2025, 1, 1), date(2025, 2, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """Some hundred dossiers of the first two months of 2025, both closed."""
    world = World.made()
    written(world.histories(120, 29), until=datetime(2025, 3, 1, tzinfo=ZONE))
    close_months(datetime(2025, 3, 2, tzinfo=ZONE))
    return world


def test_only_closed_months_are_published():
    world = World.made()
    written(world.histories(40, 13), until=datetime(2025, 3, 1, tzinfo=ZONE))
    assert published_month(JANUARY) is None
    close_months(datetime(2025, 3, 2, tzinfo=ZONE))
    assert published_months() == [FEBRUARY, JANUARY]
    assert published_month(JANUARY).first_day == JANUARY


@pytest.mark.rule("onestop", 55)
def test_no_small_number_in_any_table(world):
    for first_day in published_months():
        month = published_month(first_day)
        assert month.agencies
        assert month.sectors
        rows = [month.total, *month.agencies, *month.sectors]
        cells = [getattr(row, name) for row in rows for name in PUBLISHED]
        cells += [month.carried, *(number for _code, _label, number in month.channels)]
        assert [cell for cell in cells if cell is not None and 0 < cell < FEWEST] == []


@pytest.mark.rule("onestop", 55)
def test_late_list_and_statistics_cannot_be_set_against_each_other(world):
    month, late = published_month(FEBRUARY), late_month(FEBRUARY)
    by_code = {row.code: row for row in month.agencies}
    for row in late.rows:
        told = by_code[row.code]
        assert (row.late, row.apologised, row.late_now) == (told.solved_late, told.apologised, told.late_now)
        parts = (told.solved_early, told.solved_on_time, told.solved_late)
        assert (row.solved is None) == (None in parts), "a sum beside two of its three parts gives the third"


def test_what_is_shown_is_what_was_closed(world):
    month = published_month(FEBRUARY)
    kept = MonthFigure.objects.filter(month=ClosedMonth.objects.get(first_day=FEBRUARY))
    late = {}
    for row in kept.select_related("agency"):
        late[row.agency.code] = late.get(row.agency.code, 0) + row.solved_late
    for row in month.agencies:
        assert row.solved_late in (None, late[row.code])
    assert month.total.received == sum(
        row.received_counter + row.received_online + row.received_post for row in kept
    )


@pytest.mark.rule("onestop", 55)
def test_one_discontented_person_is_not_shown_beside_many_content_ones(world):
    agency = world.agencies[0]
    for place, dossier in enumerate(Dossier.objects.order_by("pk")[:5]):
        Rating.objects.create(
            dossier=dossier,
            stage=RatingStage.RESULT,
            level=Satisfaction.UNSATISFIED if place == 0 else Satisfaction.SATISFIED,
            agency=agency,
            at=datetime(2025, 2, 10, 9, tzinfo=ZONE),
        )
    month = published_month(FEBRUARY)
    (row,) = month.content_by_agency
    assert (row.code, row.content, row.other, row.content_share) == (agency.code, 4, None, None)
    assert month.content.other is None


def test_nothing_of_a_person_is_in_it(world):
    words = str(asdict(published_month(FEBRUARY)))
    assert [
        code for code in Dossier.objects.exclude(code=None).values_list("code", flat=True) if code in words
    ] == []


@pytest.mark.rule("onestop", 55)
def test_what_came_over_is_blank_when_small_or_when_it_leaves_a_small_rest():
    told = PublishedRow(
        "", "", received=9, solved_early=3, solved_on_time=3, solved_late=0, apologised=0, late_now=0
    )
    assert _carried(Figures(carried=7, received_counter=9), told) == 7
    assert _carried(Figures(carried=2, received_counter=9), told) is None
    assert _carried(Figures(carried=7, received_counter=9, withdrawn=1), told) is None
    assert _carried(Figures(carried=7, received_counter=9), replace(told, solved_late=None)) is None
