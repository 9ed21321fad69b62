"""The moment of status 9, and the way back from it."""

from datetime import timedelta

import pytest

from egov.notifications.models import Notification
from egov.workflow.refusal import NotFollowing, NotPermitted
from onestop.actions.finish import ResultMissing, StillInWork, finish
from onestop.actions.number_result import number_result
from onestop.actions.record_result import record_result
from onestop.actions.reopen import NoSuchResult, ReopeningNeedsReason, ResultUnderWay, reopen
from onestop.enums import ClockEventKind, DeliveryState, DossierState, LegState, StepState
from onestop.models import Dossier, Leg, PlannedLeg, Result, StoredPaper
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.dossiers import OWNER_NUMBER, processing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import (
    PlannedLegFactory,
    PlannedStepFactory,
    ProcedureVersionFactory,
    activated,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LATER = NOW + timedelta(days=2)


@pytest.fixture
def unit() -> Unit:
    return make_unit()


@pytest.fixture
def dossier(unit: Unit) -> Dossier:
    """At its last step, with its result on record."""
    dossier = processing(ProcedureVersionFactory(), counter=unit.counter)
    record_result(unit.leader, dossier, unit.content(dossier, at=NOW, signed=False), at=NOW)
    return dossier


@pytest.mark.rule("onestop", 24)
def test_the_moment_of_status_nine_is_when_the_counter_has_the_result(unit: Unit, dossier: Dossier):
    finish(unit.counter, dossier, at=LATER)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.finished_at, dossier.returned_at) == (DossierState.DONE, LATER, None)
    assert (dossier.delivery_state, dossier.holder) == (DeliveryState.AT_COUNTER, None)
    assert dossier.clock_events.last().kind == ClockEventKind.FINISHED
    leg = dossier.legs.get()
    assert (leg.state, leg.ended_at, leg.steps.last().state) == (LegState.DONE, LATER, StepState.DONE)


@pytest.mark.rule("onestop", 44)
def test_no_status_nine_without_a_result(unit: Unit):
    dossier = processing(ProcedureVersionFactory(), counter=unit.counter)
    with pytest.raises(ResultMissing, match="chưa có kết quả"):
        finish(unit.counter, dossier, at=LATER)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.finished_at) == (DossierState.PROCESSING, None)


@pytest.mark.rule("onestop", 44)
@pytest.mark.parametrize(
    ("demanded", "words"), [("result_file_required", "tệp"), ("result_must_be_signed", "tệp")]
)
def test_a_paper_result_is_not_enough_where_a_file_is_demanded(unit: Unit, demanded: str, words: str):
    version = ProcedureVersionFactory(draft=True)
    dossier = processing(version, counter=unit.counter)
    record_result(unit.leader, dossier, unit.content(dossier, at=NOW, signed=False), at=NOW)
    setattr(version, demanded, True)
    version.save(update_fields=[demanded])
    with pytest.raises(ResultMissing, match=words):
        finish(unit.counter, dossier, at=LATER)


def test_a_procedure_without_results_ends_without_one(unit: Unit):
    version = ProcedureVersionFactory(draft=True)
    version.result_kinds.all().delete()
    dossier = processing(version, counter=unit.counter)
    assert finish(unit.counter, dossier, at=LATER).state == DossierState.DONE


def test_nothing_is_finished_while_a_step_or_another_leg_is_open(unit: Unit, dossier: Dossier):
    leg = dossier.legs.get()
    leg.steps.filter(order=2).update(state=StepState.RUNNING)
    with pytest.raises(StillInWork):
        finish(unit.counter, dossier, at=LATER)
    leg.steps.filter(order=2).update(state=StepState.DONE)
    Leg.objects.create(
        dossier=dossier,
        planned=PlannedLeg.objects.first(),
        order=2,
        name="Thuế",
        agency=AgencyFactory(),
        amount=1,
        unit="working_days",
    )
    with pytest.raises(StillInWork):
        finish(unit.counter, dossier, at=LATER)


def test_the_receiving_counter_is_told_when_another_agency_finished(unit: Unit):
    elsewhere = make_unit(AgencyFactory())
    dossier = processing(ProcedureVersionFactory(), counter=unit.counter, receiving_agency=elsewhere.agency)
    record_result(unit.leader, dossier, unit.content(dossier, at=NOW, signed=False), at=NOW)
    finish(unit.counter, dossier, at=LATER)
    assert Notification.objects.get(event="onestop.result_ready").agency_id == elsewhere.agency.pk


def test_what_the_counter_settles_alone_goes_from_received_to_done(unit: Unit):
    version = ProcedureVersionFactory(draft=True, case__way=False)
    leg = PlannedLegFactory(case=version.cases.get(), steps=False)
    PlannedStepFactory(leg=leg, role="counter")
    alone = processing(activated(version), counter=unit.counter, at_step=1, state=DossierState.RECEIVED)
    record_result(unit.counter, alone, unit.content(alone, at=NOW, signed=False, by=unit.counter), at=NOW)
    finish(unit.counter, alone, at=NOW)
    states = list(alone.changes.values_list("after", flat=True))
    assert states == [DossierState.PROCESSING, DossierState.DONE]


def test_what_others_must_appraise_is_not_settled_at_the_counter(unit: Unit):
    dossier = processing(
        ProcedureVersionFactory(), counter=unit.counter, at_step=1, state=DossierState.RECEIVED
    )
    for act in (
        lambda: finish(unit.counter, dossier, at=NOW),
        lambda: number_result(unit.counter, dossier, kind=None, at=NOW),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_twice_finishes_once(unit: Unit, dossier: Dossier):
    finish(unit.counter, dossier, at=LATER)
    with pytest.raises(NotPermitted):
        finish(unit.counter, dossier, at=LATER)
    assert StoredPaper.objects.count() == 1


@pytest.mark.rule("onestop", 26)
def test_reopening_is_an_event_with_a_reason_and_asks_for_a_new_version(unit: Unit, dossier: Dossier):
    finish(unit.counter, dossier, at=LATER)
    due_at = dossier.due_at
    reopen(unit.leader, dossier, reason="Sai năm sinh", at=LATER)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.finished_at, dossier.due_at) == (DossierState.PROCESSING, None, due_at)
    event = dossier.clock_events.last()
    assert (event.kind, event.reason) == (ClockEventKind.REOPENED, "Sai năm sinh")
    wrong = dossier.results.get()
    assert (wrong.validity, wrong.validity_reason) == ("replaced", "Sai năm sinh")
    assert wrong.kept_as.validity == "replaced"
    steps = list(dossier.legs.get().steps.values_list("order", "state"))
    assert steps == [(1, "done"), (2, "running"), (3, "planned"), (4, "planned")]
    mended = record_result(unit.leader, dossier, unit.content(dossier, at=LATER, signed=False), at=LATER)
    assert (mended.version, mended.replaces, mended.number) == (2, wrong, "02/2025")


def test_a_reopened_dossier_is_not_finished_before_the_new_version(unit: Unit, dossier: Dossier):
    finish(unit.counter, dossier, at=LATER)
    reopen(unit.leader, dossier, reason="Sai năm sinh", at=LATER)
    dossier.legs.get().steps.filter(order__gt=1).update(state=StepState.DONE)
    with pytest.raises(ResultMissing):
        finish(unit.counter, dossier, at=LATER)


def test_only_the_wrong_one_of_several_results_is_taken_back(unit: Unit, dossier: Dossier):
    second = record_result(unit.leader, dossier, unit.content(dossier, at=NOW, signed=False), at=NOW)
    finish(unit.counter, dossier, at=LATER)
    reopen(unit.leader, dossier, reason="Sai tên", result_ids=[second.pk], at=LATER)
    assert [one.is_valid for one in dossier.results.all()] == [True, False]
    with pytest.raises(NotPermitted):
        reopen(unit.leader, dossier, reason="Sai tên", at=LATER)
    dossier.legs.get().steps.filter(order__gt=1).update(state=StepState.DONE)
    with pytest.raises(ResultMissing, match="mở lại để sửa"):
        finish(unit.counter, dossier, at=LATER)


def test_reopening_says_why_and_names_results_of_the_dossier(unit: Unit, dossier: Dossier):
    finish(unit.counter, dossier, at=LATER)
    with pytest.raises(ReopeningNeedsReason):
        reopen(unit.leader, dossier, reason=" ", at=LATER)
    with pytest.raises(NoSuchResult):
        reopen(unit.leader, dossier, reason="Sai", result_ids=[0], at=LATER)
    Dossier.objects.filter(pk=dossier.pk).update(delivery_state=DeliveryState.POSTED)
    with pytest.raises(ResultUnderWay):
        reopen(unit.leader, dossier, reason="Sai", at=LATER)
    assert Result.objects.get().is_valid


def test_outsiders_are_refused(unit: Unit, dossier: Dossier, cast):
    for actor in (cast.dung, cast.em, unit.specialist, unit.leader):
        with pytest.raises(NotPermitted):
            finish(actor, dossier, at=LATER)
    finish(unit.counter, dossier, at=LATER)
    for actor in (cast.dung, cast.em, cast.binh, unit.specialist, unit.counter):
        with pytest.raises((NotPermitted, NotFollowing)):
            reopen(actor, dossier, reason="Sai", at=LATER)


def test_the_result_is_in_its_owners_store(unit: Unit, dossier: Dossier):
    finish(unit.counter, dossier, at=LATER)
    kept = StoredPaper.objects.get()
    assert (kept.owner_number, kept.type_code, kept.number) == (OWNER_NUMBER, "KQ.G15.000031", "01/2025")
    assert (kept.issuer, kept.result) == (unit.agency.name, dossier.results.get())
