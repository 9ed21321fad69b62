"""Rules 23, 28, 29: whose lateness it is; the three times in one unit; who is in no ratio."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from egov.organizations.actor import Actor
from egov.workdays.limit import Limit, LimitUnit
from egov.workflow.performer import SYSTEM
from onestop.actions.times import note_times
from onestop.enums import ClockEventKind, DossierState, HandoverAnswer, LegState, StopReason
from onestop.models import DossierChange, HandoverLine, HandoverList, Leg, LegChange, Stop
from onestop.queries.statistics.count import counted, total
from onestop.queries.statistics.holders import holders
from onestop.queries.statistics.period import Period
from onestop.queries.statistics.scope import Scope, scope_of
from onestop.queries.statistics.used_time import used_time
from tests.factories.dossiers import DossierFactory
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.procedures import ProcedureFactory, ProcedureVersionFactory

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
K, S = ClockEventKind, DossierState
NOW = datetime(2025, 10, 20, 8, 0, tzinfo=ZONE)
SEPTEMBER = Period.month(datetime(2025, 9, 1).date(), NOW)
OCTOBER = Period.month(datetime(2025, 10, 1).date(), NOW)

pytestmark = pytest.mark.django_db


def at(day: int, clock: str) -> datetime:
    """A moment of September 2025; the 15th is a Monday."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2025, 9, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def leader(db: None) -> Actor:
    return actor_for(MembershipFactory(agency=AgencyFactory(province=True), leader=True))


@pytest.fixture
def scope(leader: Actor) -> Scope:
    AgencyFactory(parent=leader.agency)
    AgencyFactory(parent=leader.agency)
    return scope_of(leader, SEPTEMBER)


def two_agencies(scope: Scope):
    first, second = sorted(scope.keys - {scope.top.pk})
    return first, second


def leg(dossier, agency: int, order: int, *, sent: datetime, due: datetime, done: datetime | None) -> Leg:
    made = Leg.objects.create(
        dossier=dossier,
        order=order,
        name="Thẩm định",
        agency_id=agency,
        amount=3,
        unit=LimitUnit.WORKING_DAYS,
        state=LegState.DONE if done else LegState.RUNNING,
        sent_at=sent,
        started_at=sent,
        due_at=due,
        ended_at=done,
    )
    if done:
        LegChange.objects.create(leg=made, before=LegState.RUNNING, after=LegState.DONE, at=done)
    return made


@pytest.mark.rule("onestop", 28)
def test_a_late_leg_is_late_for_its_own_agency(scope: Scope):
    prompt, slow = two_agencies(scope)
    version = ProcedureVersionFactory(procedure=ProcedureFactory(agency=scope.top))
    dossier = DossierFactory(version=version, agency=scope.top, submitted_at=at(15, "08:00"))
    leg(dossier, prompt, 1, sent=at(15, "08:00"), due=at(18, "08:00"), done=at(18, "16:00"))
    leg(dossier, slow, 2, sent=at(18, "16:00"), due=at(22, "16:00"), done=at(24, "10:00"))
    leg(dossier, slow, 3, sent=at(24, "10:00"), due=at(29, "10:00"), done=None)
    rows = {row.key: row.holding for row in holders(scope, SEPTEMBER)}
    assert (rows[prompt].done, rows[prompt].done_late, rows[prompt].late_minutes) == (1, 0, 0)
    assert (rows[slow].done, rows[slow].done_late, rows[slow].open, rows[slow].open_late) == (1, 1, 1, 1)
    # From Monday 16:00 to Wednesday 10:00; the open one from Monday the 29th, 10:00, until the month ends.
    assert rows[slow].late_minutes == (1 + 8 + 3) * 60 + int((1.5 + 3.5 + 8) * 60)
    assert scope.top.pk not in rows


@pytest.mark.rule("onestop", 28)
def test_a_hand_over_in_vain_is_lost_by_its_sender(scope: Scope):
    sender, receiver = two_agencies(scope)
    version = ProcedureVersionFactory(procedure=ProcedureFactory(agency=scope.top))
    dossier = DossierFactory(version=version, agency=scope.top, submitted_at=at(15, "08:00"))
    sent = leg(dossier, receiver, 1, sent=at(16, "08:00"), due=at(30, "08:00"), done=None)
    handover = HandoverList.objects.create(
        sender_agency_id=sender,
        receiver_agency_id=receiver,
        sender_caption="Cán bộ",
        year=2025,
        number=1,
        sent_at=at(16, "08:00"),
    )
    HandoverLine.objects.create(
        handover=handover,
        leg=sent,
        answer=HandoverAnswer.GIVEN_BACK,
        answered_at=at(17, "08:00"),
        reason="Thiếu bản vẽ",
    )
    rows = {row.key: row.holding for row in holders(scope, SEPTEMBER)}
    assert (rows[sender].vain, rows[sender].vain_minutes, rows[sender].late_minutes) == (1, 8 * 60, 0)
    assert rows[receiver].vain == 0


def solved(version, agency, *, until: datetime, stop: tuple[datetime, datetime] | None = None):
    dossier = DossierFactory(version=version, agency=agency, submitted_at=at(15, "08:00"))
    DossierChange.objects.create(dossier=dossier, after=S.RECEIVED, at=at(15, "08:00"))
    dossier.channel_rule = version.cases.get().channel_rules.get(channel=dossier.channel)
    dossier.save(update_fields=["channel_rule"])
    if stop:
        Stop.objects.create(
            dossier=dossier, reason=StopReason.SUPPLEMENT, started_at=stop[0], ended_at=stop[1]
        )
    note_times(dossier, K.FINISHED, by=SYSTEM, at=until, finished_at=until)
    DossierChange.objects.create(dossier=dossier, before=S.PROCESSING, after=S.DONE, at=until)
    return dossier


@pytest.mark.rule("onestop", 29)
def test_legal_committed_and_real_time_stand_in_working_hours(scope: Scope):
    version = ProcedureVersionFactory(
        procedure=ProcedureFactory(agency=scope.top),
        case__limit=Limit(5, LimitUnit.WORKING_DAYS),
        case__committed=Limit(20, LimitUnit.HOURS),
    )
    solved(version, scope.top, until=at(16, "10:00"))
    solved(version, scope.top, until=at(18, "08:00"), stop=(at(15, "10:00"), at(17, "10:00")))
    (row,) = used_time(scope, SEPTEMBER)
    assert (row.used.dossiers, row.used.legal_hours, row.used.committed_hours) == (2, 40, 20)
    # Ten hours, and eight: three days less the two of the stop.
    assert (row.used.median_hours, row.used.real_hours) == (9, 9)
    assert (row.used.committed_cut, row.used.real_cut) == (0.5, 1 - 9 / 40)


@pytest.mark.rule("onestop", 23)
def test_procedures_without_appointment_have_columns_of_their_own_and_are_in_no_ratio(scope: Scope):
    version = ProcedureVersionFactory(procedure=ProcedureFactory(agency=scope.top), no_appointment=True)
    dossier = DossierFactory(
        version=version, agency=scope.top, submitted_at=at(15, "08:00"), promised_at=None, legal_due_at=None
    )
    DossierChange.objects.create(dossier=dossier, after=S.RECEIVED, at=at(15, "08:00"))
    month = total(counted(SEPTEMBER).values())
    assert (month.running_unpromised, month.late_now, month.on_time_share) == (1, 0, None)
    later = at(15, "08:00") + timedelta(days=30)
    note_times(dossier, K.FINISHED, by=SYSTEM, at=later, finished_at=later)
    DossierChange.objects.create(dossier=dossier, before=S.PROCESSING, after=S.DONE, at=later)
    month = total(counted(OCTOBER).values())
    assert (month.carried, month.solved, month.solved_unpromised) == (1, 1, 1)
    assert (month.solved_promised, month.on_time_share) == (0, None)
    assert used_time(scope, OCTOBER) == []


@pytest.mark.rule("onestop", 24)
@pytest.mark.parametrize(
    ("result", "column"),
    [
        (at(17, "23:59"), "solved_early"),
        (at(18, "00:00"), "solved_on_time"),
        # Later than the minute, on the day.
        (at(18, "16:59"), "solved_on_time"),
        (at(19, "00:00"), "solved_late"),
    ],
)
def test_days_decide_not_minutes(scope: Scope, result: datetime, column: str):
    """The appointment is Thursday 18 September, 08:00."""
    version = ProcedureVersionFactory(procedure=ProcedureFactory(agency=scope.top))
    solved(version, scope.top, until=result)
    month = total(counted(SEPTEMBER).values())
    assert getattr(month, column) == month.solved == 1


@pytest.mark.rule("onestop", 24)
def test_waiting_to_be_collected_is_not_lateness_and_an_apology_saves_nobody(scope: Scope):
    version = ProcedureVersionFactory(procedure=ProcedureFactory(agency=scope.top))
    collected_late = solved(version, scope.top, until=at(18, "09:00"))
    DossierChange.objects.create(dossier=collected_late, before=S.DONE, after=S.RETURNED, at=at(29, "09:00"))
    sorry = DossierFactory(version=version, agency=scope.top, submitted_at=at(15, "08:00"))
    DossierChange.objects.create(dossier=sorry, after=S.RECEIVED, at=at(15, "08:00"))
    note_times(sorry, K.APOLOGY, by=SYSTEM, at=at(16, "08:00"), due_at=at(22, "08:00"))
    note_times(sorry, K.FINISHED, by=SYSTEM, at=at(19, "08:00"), finished_at=at(19, "08:00"))
    DossierChange.objects.create(dossier=sorry, before=S.PROCESSING, after=S.DONE, at=at(19, "08:00"))
    month = total(counted(SEPTEMBER).values())
    assert (month.solved_on_time, month.solved_late, month.apologised) == (1, 1, 1)
