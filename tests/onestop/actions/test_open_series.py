"""Runs of receipts: opened by a head, used up one after the other, refused when no number is left."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from egov.notifications.models import Notification
from egov.workflow.refusal import NotPermitted
from onestop.actions.collect import collect
from onestop.actions.issue_receipt import SeriesFull
from onestop.actions.open_series import Run, SeriesNotAcceptable, open_series
from onestop.models import Receipt, ReceiptSeries
from onestop.queries.receipt_series import numbers_left, runs_of
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.money import owing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.procedures import ProcedureVersionFactory
from tests.support.parallel import at_once

TODAY = NOW.date()
RUN = Run(form="01BLP3-001", symbol="AB/25E", first_number=101, last_number=103, valid_from=TODAY)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def unit() -> Unit:
    return make_unit()


def given() -> list[tuple[str, int]]:
    return list(Receipt.objects.order_by("series_id", "number").values_list("series__symbol", "number"))


def take(unit: Unit, times: int) -> None:
    version = ProcedureVersionFactory()
    for _ in range(times):
        collect(unit.counter, owing(unit, version), at=NOW)


@pytest.mark.rule("onestop", 36)
def test_the_next_run_follows_when_one_is_used_up_and_then_nothing_is_taken(unit: Unit):
    open_series(unit.leader, unit.agency, RUN, at=NOW)
    open_series(
        unit.leader, unit.agency, replace(RUN, symbol="AC/25E", first_number=1, last_number=1), at=NOW
    )
    take(unit, 4)
    assert given() == [("AB/25E", 101), ("AB/25E", 102), ("AB/25E", 103), ("AC/25E", 1)]
    dossier = owing(unit)
    with pytest.raises(SeriesFull, match="mở ký hiệu biên lai mới"):
        collect(unit.counter, dossier, at=NOW)
    assert dossier.charges.due().exists()
    assert ReceiptSeries.objects.count() == 2


@pytest.mark.rule("onestop", 36)
@pytest.mark.django_db(transaction=True)
def test_cashiers_at_once_use_a_run_up_without_a_gap_and_go_on_in_the_next(transactional_db: None):
    unit, version = make_unit(), ProcedureVersionFactory()
    open_series(unit.leader, unit.agency, replace(RUN, last_number=104), at=NOW)
    open_series(unit.leader, unit.agency, replace(RUN, first_number=201, last_number=203), at=NOW)
    dossiers = [owing(unit, version) for _ in range(9)]
    outcomes = at_once(lambda n: collect(unit.counter, dossiers[n], at=NOW), range(9), threads=6)
    assert sum(isinstance(one, SeriesFull) for one in outcomes) == 2
    assert sorted(number for _symbol, number in given()) == [101, 102, 103, 104, 201, 202, 203]


def test_those_who_may_open_the_next_are_told_at_the_last_fifty_and_at_the_end(unit: Unit):
    open_series(unit.leader, unit.agency, replace(RUN, first_number=1, last_number=52), at=NOW)
    take(unit, 1)
    assert not Notification.objects.filter(event__startswith="onestop.receipts").exists()
    take(unit, 2)
    told = Notification.objects.visible_to(unit.leader).get(event="onestop.receipts_low")
    assert "chỉ còn 50 số" in told.text
    assert not Notification.objects.visible_to(unit.specialist).filter(event="onestop.receipts_low").exists()
    assert numbers_left(unit.agency.pk, TODAY) == 49


def test_the_end_is_told(unit: Unit):
    open_series(unit.leader, unit.agency, replace(RUN, last_number=101), at=NOW)
    take(unit, 1)
    assert Notification.objects.visible_to(unit.leader).filter(event="onestop.receipts_gone").count() == 1


def test_a_run_holds_in_its_days_only(unit: Unit):
    open_series(unit.leader, unit.agency, replace(RUN, valid_from=TODAY + timedelta(days=1)), at=NOW)
    dossier = owing(unit)
    with pytest.raises(SeriesFull):
        collect(unit.counter, dossier, at=NOW)
    assert collect(unit.counter, dossier, at=NOW + timedelta(days=1)).number == 101


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"form": "01GTKT"}, "form"),
        ({"symbol": "AA25"}, "symbol"),
        ({"symbol": "FW/25E"}, "symbol"),
        ({"last_number": 100}, "last_number"),
        ({"last_number": 10_000_000}, "last_number"),
        ({"valid_to": date(2025, 1, 1)}, "valid_to"),
    ],
)
def test_what_no_notice_of_issue_says_is_refused(unit: Unit, changes: dict[str, object], field: str):
    with pytest.raises(SeriesNotAcceptable) as refused:
        open_series(unit.leader, unit.agency, replace(RUN, **changes), at=NOW)
    assert refused.value.field == field


def test_two_runs_of_one_symbol_never_share_a_number(unit: Unit):
    open_series(unit.leader, unit.agency, RUN, at=NOW)
    with pytest.raises(SeriesNotAcceptable, match="0000101–0000103"):
        open_series(unit.leader, unit.agency, replace(RUN, first_number=103, last_number=200), at=NOW)
    open_series(unit.leader, unit.agency, replace(RUN, first_number=104, last_number=200), at=NOW)
    assert [one.left for one in runs_of(unit.leader)] == [97, 3]


def test_nobody_else_opens_one(unit: Unit):
    for outsider in (unit.counter, unit.specialist, make_unit().leader):
        with pytest.raises(NotPermitted):
            open_series(outsider, unit.agency, RUN, at=NOW)
