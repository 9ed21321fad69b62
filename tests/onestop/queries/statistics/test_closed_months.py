"""Rule 27: a closed month keeps its figures, takes no events any more, and can be checked."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from onestop.actions.close_month import close_months
from onestop.enums import DossierState
from onestop.models import ClosedMonth, DossierChange, MonthFigure
from onestop.queries.statistics.count import counted
from onestop.queries.statistics.period import Period
from onestop.queries.statistics.report import figures_of
from onestop.seeding.figures import load_figures
from tests.factories.histories import World, written

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SEPTEMBER = datetime(2025, 9, 15, 8, 0, tzinfo=ZONE)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    made = World.made()
    written(made.histories(60, 12), until=SEPTEMBER)
    return made


@pytest.mark.rule("onestop", 27)
def test_closed_months_are_read_as_they_were_closed(world: World):
    closed = close_months(SEPTEMBER)
    assert closed == [date(2025, month, 1) for month in range(1, 9)]
    assert close_months(SEPTEMBER) == []
    keys = [agency.pk for agency in world.agencies]
    for first in closed:
        month = Period.month(first, SEPTEMBER)
        assert figures_of(month, keys) == counted(month)
    call_command("verify_figures")


@pytest.mark.rule("onestop", 27)
def test_no_event_is_dated_into_a_closed_month(world: World):
    close_months(SEPTEMBER)
    dossier = world.versions[0].dossiers.first()
    august = datetime(2025, 8, 31, 23, 59, tzinfo=ZONE)
    with pytest.raises(DatabaseError, match="closed month"), transaction.atomic():
        DossierChange.objects.create(dossier=dossier, after=DossierState.DONE, at=august)
    DossierChange.objects.create(dossier=dossier, after=DossierState.DONE, at=SEPTEMBER)


def test_a_month_is_not_closed_while_work_of_its_last_hour_may_be_under_way(world: World):
    assert close_months(datetime(2025, 2, 1, 0, 59, tzinfo=ZONE)) == []
    assert close_months(datetime(2025, 2, 1, 1, 0, tzinfo=ZONE)) == [date(2025, 1, 1)]


def test_figures_that_were_altered_are_found(world: World):
    close_months(SEPTEMBER)
    figure = MonthFigure.objects.filter(solved_late__gt=0).first()
    with pytest.raises(DatabaseError), transaction.atomic():
        MonthFigure.objects.filter(pk=figure.pk).update(solved_late=0)
    with pgtrigger.ignore("onestop.MonthFigure:append_only"):
        MonthFigure.objects.filter(pk=figure.pk).update(
            solved_late=figure.solved_late - 1, solved_on_time=figure.solved_on_time + 1
        )
    with pytest.raises(CommandError, match="solved_late"):
        call_command("verify_figures", "--months-only")
    # Even then the two sides of a line stay equal: the database holds that by itself.
    with (
        pgtrigger.ignore("onestop.MonthFigure:append_only"),
        pytest.raises(DatabaseError, match="adds_up"),
        transaction.atomic(),
    ):
        MonthFigure.objects.filter(pk=figure.pk).update(solved_early=figure.solved_early + 5)


def test_closing_with_nothing_to_count_does_nothing(db: None):
    assert close_months(SEPTEMBER) == []
    assert not ClosedMonth.objects.exists()
    load_figures()
    load_figures()
