"""Steps inside one agency: taken up, given, forwarded to a follower, sent back."""

import pytest

from egov.workflow.refusal import NotPermitted, Refusal
from onestop.actions.finish_leg import NotTheLastStep, finish_leg
from onestop.actions.forward import NotAFollower, NotThatPerson, assign_step, forward, take_up
from onestop.actions.hand_over import hand_over, take_over_all
from onestop.enums import DossierState, StepState
from onestop.models import Dossier, HandoverList
from tests.factories.cast import Cast
from tests.factories.organizations import MembershipFactory, actor_for
from tests.factories.procedures import ProcedureVersionFactory
from tests.factories.work import Desk, linked_version, make_desk, running_step, taken_in, vn
from tests.support.parallel import at_once

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = vn(2026, 3, 2), vn(2026, 3, 3)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    return taken_in(ProcedureVersionFactory(), desk, at=MONDAY)


def test_forwarding_ends_one_step_begins_the_next_and_puts_the_dossier_in_processing(
    desk: Desk, dossier: Dossier
):
    forward(desk.counter, dossier, to=2, holder=desk.specialist.membership, note="Đủ giấy tờ", at=MONDAY)
    dossier.refresh_from_db()
    first, second, *_rest = dossier.legs.get().steps.all()
    assert (first.state, first.ended_at, first.note) == (StepState.DONE, MONDAY, "Đủ giấy tờ")
    assert (second.state, second.holder, second.due_at) == (
        StepState.RUNNING,
        desk.specialist.membership,
        vn(2026, 3, 3, 14),
    )
    assert (dossier.state, dossier.holder) == (DossierState.PROCESSING, desk.specialist.membership)


def test_only_a_configured_follower_may_come_next(desk: Desk, dossier: Dossier):
    with pytest.raises(NotAFollower, match="quy trình"):
        forward(desk.counter, dossier, to=3, at=MONDAY)
    assert running_step(dossier).order == 1


def test_a_step_goes_to_a_person_of_its_role_in_its_agency(desk: Desk, dossier: Dossier, cast: Cast):
    stranger = MembershipFactory(agency=cast.dung.agency)
    for member in (stranger, desk.leader.membership):
        with pytest.raises(NotThatPerson):
            forward(desk.counter, dossier, to=2, holder=member, at=MONDAY)


def test_the_leader_may_send_a_step_back_to_be_mended(desk: Desk, dossier: Dossier):
    due = dossier.legs.get().due_at
    forward(desk.counter, dossier, to=2, at=MONDAY)
    take_up(desk.specialist, dossier, at=MONDAY)
    forward(desk.specialist, dossier, to=3, at=MONDAY)
    forward(desk.leader, dossier, to=2, holder=desk.specialist.membership, note="Sửa tờ trình", at=TUESDAY)
    step = running_step(dossier)
    assert (step.order, step.holder) == (2, desk.specialist.membership)
    assert dossier.legs.get().due_at == due, "the leg's own time goes on"
    notes = list(step.changes.values_list("note", flat=True))
    assert "Sửa tờ trình" in notes


def test_steps_that_the_way_did_not_need_are_passed_over(desk: Desk):
    other = make_desk("Công an xã")
    version = linked_version((1, desk.agency, ()), (2, other.agency, (1,)))
    dossier = taken_in(version, desk, at=MONDAY)
    long = taken_in(ProcedureVersionFactory(), desk, at=MONDAY)
    with pytest.raises(NotTheLastStep):
        finish_leg(desk.counter, long, at=MONDAY)
    take_up(desk.specialist, dossier, at=MONDAY)
    finish_leg(desk.specialist, dossier, at=MONDAY)
    assert not dossier.legs.first().steps.exclude(state=StepState.DONE).exists()


def test_a_leader_gives_the_step_of_a_sick_colleague_to_another(desk: Desk, dossier: Dossier):
    forward(desk.counter, dossier, to=2, holder=desk.specialist.membership, at=MONDAY)
    due, colleague = running_step(dossier).due_at, MembershipFactory(agency=desk.agency)
    with pytest.raises(NotPermitted):
        assign_step(desk.counter, dossier, to=colleague, at=TUESDAY)
    assign_step(desk.leader, dossier, to=colleague, at=TUESDAY)
    step = running_step(dossier)
    assert (step.holder, step.due_at) == (colleague, due)
    assert colleague.user.full_name in step.changes.last().note


def test_a_pile_goes_on_one_list_and_is_taken_over_together(desk: Desk):
    other = make_desk("Công an xã")
    version = linked_version((1, desk.agency, ()), (2, other.agency, (1,)))
    pile = [taken_in(version, desk, at=MONDAY) for _number in range(3)]
    for dossier in pile[:2]:
        take_up(desk.specialist, dossier, at=MONDAY)
    take_up(actor_for(MembershipFactory(agency=desk.agency)), pile[2], at=MONDAY)
    results = hand_over(desk.specialist, [*(one.pk for one in pile), 10**9], at=TUESDAY)
    assert [one.done for one in results] == [True, True, False, False]
    handover = HandoverList.objects.get()
    assert (handover.lines.count(), str(handover)) == (2, "01/2026")
    taken = take_over_all(other.counter, [one.pk for one in pile[:2]], at=TUESDAY)
    assert all(one.done for one in taken)
    assert not handover.lines.filter(answered_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_up_at_once_one_gets_it_and_the_other_a_sentence(desk: Desk, dossier: Dossier):
    forward(desk.counter, dossier, to=2, at=MONDAY)
    people = [actor_for(MembershipFactory(agency=desk.agency)) for _number in range(2)]
    outcomes = at_once(lambda actor: take_up(actor, dossier, at=MONDAY), people)
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert len(refused) == 1
    assert isinstance(refused[0], Refusal)
    assert "nhận xử lý" in str(refused[0])


@pytest.mark.django_db(transaction=True)
def test_a_double_click_forwards_once(desk: Desk, dossier: Dossier):
    outcomes = at_once(lambda _number: forward(desk.counter, dossier, to=2, at=MONDAY), range(2))
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert len(refused) == 1
    assert isinstance(refused[0], Refusal)
    assert running_step(dossier).order == 2
