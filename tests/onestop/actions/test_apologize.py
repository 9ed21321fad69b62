"""The one apology: in time, late, never twice; and what it does to the accounts."""

from datetime import datetime

import pytest
import time_machine
from django.urls import reverse

from egov.workflow.refusal import NotPermitted
from onestop.actions.apologize import (
    AlreadyApologized,
    ApologyTooLate,
    NewDayNotAcceptable,
    NothingToPutOff,
    apologize,
)
from onestop.actions.forward import forward
from onestop.actions.reason import ReasonMissing
from onestop.enums import ClockEventKind, FormKind
from onestop.models import Apology, Dossier
from tests.factories.procedures import ProcedureVersionFactory
from tests.factories.work import Desk, close_tet, make_desk, taken_in, vn
from tests.support.parallel import at_once

pytestmark = pytest.mark.django_db
MONDAY, DUE = vn(2026, 3, 2), vn(2026, 3, 5)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    dossier = taken_in(ProcedureVersionFactory(), desk, at=MONDAY)
    forward(desk.counter, dossier, to=2, at=MONDAY)
    dossier.refresh_from_db()
    return dossier


def sorry(desk: Desk, dossier: Dossier, at: datetime, **changes: object) -> Apology:
    values = {"reason": "Phải xác minh tại nơi sinh", "days": 2, "at": at}
    return apologize(desk.leader, dossier, **(values | changes))


@pytest.mark.rule("onestop", 22)
def test_an_apology_in_time_names_the_new_day_and_keeps_the_first_one(desk: Desk, dossier: Dossier):
    apology = sorry(desk, dossier, vn(2026, 3, 4, 16))
    dossier.refresh_from_db()
    assert (dossier.due_at, dossier.promised_at) == (vn(2026, 3, 9), DUE)
    assert (apology.is_late, apology.old_due_at, apology.form.kind) == (False, DUE, FormKind.APOLOGY)
    event = dossier.clock_events.last()
    assert (event.kind, event.reason) == (ClockEventKind.APOLOGY, "Phải xác minh tại nơi sinh")


@pytest.mark.rule("onestop", 22)
@pytest.mark.parametrize("at", [vn(2026, 3, 5, 7), vn(2026, 3, 6)], ids=["the same day", "after it"])
def test_later_it_is_blocked_unless_recorded_as_late(desk: Desk, dossier: Dossier, at: datetime):
    with pytest.raises(ApologyTooLate, match="một ngày trước"):
        sorry(desk, dossier, at)
    assert sorry(desk, dossier, at, late=True).is_late
    dossier.refresh_from_db()
    assert dossier.promised_at == DUE, "lateness goes on counting against the first appointment"


def test_late_is_not_said_of_one_that_came_in_time(desk: Desk, dossier: Dossier):
    assert not sorry(desk, dossier, vn(2026, 3, 4), late=True).is_late


@pytest.mark.rule("onestop", 22)
def test_there_is_no_second_apology(desk: Desk, dossier: Dossier):
    sorry(desk, dossier, vn(2026, 3, 3))
    with pytest.raises(AlreadyApologized, match="một lần"):
        sorry(desk, dossier, vn(2026, 3, 4))
    dossier.refresh_from_db()
    assert dossier.due_at == vn(2026, 3, 9)


@pytest.mark.rule("onestop", 22)
@pytest.mark.django_db(transaction=True)
def test_of_two_leaders_who_apologize_at_once_one_does(desk: Desk, dossier: Dossier):
    outcomes = at_once(lambda days: sorry(desk, dossier, vn(2026, 3, 3), days=days), [2, 3])
    assert sorted(type(one).__name__ for one in outcomes) == ["AlreadyApologized", "Apology"]


def test_the_new_day_is_counted_over_tet(desk: Desk):
    close_tet()
    dossier = taken_in(ProcedureVersionFactory(), desk, at=vn(2026, 2, 10))
    apology = sorry(desk, dossier, vn(2026, 2, 11))
    assert (apology.old_due_at, apology.new_due_at) == (vn(2026, 2, 13), vn(2026, 2, 24))


def test_what_an_apology_needs(desk: Desk, dossier: Dossier):
    with pytest.raises(ReasonMissing):
        sorry(desk, dossier, MONDAY, reason=" ")
    for days in (0, 61):
        with pytest.raises(NewDayNotAcceptable):
            sorry(desk, dossier, MONDAY, days=days)
    with pytest.raises(NotPermitted):
        apologize(desk.specialist, dossier, reason="Quá tải", days=1, at=MONDAY)
    open_ended = taken_in(ProcedureVersionFactory(no_appointment=True), desk, at=MONDAY)
    with pytest.raises(NothingToPutOff):
        sorry(desk, open_ended, MONDAY)


@pytest.mark.rule("onestop", 22)
@pytest.mark.parametrize(
    ("now", "late"),
    [(vn(2026, 3, 5, 16), False), (vn(2026, 3, 6, 9), True)],
    ids=["the day", "the day after"],
)
def test_page_and_list_tell_of_one_that_is_late_in_spite_of_its_new_day(
    desk: Desk, dossier: Dossier, sign_in, now: datetime, late: bool
):
    sorry(desk, dossier, vn(2026, 3, 4))
    without = taken_in(ProcedureVersionFactory(), desk, at=MONDAY)
    with time_machine.travel(now, tick=False):
        client = sign_in(desk.leader)
        page = client.get(reverse("onestop:dossier_detail", args=[dossier.pk])).content.decode()
        listed = client.get(reverse("onestop:dossier_list")).content.decode()
        other = client.get(reverse("onestop:dossier_detail", args=[without.pk])).content.decode()
    assert [words.count("quá hạn (có xin lỗi)") for words in (page, listed, other)] == [late, late, False]
