"""Nobody without a part in a dossier moves it: every step of the work, tried by five outsiders."""

from collections.abc import Callable
from datetime import date

import pytest

from egov.organizations.actor import Actor
from egov.workflow.refusal import NotPermitted
from onestop.actions.apologize import apologize
from onestop.actions.consult import answer_consultation, consult, drop_question, take_silence
from onestop.actions.financial_duty import Proof, note_duty, prove_duty, send_duty
from onestop.actions.finish_leg import finish_leg
from onestop.actions.forward import assign_step, forward, take_up
from onestop.actions.halt import halt
from onestop.actions.receive_supplement import receive_supplement
from onestop.actions.request_supplement import (
    SupplementContent,
    approve_supplement,
    decline_supplement,
    request_supplement,
)
from onestop.actions.resume import resume
from onestop.actions.stop import stop
from onestop.actions.take_over import give_back, send_again, take_over
from onestop.actions.withdraw import withdraw
from onestop.enums import DossierState, StopReason
from onestop.models import Dossier
from onestop.models.consultation import Opinion
from tests.factories.cast import Cast
from tests.factories.organizations import MembershipFactory, actor_for
from tests.factories.procedures import ProcedureVersionFactory
from tests.factories.work import Desk, make_desk, taken_in, vn

pytestmark = pytest.mark.django_db
MONDAY, DAY = vn(2026, 3, 2), date(2026, 3, 20)
NOW = {"at": MONDAY}
Act = Callable[[Actor, Dossier], object]
STEPS: dict[str, Act] = {
    "take_up": lambda who, it: take_up(who, it, **NOW),
    "assign_step": lambda who, it: assign_step(who, it, to=it.received_by, **NOW),
    "forward": lambda who, it: forward(who, it, to=2, **NOW),
    "finish_leg": lambda who, it: finish_leg(who, it, **NOW),
    "take_over": lambda who, it: take_over(who, it, **NOW),
    "give_back": lambda who, it: give_back(who, it, reason="x", **NOW),
    "send_again": lambda who, it: send_again(who, it, **NOW),
    "stop": lambda who, it: stop(who, it, reason=StopReason.INSPECTION, words="x", **NOW),
    "resume": lambda who, it: resume(who, it, reason="x", **NOW),
    "request_supplement": lambda who, it: request_supplement(
        who, it, SupplementContent(papers=[], reason="x", deadline_on=DAY), **NOW
    ),
    "approve_supplement": lambda who, it: approve_supplement(who, it, **NOW),
    "decline_supplement": lambda who, it: decline_supplement(who, it, reason="x", **NOW),
    "receive_supplement": lambda who, it: receive_supplement(who, it, [], **NOW),
    "consult": lambda who, it: consult(
        who, it, agency=it.deciding_agency, question="x", due_on=DAY, pauses=False, **NOW
    ),
    "answer_consultation": lambda who, it: answer_consultation(who, it, opinion=Opinion.AGREES, **NOW),
    "take_silence": lambda who, it: take_silence(who, it, consultation_id=1, **NOW),
    "drop_question": lambda who, it: drop_question(who, it, consultation_id=1, reason="x", **NOW),
    "send_duty": lambda who, it: send_duty(who, it, tax_office="x", **NOW),
    "note_duty": lambda who, it: note_duty(who, it, number="1", issued_on=DAY, amount=1, **NOW),
    "prove_duty": lambda who, it: prove_duty(who, it, Proof(receipt_number="1", paid_on=DAY), **NOW),
    "apologize": lambda who, it: apologize(who, it, reason="x", days=1, **NOW),
    "withdraw": lambda who, it: withdraw(who, it, reason="x", **NOW),
    "halt": lambda who, it: halt(who, it, reason="x", **NOW),
}


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def outsiders(cast: Cast, desk: Desk) -> list[object]:
    """Another agency's whole desk, a colleague without a part, the own administrator, a visitor."""
    elsewhere = make_desk("Ủy ban nhân dân xã Thụy Trình")
    administrator = actor_for(MembershipFactory(agency=desk.agency, agency_admin=True))
    colleague = actor_for(MembershipFactory(agency=desk.agency))
    return [elsewhere.counter, elsewhere.leader, elsewhere.specialist, colleague, administrator, cast.em]


@pytest.mark.rule("onestop", 43)
@pytest.mark.parametrize("name", STEPS)
def test_an_outsider_moves_nothing(desk: Desk, outsiders: list[object], name: str):
    dossier = taken_in(ProcedureVersionFactory(), desk, at=MONDAY)
    forward(desk.counter, dossier, to=2, holder=desk.specialist.membership, at=MONDAY)
    before = Dossier.objects.values().get(pk=dossier.pk)
    for outsider in outsiders:
        with pytest.raises(NotPermitted):
            STEPS[name](outsider, dossier)
    assert Dossier.objects.values().get(pk=dossier.pk) == before
    assert before["state"] == DossierState.PROCESSING
