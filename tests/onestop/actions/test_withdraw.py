"""The applicant takes the dossier back: until the decision is signed, at the counter or online."""

from datetime import date

import pytest

from egov.workflow.refusal import NotPermitted, Refusal
from onestop.actions.forward import forward, take_up
from onestop.actions.legs import legs_of
from onestop.actions.reason import ReasonMissing
from onestop.actions.request_supplement import Asked, SupplementContent, request_supplement
from onestop.actions.withdraw import DecisionSigned, withdraw
from onestop.enums import ClockEventKind, DossierState, LegState, StepState
from onestop.models import Dossier, Result, ResultEntry, Step
from onestop.rules import Citizen
from tests.factories.dossiers import OWNER_NUMBER
from tests.factories.procedures import ProcedureVersionFactory
from tests.factories.work import Desk, make_desk, taken_in, vn
from tests.support.parallel import at_once

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = vn(2026, 3, 2), vn(2026, 3, 3)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    dossier = taken_in(ProcedureVersionFactory(), desk, at=MONDAY)
    forward(desk.counter, dossier, to=2, at=MONDAY)
    return dossier


def test_withdrawing_ends_the_way_and_keeps_every_trace(desk: Desk, dossier: Dossier):
    line = dossier.case.requirements.first()
    take_up(desk.specialist, dossier, at=MONDAY)
    asked = SupplementContent(papers=[Asked(line.pk)], reason="Thiếu", deadline_on=date(2026, 3, 20))
    request_supplement(desk.specialist, dossier, asked, at=MONDAY)
    withdraw(desk.counter, dossier, reason="Không còn nhu cầu", at=TUESDAY)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.WITHDRAWN
    assert dossier.clock_events.last().kind == ClockEventKind.CLOSED
    assert [leg.state for leg in legs_of(dossier)] == [LegState.CANCELLED]
    assert not Step.objects.filter(leg__dossier=dossier, state=StepState.RUNNING).exists()
    assert not dossier.stops.filter(ended_at=None).exists()
    assert dossier.supplements.get().closed_reason == "Không còn nhu cầu"


def test_the_applicant_may_do_it_online_and_nobody_else(desk: Desk, dossier: Dossier):
    other = Citizen(personal_number="034099000001", name="Lạ", identity_level=2)
    unsure = Citizen(personal_number=OWNER_NUMBER, name="Vũ Thị Em", identity_level=0)
    for who in (other, unsure, desk.specialist, make_desk("Công an xã").counter):
        with pytest.raises(NotPermitted):
            withdraw(who, dossier, reason="Rút", at=TUESDAY)
    with pytest.raises(ReasonMissing):
        withdraw(desk.counter, dossier, reason="", at=TUESDAY)
    owner = Citizen(personal_number=OWNER_NUMBER, name="Vũ Thị Em", identity_level=2)
    withdraw(owner, dossier, reason="Rút", at=TUESDAY)
    assert dossier.changes.last().person == "Vũ Thị Em"


def test_a_signed_decision_is_not_withdrawn_from(desk: Desk, dossier: Dossier):
    entry = ResultEntry.objects.create(
        dossier=dossier,
        agency=desk.agency,
        year=2026,
        number=1,
        entered_on=TUESDAY.date(),
        entered_by=desk.leader.membership,
    )
    Result.objects.create(
        dossier=dossier,
        name="Giấy khai sinh",
        number=entry.notation,
        issued_on=TUESDAY.date(),
        issuer=desk.agency,
        entry=entry,
        recorded_at=TUESDAY,
        recorded_by=desk.leader.membership,
    )
    with pytest.raises(DecisionSigned):
        withdraw(desk.counter, dossier, reason="Rút", at=TUESDAY)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.PROCESSING


@pytest.mark.django_db(transaction=True)
def test_withdrawn_and_taken_up_at_once_ends_in_one_of_the_two(desk: Desk, dossier: Dossier):
    acts = [
        lambda: withdraw(desk.counter, dossier, reason="Rút", at=TUESDAY),
        lambda: take_up(desk.specialist, dossier, at=TUESDAY),
    ]
    outcomes = at_once(lambda act: act(), acts)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.WITHDRAWN
    assert not Step.objects.filter(leg__dossier=dossier, state=StepState.RUNNING).exists()
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert all(isinstance(one, Refusal) for one in refused)
