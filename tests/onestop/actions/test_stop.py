"""The clock stands still and runs on: allowed reasons, remaining minutes, several stops, Tết."""

from datetime import datetime

import pytest

from egov.workdays.limit import Limit, LimitUnit
from egov.workflow.refusal import NotPermitted
from onestop import deadlines
from onestop.actions.apologize import apologize
from onestop.actions.forward import forward
from onestop.actions.halt import halt
from onestop.actions.resume import resume
from onestop.actions.stop import AlreadyStopped, StopNotAllowed, begin_stop, stop
from onestop.enums import ClockEventKind, DossierState, FormKind, StopReason
from onestop.models import ClockEvent, Dossier
from tests.factories.procedures import ProcedureVersionFactory
from tests.factories.work import Desk, close_tet, make_desk, running_step, taken_in, vn

pytestmark = pytest.mark.django_db
MONDAY = vn(2026, 3, 2)
ALLOWED = [StopReason.INSPECTION, StopReason.EXPLANATION]


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def in_work(desk: Desk, *, days: int = 5, at: datetime = MONDAY) -> Dossier:
    """With the specialist, five working days to go, inspections allowed."""
    version = ProcedureVersionFactory(allowed_stops=ALLOWED, case__limit=Limit(days, LimitUnit.WORKING_DAYS))
    dossier = taken_in(version, desk, at=at)
    forward(desk.counter, dossier, to=2, holder=desk.specialist.membership, at=at)
    dossier.refresh_from_db()
    return dossier


def stopped(desk: Desk, dossier: Dossier, at: datetime, reason: StopReason = StopReason.INSPECTION) -> None:
    stop(desk.specialist, dossier, reason=reason, words="Kiểm tra thực địa", at=at)


def resumed(desk: Desk, dossier: Dossier, at: datetime) -> Dossier:
    resume(desk.specialist, dossier, reason="Đã kiểm tra xong", at=at)
    dossier.refresh_from_db()
    return dossier


@pytest.mark.rule("onestop", 18)
@pytest.mark.rule("onestop", 15)
def test_the_vector_of_the_law_three_days_left_are_three_days_left(desk: Desk):
    """Received Monday 2 March 08:00, five days; stopped Wednesday 08:00, resumed Tuesday 14:00."""
    dossier = in_work(desk)
    assert dossier.due_at == vn(2026, 3, 9)
    stopped(desk, dossier, vn(2026, 3, 4))
    kept = dossier.stops.get()
    assert kept.remaining_minutes == 3 * 8 * 60
    dossier.refresh_from_db()
    assert dossier.state == DossierState.STOPPED
    assert resumed(desk, dossier, vn(2026, 3, 10, 14)).due_at == vn(2026, 3, 13, 14)
    assert dossier.state == DossierState.PROCESSING


@pytest.mark.rule("onestop", 18)
def test_several_stops_add_up_and_tet_between_costs_nothing(desk: Desk):
    close_tet()
    dossier = in_work(desk, at=vn(2026, 2, 10))
    assert dossier.due_at == vn(2026, 2, 24)
    stopped(desk, dossier, vn(2026, 2, 11))
    assert resumed(desk, dossier, vn(2026, 2, 12, 8)).due_at == vn(2026, 2, 25)
    stopped(desk, dossier, vn(2026, 2, 13, 9), StopReason.EXPLANATION)
    assert resumed(desk, dossier, vn(2026, 2, 24, 10)).due_at == vn(2026, 2, 27, 9)
    assert dossier.stops.count() == 2


@pytest.mark.rule("onestop", 18)
def test_legs_and_steps_stand_still_with_the_dossier(desk: Desk):
    dossier = in_work(desk)
    leg_due, step_due = dossier.legs.get().due_at, running_step(dossier).due_at
    assert (leg_due, step_due) == (vn(2026, 3, 5), vn(2026, 3, 3, 14))
    stopped(desk, dossier, vn(2026, 3, 3))
    resumed(desk, dossier, vn(2026, 3, 5))
    assert dossier.legs.get().due_at == vn(2026, 3, 9)
    assert running_step(dossier).due_at == vn(2026, 3, 5, 14)


@pytest.mark.rule("onestop", 19)
def test_a_reason_that_the_procedure_does_not_allow_is_rejected(desk: Desk):
    dossier = in_work(desk)
    due = dossier.due_at
    with pytest.raises(StopNotAllowed, match="không cho phép"):
        stopped(desk, dossier, MONDAY, StopReason.TRANSFER)
    for has_its_own_step in (StopReason.SUPPLEMENT, StopReason.DUTY, StopReason.HALTED):
        with pytest.raises(StopNotAllowed, match="bước riêng"):
            stopped(desk, dossier, MONDAY, has_its_own_step)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.due_at) == (DossierState.PROCESSING, due)
    assert not dossier.stops.exists()


def test_one_stop_at_a_time(desk: Desk):
    dossier = in_work(desk)
    stopped(desk, dossier, MONDAY)
    with pytest.raises(NotPermitted):
        stopped(desk, dossier, MONDAY)
    with pytest.raises(AlreadyStopped):
        begin_stop(dossier, StopReason.INSPECTION, "Lần nữa", by=desk.specialist, at=MONDAY)


@pytest.mark.rule("onestop", 26)
def test_every_stop_and_resumption_is_an_event_with_its_reason_and_person(desk: Desk):
    dossier = in_work(desk)
    stopped(desk, dossier, vn(2026, 3, 4))
    resumed(desk, dossier, vn(2026, 3, 10, 14))
    events = list(ClockEvent.objects.filter(dossier=dossier).values_list("kind", "reason", "person"))
    who = desk.specialist.caption
    assert events[1:] == [
        (ClockEventKind.STOPPED, "Kiểm tra thực địa", who),
        (ClockEventKind.RESUMED, "Đã kiểm tra xong", who),
    ]


def test_only_a_leader_halts_and_only_a_leader_lets_it_go_on(desk: Desk):
    dossier = in_work(desk)
    with pytest.raises(NotPermitted):
        halt(desk.specialist, dossier, reason="Có đơn tranh chấp", at=vn(2026, 3, 4))
    notice = halt(desk.leader, dossier, reason="Có đơn tranh chấp", at=vn(2026, 3, 4))
    assert (notice.kind, notice.form.number) == (FormKind.STOP, "05")
    with pytest.raises(NotPermitted):
        resume(desk.specialist, dossier, reason="Hết tranh chấp", at=vn(2026, 3, 10, 14))
    resume(desk.leader, dossier, reason="Hết tranh chấp", at=vn(2026, 3, 10, 14))
    dossier.refresh_from_db()
    assert dossier.due_at == vn(2026, 3, 13, 14)


@pytest.mark.rule("onestop", 18)
def test_a_stop_after_an_apology_keeps_what_the_new_day_left(desk: Desk):
    dossier = in_work(desk)
    apologize(desk.leader, dossier, reason="Quá nhiều hồ sơ", days=2, at=vn(2026, 3, 5))
    stopped(desk, dossier, vn(2026, 3, 6))
    dossier = resumed(desk, dossier, vn(2026, 3, 9))
    assert (dossier.due_at, dossier.promised_at) == (vn(2026, 3, 12), vn(2026, 3, 9))


@pytest.mark.rule("onestop", 18)
@pytest.mark.rule("onestop", 15)
def test_repeated_stops_of_a_limit_in_days_move_to_an_open_day_once(desk: Desk):
    """Fifteen days from Friday 27 February end on Saturday 14 March, so the result is due on Monday 16.

    Each stop keeps days of the term, not the Sunday and the Monday after it: after standing still
    for two days the term ends on Monday 16, after one more on Tuesday 17.
    """
    version = ProcedureVersionFactory(allowed_stops=ALLOWED, case__limit=Limit(15, LimitUnit.CALENDAR_DAYS))
    dossier = taken_in(version, desk, at=vn(2026, 2, 27))
    forward(desk.counter, dossier, to=2, holder=desk.specialist.membership, at=vn(2026, 2, 27))
    dossier.refresh_from_db()
    assert dossier.due_at == vn(2026, 3, 16, 17)
    stopped(desk, dossier, vn(2026, 3, 9))
    assert dossier.stops.get().remaining_days == 5
    assert resumed(desk, dossier, vn(2026, 3, 11)).due_at == vn(2026, 3, 16, 17)
    stopped(desk, dossier, vn(2026, 3, 12))
    assert dossier.stops.last().remaining_days == 4
    assert resumed(desk, dossier, vn(2026, 3, 13)).due_at == vn(2026, 3, 17, 17)
    assert deadlines.recounted(dossier) == dossier.due_at
    lines = deadlines.explained(dossier)
    assert sum(line.counted for line in lines) == 15
    assert lines[-1].counted
