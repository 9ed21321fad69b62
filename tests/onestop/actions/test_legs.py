"""A dossier's way over agencies: in sequence, in parallel, given back, and for another commune."""

import pytest

from egov.notifications.models import Notification
from egov.workflow.refusal import NotPermitted, Refusal
from onestop.actions.finish_leg import LastLegNeedsResult, finish_leg
from onestop.actions.forward import NotThatStep, forward, take_up
from onestop.actions.legs import WayNotConfigured, lay_out
from onestop.actions.reason import ReasonMissing
from onestop.actions.take_over import give_back, send_again, take_over
from onestop.enums import DossierState, HandoverAnswer, LegState
from onestop.models import Dossier, HandoverLine, HandoverList
from tests.factories.organizations import MembershipFactory, actor_for
from tests.factories.procedures import ProcedureVersionFactory
from tests.factories.work import Desk, leg_at, linked_version, make_desk, running_step, taken_in, vn
from tests.support.parallel import at_once

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, WEDNESDAY = vn(2026, 3, 2), vn(2026, 3, 3), vn(2026, 3, 4)


@pytest.fixture
def one() -> Desk:
    return make_desk("Ủy ban nhân dân xã Thụy Xuân")


@pytest.fixture
def two() -> Desk:
    return make_desk("Công an xã Thụy Xuân")


@pytest.fixture
def three() -> Desk:
    return make_desk("Bảo hiểm xã hội huyện Thái Thụy")


def states(dossier: Dossier) -> list[str]:
    return list(dossier.legs.values_list("state", flat=True))


def test_the_way_is_laid_out_as_planned_and_begins_at_the_counter(one: Desk):
    dossier = taken_in(ProcedureVersionFactory(), one, at=MONDAY)
    leg = dossier.legs.get()
    assert (leg.state, leg.started_at, leg.due_at) == (LegState.RUNNING, MONDAY, vn(2026, 3, 5))
    assert [step.role for step in leg.steps.all()] == ["counter", "specialist", "leader", "counter"]
    step = running_step(dossier)
    assert (step.order, step.holder, step.due_at) == (1, one.counter.membership, vn(2026, 3, 2, 10))
    assert (dossier.current_agency, dossier.holder) == (one.agency, one.counter.membership)


def test_a_case_without_a_way_is_not_received(one: Desk):
    dossier = taken_in(ProcedureVersionFactory(), one, at=MONDAY)
    bare = ProcedureVersionFactory(draft=True, case__way=False)
    dossier.case = bare.cases.get()
    with pytest.raises(WayNotConfigured, match="quy trình"):
        lay_out(dossier, by=one.counter, at=MONDAY)


@pytest.mark.rule("onestop", 30)
def test_three_agencies_in_sequence_have_one_appointment_and_clocks_of_their_own(
    one: Desk, two: Desk, three: Desk
):
    """Birth, residence, health card: one after the other."""
    way = linked_version((1, one.agency, ()), (2, two.agency, (1,)), (3, three.agency, (2,)))
    dossier = taken_in(way, one, at=MONDAY)
    promised = dossier.due_at
    assert states(dossier) == [LegState.RUNNING, LegState.PLANNED, LegState.PLANNED]
    take_up(one.specialist, dossier, at=MONDAY)
    finish_leg(one.specialist, dossier, note="Đã đăng ký", at=TUESDAY)
    assert states(dossier) == [LegState.DONE, LegState.SENT, LegState.PLANNED]
    line = HandoverLine.objects.get()
    assert (line.handover.sender_agency, line.handover.receiver_agency) == (one.agency, two.agency)
    assert leg_at(dossier, two.agency).due_at == vn(2026, 3, 5)

    take_over(two.counter, dossier, at=WEDNESDAY)
    assert leg_at(dossier, two.agency).due_at == vn(2026, 3, 5), "taking over late does not lengthen a leg"
    take_up(two.specialist, dossier, at=WEDNESDAY)
    finish_leg(two.specialist, dossier, at=WEDNESDAY)
    take_over(three.counter, dossier, at=WEDNESDAY)
    dossier.refresh_from_db()
    assert states(dossier) == [LegState.DONE, LegState.DONE, LegState.RUNNING]
    assert (dossier.due_at, dossier.current_agency) == (promised, three.agency)
    with pytest.raises(LastLegNeedsResult):
        finish_leg(three.counter, dossier, at=WEDNESDAY)


@pytest.mark.rule("onestop", 30)
def test_two_agencies_in_parallel_start_together_and_the_third_waits_for_both(
    one: Desk, two: Desk, three: Desk
):
    last = make_desk("Sở Xây dựng")
    way = linked_version(
        (1, one.agency, ()), (2, two.agency, (1,)), (3, three.agency, (1,)), (4, last.agency, (2, 3))
    )
    dossier = taken_in(way, one, at=MONDAY)
    take_up(one.specialist, dossier, at=MONDAY)
    finish_leg(one.specialist, dossier, at=MONDAY)
    assert states(dossier) == [LegState.DONE, LegState.SENT, LegState.SENT, LegState.PLANNED]
    for desk in (two, three):
        take_over(desk.counter, dossier, at=TUESDAY)
        take_up(desk.specialist, dossier, at=TUESDAY)
    finish_leg(two.specialist, dossier, at=TUESDAY)
    assert states(dossier) == [LegState.DONE, LegState.DONE, LegState.RUNNING, LegState.PLANNED]
    finish_leg(three.specialist, dossier, at=WEDNESDAY)
    assert states(dossier) == [LegState.DONE, LegState.DONE, LegState.DONE, LegState.SENT]


@pytest.mark.rule("onestop", 31)
@pytest.mark.rule("onestop", 28)
def test_a_leg_given_back_says_why_and_runs_on_at_the_sender_with_its_own_day(one: Desk, two: Desk):
    way = linked_version((1, one.agency, ()), (2, two.agency, (1,)))
    dossier = taken_in(way, one, at=MONDAY)
    due = leg_at(dossier, one.agency).due_at
    take_up(one.specialist, dossier, at=MONDAY)
    finish_leg(one.specialist, dossier, at=MONDAY)
    with pytest.raises(ReasonMissing):
        give_back(two.counter, dossier, reason="  ", at=TUESDAY)
    give_back(two.counter, dossier, reason="Thiếu bản trích đo", at=TUESDAY)

    mine, theirs = leg_at(dossier, one.agency), leg_at(dossier, two.agency)
    assert (mine.state, mine.due_at, mine.started_at, mine.ended_at) == (
        LegState.RUNNING,
        due,
        MONDAY,
        None,
    ), "the time of the sender has gone on"
    assert (theirs.state, theirs.due_at) == (LegState.PLANNED, None)
    line = HandoverLine.objects.get()
    assert (line.answer, line.reason, line.answered_at) == (
        HandoverAnswer.GIVEN_BACK,
        "Thiếu bản trích đo",
        TUESDAY,
    )
    assert theirs.changes.last().note == "Thiếu bản trích đo"
    dossier.refresh_from_db()
    assert (dossier.current_agency, dossier.holder) == (one.agency, one.specialist.membership)
    assert Notification.objects.visible_to(one.specialist).filter(event="onestop.given_back").exists()

    finish_leg(one.specialist, dossier, at=WEDNESDAY)
    take_over(two.counter, dossier, at=WEDNESDAY)
    assert HandoverLine.objects.filter(leg=theirs).count() == 2, "both hand-overs stay on record"


@pytest.mark.rule("onestop", 32)
def test_received_in_commune_a_for_commune_b_both_see_it_and_only_b_works_on_it(one: Desk):
    there = make_desk("Ủy ban nhân dân xã Thụy Trình")
    dossier = taken_in(ProcedureVersionFactory(), one, at=MONDAY, deciding=there.agency)
    assert dossier.received_at == MONDAY, "the appointment counts from receipt in A"
    handover = HandoverList.objects.get()
    assert (handover.sent_at, handover.receiver_agency) == (MONDAY, there.agency), "forwarded the same day"
    for actor in (one.counter, there.counter, there.leader):
        assert Dossier.objects.visible_to(actor).filter(pk=dossier.pk).exists()
    take_over(there.counter, dossier, at=MONDAY)
    for act in (take_up, finish_leg):
        with pytest.raises(NotPermitted):
            act(one.counter, dossier, at=MONDAY)
    forward(there.counter, dossier, to=2, at=MONDAY)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.PROCESSING


@pytest.mark.rule("onestop", 31)
def test_what_commune_b_gives_back_the_counter_of_a_mends_and_sends_again(one: Desk):
    there = make_desk("Ủy ban nhân dân xã Thụy Trình")
    dossier = taken_in(ProcedureVersionFactory(), one, at=MONDAY, deciding=there.agency)
    give_back(there.counter, dossier, reason="Bản quét không đọc được", at=TUESDAY)
    dossier.refresh_from_db()
    assert (dossier.current_agency, dossier.holder) == (one.agency, one.counter.membership)
    promised = dossier.due_at
    send_again(one.counter, dossier, at=TUESDAY)
    take_over(there.counter, dossier, at=TUESDAY)
    dossier.refresh_from_db()
    assert (dossier.due_at, dossier.current_agency) == (promised, there.agency)


@pytest.mark.rule("onestop", 43)
def test_a_free_step_is_seen_by_its_role_in_its_agency_only(one: Desk, two: Desk):
    dossier = taken_in(linked_version((1, one.agency, ()), (2, two.agency, (1,))), one, at=MONDAY)
    colleague = actor_for(MembershipFactory(agency=one.agency))
    assert Dossier.objects.visible_to(colleague).exists()
    assert not Dossier.objects.visible_to(two.specialist).exists()
    take_up(one.specialist, dossier, at=MONDAY)
    assert not Dossier.objects.visible_to(colleague).exists()
    assert Dossier.objects.visible_to(one.specialist).exists()
    with pytest.raises(NotPermitted):
        take_up(colleague, dossier, at=MONDAY)
    with pytest.raises(NotThatStep):
        finish_leg(one.specialist, dossier, step_id=0, at=MONDAY)


@pytest.mark.rule("onestop", 31)
@pytest.mark.django_db(transaction=True)
def test_taken_over_and_given_back_at_once_one_of_the_two_holds(one: Desk, two: Desk):
    dossier = taken_in(linked_version((1, one.agency, ()), (2, two.agency, (1,))), one, at=MONDAY)
    take_up(one.specialist, dossier, at=MONDAY)
    finish_leg(one.specialist, dossier, at=MONDAY)
    acts = [
        lambda: take_over(two.counter, dossier, at=TUESDAY),
        lambda: give_back(two.leader, dossier, reason="Thiếu giấy tờ", at=TUESDAY),
    ]
    outcomes = at_once(lambda act: act(), acts)
    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len(refused) == 1
    assert isinstance(refused[0], Refusal)
    assert HandoverLine.objects.get().answer != ""
