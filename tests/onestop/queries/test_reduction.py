"""Legal, committed and real time side by side, in one unit and measured by one statement."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egov.workdays.limit import Limit, LimitUnit
from egov.workdays.load_calendar import calendar_of
from egov.workdays.models import Holiday
from egov.workflow.performer import SYSTEM
from onestop.actions.times import note_times
from onestop.enums import Channel, ClockEventKind, DossierState, StopReason
from onestop.models import Dossier, Stop
from onestop.queries.reduction import Measured, leading_rule, measured_times, reduction_of, reductions
from tests.factories.dossiers import DossierFactory
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import ProcedureVersionFactory

DAYS = LimitUnit.WORKING_DAYS
pytestmark = pytest.mark.django_db


def vn(day: int, hour: int, minute: int = 0) -> datetime:
    """In March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


NOW = vn(31, 8)


def finished(version, received: datetime, done: datetime, **traits: object) -> Dossier:
    dossier = DossierFactory(
        version=version,
        agency=traits.pop("agency", None) or AgencyFactory(),
        submitted_at=received,
        state=DossierState.PROCESSING,
        **traits,
    )
    note_times(dossier, ClockEventKind.FINISHED, by=SYSTEM, at=done, finished_at=done)
    Dossier.objects.filter(pk=dossier.pk).update(state=DossierState.DONE)
    return dossier


@pytest.mark.rule("onestop", 29)
def test_legal_committed_and_real_time_stand_in_one_unit():
    version = ProcedureVersionFactory(case__limit=Limit(10, DAYS), case__committed=Limit(5, DAYS))
    for hours in (8, 16, 40):
        day = 2 + hours // 8
        finished(version, vn(2, 7), vn(day if day < 7 else 9, 7))
    found = reductions([version], NOW)[version.pk]
    assert (found.legal_days, found.committed_days, found.real_days) == (10, 5, 2)
    assert (found.committed_percent, found.real_percent) == (50, 80)
    assert found.real == Measured(dossiers=3, hours=16)


@pytest.mark.rule("onestop", 29)
@pytest.mark.parametrize(
    ("limit", "committed", "percent"),
    [
        (Limit(1, DAYS), Limit(4, LimitUnit.HOURS), 50),
        (Limit(1, LimitUnit.MONTHS), Limit(15, LimitUnit.CALENDAR_DAYS), 50),
        (Limit(15, LimitUnit.CALENDAR_DAYS), Limit(7, LimitUnit.CALENDAR_DAYS), 53),
    ],
)
def test_limits_of_two_units_are_compared_in_working_time(limit, committed, percent):
    version = ProcedureVersionFactory(case__limit=limit, case__committed=committed, case__way=False)
    assert reduction_of(leading_rule(version), None).committed_percent == percent


def test_nights_weekends_and_holidays_are_no_time_used():
    Holiday.objects.create(day=vn(9, 0).date(), kind=Holiday.Kind.CLOSED, name="Nghỉ", source="Thông báo")
    version = ProcedureVersionFactory()
    # Friday 16:00 to Tuesday 08:00 over a closed Monday: one hour and one hour.
    finished(version, vn(6, 16), vn(10, 8))
    assert measured_times([version.procedure_id], NOW)[version.procedure_id, ""] == Measured(1, 2)


def test_stops_are_no_time_used():
    version = ProcedureVersionFactory()
    dossier = finished(version, vn(2, 7), vn(6, 7))
    Stop.objects.create(dossier=dossier, reason=StopReason.SUPPLEMENT, started_at=vn(3, 7), ended_at=vn(5, 7))
    assert measured_times([version.procedure_id], NOW)[version.procedure_id, ""].hours == 16


def test_channels_are_measured_apart_and_together():
    version = ProcedureVersionFactory()
    finished(version, vn(2, 7), vn(3, 7))
    finished(version, vn(2, 7), vn(4, 7), channel=Channel.ONLINE)
    found = measured_times([version.procedure_id], NOW)
    key = version.procedure_id
    assert found == {
        (key, "counter"): Measured(1, 8),
        (key, "online"): Measured(1, 16),
        (key, ""): Measured(2, 12),
    }


def test_open_dossiers_and_other_procedures_do_not_count():
    version, other = ProcedureVersionFactory(), ProcedureVersionFactory()
    DossierFactory(version=version, agency=AgencyFactory())
    finished(other, vn(2, 7), vn(3, 7))
    assert measured_times([version.procedure_id], NOW) == {}
    assert measured_times([], NOW) == {}


def test_one_statement_however_many_dossiers(django_assert_num_queries):
    versions = [ProcedureVersionFactory() for _ in range(3)]
    for version in versions:
        for day in (3, 4):
            finished(version, vn(2, 7), vn(day, 7))
    keys = [version.procedure_id for version in versions]
    with django_assert_num_queries(2):  # the calendar, and the measuring itself
        assert len(measured_times(keys, NOW)) == 6


@settings(deadline=None, max_examples=40)
@given(start=st.integers(0, 40_000), length=st.integers(0, 20_000))
def test_the_statement_counts_as_the_clock_does(start, length):
    """Any two moments of a month: the same minutes as egov.workdays counts one by one."""
    version = ProcedureVersionFactory()
    begin = vn(1, 0) - timedelta(days=20) + timedelta(minutes=start)
    done = min(begin + timedelta(minutes=length), NOW)
    if done < begin:
        return
    finished(version, begin, done)
    minutes = calendar_of(None, begin.date()).minutes_between(begin, done)
    found = measured_times([version.procedure_id], NOW)[version.procedure_id, ""]
    assert round(found.hours * 60) == minutes
