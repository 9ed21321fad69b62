"""An agency ends with open dossiers: they go on at its successor, and the past keeps its names (rule 33)."""

from datetime import date, timedelta

import pytest

from egov.notifications.models import Notification
from egov.organizations.actions.merge_agencies import merge_agencies
from egov.organizations.models import Agency
from egov.workflow.refusal import NotPermitted
from onestop.actions.finish import finish
from onestop.actions.move_to_successor import TakeoverDecision, TakeoverNotAcceptable, move_to_successor
from onestop.actions.record_result import record_result
from onestop.actions.reopen import reopen
from onestop.actions.return_result import Collector, return_result
from onestop.models import Dossier, DossierTakeover
from onestop.queries.succession import stranded, stranded_dossiers, takeovers
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.dossiers import OWNER_NUMBER, processing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.procedures import ProcedureVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = NOW.date()
DECISION = TakeoverDecision(number="45/QĐ-UBND", decided_on=TODAY)


@pytest.fixture
def admin():
    return actor_for(MembershipFactory(system_admin=True, agency=AgencyFactory(province=True)))


@pytest.fixture
def old() -> Unit:
    return make_unit(AgencyFactory(name="Ủy ban nhân dân xã Cũ"))


@pytest.fixture
def new() -> Unit:
    return make_unit(AgencyFactory(name="Ủy ban nhân dân xã Mới"))


def merged(admin, old: Unit, new: Unit) -> None:
    merge_agencies(admin, new.agency, predecessors=[old.agency], on=TODAY, basis="Nghị quyết 1666")
    old.agency.refresh_from_db()


@pytest.mark.rule("onestop", 33)
def test_open_dossiers_go_on_at_the_successor_by_a_recorded_act(admin, old: Unit, new: Unit):
    """Nothing of the past changes: history, times, code; only who has it from now on."""
    version = ProcedureVersionFactory()
    dossier = processing(version, counter=old.counter, at_step=2, holder=old.specialist)
    dossier.changes.create(before="", after="received", at=NOW, person=old.counter.caption)
    before = (dossier.code, dossier.received_at, dossier.due_at, dossier.state)
    merged(admin, old, new)
    (moved,) = move_to_successor(admin, old.agency, successor=new.agency, decision=DECISION, at=NOW)
    dossier.refresh_from_db()
    assert (dossier.code, dossier.received_at, dossier.due_at, dossier.state) == before
    assert {dossier.receiving_agency, dossier.deciding_agency, dossier.current_agency} == {new.agency}
    assert dossier.changes.get().person == "Hoàng Thị Quầy, Cán bộ một cửa, Ủy ban nhân dân xã Cũ"
    assert (moved.predecessor_name, moved.successor_name) == (
        "Ủy ban nhân dân xã Cũ",
        "Ủy ban nhân dân xã Mới",
    )
    assert (moved.decision, moved.person) == ("45/QĐ-UBND", admin.caption)
    # The step of somebody who no longer serves waits for whoever takes it up.
    step = dossier.legs.get().steps.get(state="running")
    assert (step.leg.agency, step.holder, dossier.legs.get().agency) == (new.agency, None, new.agency)
    assert Dossier.objects.visible_to(new.leader).get() == dossier
    assert set(Notification.objects.filter(event="onestop.taken_over").values_list("role", flat=True)) == {
        "counter",
        "leader",
    }


@pytest.mark.rule("onestop", 33)
def test_who_goes_along_keeps_the_step(admin, old: Unit, new: Unit):
    dossier = processing(ProcedureVersionFactory(), counter=old.counter, at_step=2, holder=old.specialist)
    Dossier.objects.filter(pk=dossier.pk).update(holder=old.specialist.membership)
    again = MembershipFactory(agency=new.agency, user=old.specialist.user)
    merged(admin, old, new)
    move_to_successor(admin, old.agency, successor=new.agency, decision=DECISION, at=NOW)
    dossier.refresh_from_db()
    assert (dossier.holder, dossier.legs.get().steps.get(order=2).holder) == (again, again)


@pytest.mark.rule("onestop", 33)
def test_the_successor_finishes_mends_and_hands_over(admin, old: Unit, new: Unit):
    dossier = processing(ProcedureVersionFactory(), counter=old.counter)
    record_result(old.leader, dossier, old.content(dossier, at=NOW, signed=False), at=NOW)
    finish(old.counter, dossier, at=NOW)
    merged(admin, old, new)
    move_to_successor(admin, old.agency, successor=new.agency, decision=DECISION, at=NOW)
    dossier.refresh_from_db()
    assert dossier.legs.get().agency == old.agency
    reopen(new.leader, dossier, reason="Sai năm sinh", at=NOW)
    assert dossier.legs.get().agency == new.agency
    dossier.legs.get().steps.exclude(state="done").update(state="done")
    record_result(new.leader, dossier, new.content(dossier, at=NOW, signed=False), at=NOW)
    finish(new.counter, dossier, at=NOW)
    return_result(new.counter, dossier, Collector(name="Vũ Thị Em", number=OWNER_NUMBER), at=NOW)
    issuers = [result.issuer for result in dossier.results.all()]
    assert issuers == [old.agency, new.agency]


@pytest.mark.rule("onestop", 33)
def test_closed_dossiers_stay_with_the_old_name(admin, old: Unit, new: Unit):
    dossier = processing(ProcedureVersionFactory(), counter=old.counter)
    record_result(old.leader, dossier, old.content(dossier, at=NOW, signed=False), at=NOW)
    finish(old.counter, dossier, at=NOW)
    return_result(old.counter, dossier, Collector(name="Vũ Thị Em", number=OWNER_NUMBER), at=NOW)
    merged(admin, old, new)
    assert move_to_successor(admin, old.agency, successor=new.agency, decision=DECISION, at=NOW) == []
    dossier.refresh_from_db()
    assert dossier.deciding_agency == old.agency


def test_some_go_here_and_some_there_and_a_second_run_moves_nothing(admin, old: Unit, new: Unit):
    version = ProcedureVersionFactory()
    first, second = (processing(version, counter=old.counter) for _ in range(2))
    assert not stranded_dossiers(admin, old.agency, TODAY), (
        "what an agency that exists has in hand is its own"
    )
    merged(admin, old, new)
    move_to_successor(
        admin, old.agency, successor=new.agency, decision=DECISION, dossier_ids=[first.pk], at=NOW
    )
    second.refresh_from_db()
    assert second.deciding_agency == old.agency
    (found,) = stranded(admin, TODAY)
    assert (found.agency, found.dossiers, found.successors) == (old.agency, 1, (new.agency,))
    assert list(stranded_dossiers(admin, old.agency, TODAY)) == [second]
    with pytest.raises(TakeoverNotAcceptable):
        move_to_successor(
            admin, old.agency, successor=new.agency, decision=DECISION, dossier_ids=[first.pk], at=NOW
        )
    move_to_successor(admin, old.agency, successor=new.agency, decision=DECISION, at=NOW)
    assert move_to_successor(admin, old.agency, successor=new.agency, decision=DECISION, at=NOW) == []
    assert (DossierTakeover.objects.count(), stranded(admin, TODAY)) == (2, [])
    assert [one.dossier for one in takeovers(admin)] == [second, first]


@pytest.mark.parametrize(
    "decision",
    [
        TakeoverDecision(number=" ", decided_on=TODAY),
        TakeoverDecision(number="45/QĐ-UBND", decided_on=TODAY + timedelta(days=1)),
    ],
)
def test_a_move_rests_on_a_decision(admin, old: Unit, new: Unit, decision: TakeoverDecision):
    merged(admin, old, new)
    with pytest.raises(TakeoverNotAcceptable):
        move_to_successor(admin, old.agency, successor=new.agency, decision=decision, at=NOW)


def test_only_from_an_ended_agency_to_its_successor(admin, old: Unit, new: Unit):
    with pytest.raises(TakeoverNotAcceptable, match="còn hoạt động"):
        move_to_successor(admin, old.agency, successor=new.agency, decision=DECISION, at=NOW)
    ended = AgencyFactory(valid_to=date(2025, 7, 1))
    with pytest.raises(TakeoverNotAcceptable, match="kế tục"):
        move_to_successor(admin, ended, successor=new.agency, decision=DECISION, at=NOW)


def test_outsiders_are_refused(admin, old: Unit, new: Unit, cast):
    dossier = processing(ProcedureVersionFactory(), counter=old.counter)
    merged(admin, old, new)
    once = actor_for(admin.membership, second_factor=False)
    for actor in (cast.an, cast.dung, cast.em, new.leader, old.leader, once):
        with pytest.raises(NotPermitted):
            move_to_successor(actor, old.agency, successor=new.agency, decision=DECISION, at=NOW)
    for actor in (cast.an, cast.em, new.leader):
        for read in (
            lambda who: stranded(who, TODAY),
            lambda who: stranded_dossiers(who, old.agency, TODAY),
            takeovers,
        ):
            with pytest.raises(NotPermitted):
                read(actor)
    dossier.refresh_from_db()
    assert dossier.deciding_agency == Agency.objects.get(pk=old.agency.pk)
