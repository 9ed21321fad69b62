"""The appointment: counted, explained, stopped, resumed; a later holiday moves nothing by itself."""

import html
import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from egov.workdays.limit import Limit, LimitUnit
from egov.workdays.load_holidays import load_holidays
from egov.workdays.models import Holiday, WorkingHours
from egov.workdays.touched import Change, touched_by_setting
from egov.workflow.refusal import NotPermitted
from onestop import deadlines
from onestop.actions.receive import receive
from onestop.actions.reissue_appointment import (
    NothingToReissue,
    ReasonForNewAppointment,
    reissue_appointment,
)
from onestop.actions.times import note_times
from onestop.enums import ClockEventKind, FormKind, StopReason
from onestop.models import Dossier, Stop
from onestop.queries.touched import touched_dossiers
from tests.conftest import MONDAY_MORNING
from tests.factories.filings import filing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import MembershipFactory, actor_for
from tests.factories.procedures import ProcedureVersionFactory

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
WD, CD, H = LimitUnit.WORKING_DAYS, LimitUnit.CALENDAR_DAYS, LimitUnit.HOURS
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def vn(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HANOI)


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit()


def received(unit: Unit, limit: Limit, at: datetime, **version: object) -> Dossier:
    made = ProcedureVersionFactory(case__limit=limit, **version)
    return receive(unit.counter, filing(made, unit.agency), at=at)


@pytest.mark.rule("onestop", 15)
@pytest.mark.parametrize(
    ("at", "limit", "begins", "due"),
    [
        (vn(2, 12, 16, 20), Limit(3, WD), vn(2, 12, 16, 20), vn(2, 24, 16, 20)),
        (vn(2, 13, 17, 5), Limit(1, WD), vn(2, 23, 7), vn(2, 24, 7)),
        (vn(2, 14, 9), Limit(2, WD), vn(2, 23, 7), vn(2, 25, 7)),
        (vn(3, 6, 12, 15), Limit(2, WD), vn(3, 6, 13, 30), vn(3, 10, 13, 30)),
        (vn(3, 2, 10), Limit(4, H), vn(3, 2, 10), vn(3, 2, 16)),
        (vn(3, 2, 16, 30), Limit(8, H), vn(3, 2, 16, 30), vn(3, 3, 16, 30)),
        (vn(3, 6, 15, 10), Limit(4, H), vn(3, 6, 15, 10), vn(3, 9, 9, 10)),
        (vn(2, 27, 9), Limit(15, CD), vn(2, 27, 9), vn(3, 16, 17)),
    ],
)
def test_the_vectors_of_the_law_are_what_a_receipt_says(
    unit: Unit, at: datetime, limit: Limit, begins: datetime, due: datetime
):
    load_holidays([2026])
    dossier = received(unit, limit, at)
    assert (dossier.received_at, dossier.due_at) == (begins, due)
    days = deadlines.explained(dossier)
    assert days[0].day == at.date()
    assert days[-1].day == due.date()


@pytest.mark.rule("onestop", 15)
@pytest.mark.parametrize(
    ("minute", "due_on"), [(vn(3, 2, 14, 59), date(2026, 3, 2)), (vn(3, 2, 15, 1), date(2026, 3, 3))]
)
def test_after_the_cut_off_it_is_the_next_working_day(unit: Unit, minute: datetime, due_on: date):
    dossier = received(unit, Limit(1, WD), minute, cutoff=time(15, 0))
    assert dossier.due_at.date() == due_on


@pytest.mark.rule("onestop", 29)
def test_the_commitment_gives_the_day_and_the_law_stands_beside_it(unit: Unit):
    version = ProcedureVersionFactory(case__limit=Limit(10, WD), case__committed=Limit(5, WD))
    dossier = receive(unit.counter, filing(version, unit.agency), at=MONDAY_MORNING)
    assert dossier.due_at.date() == date(2025, 9, 22)
    assert dossier.legal_due_at.date() == date(2025, 9, 29)


def test_the_preview_says_what_the_receipt_will_say(unit: Unit):
    version = ProcedureVersionFactory()
    rule = version.cases.get().channel_rules.get(channel="counter")
    promised, days = deadlines.counted_days(rule, version, unit.agency, MONDAY_MORNING)
    dossier = receive(unit.counter, filing(version, unit.agency), at=MONDAY_MORNING)
    assert promised == deadlines.promise(rule, version, unit.agency, MONDAY_MORNING)
    assert (promised.received_at, promised.due_at) == (dossier.received_at, dossier.due_at)
    assert days == deadlines.explained(dossier)


@pytest.mark.rule("onestop", 18)
def test_what_a_stop_leaves_is_what_comes_after_it(unit: Unit):
    dossier = received(unit, Limit(5, WD), vn(3, 2, 8))
    stopped, goes_on = vn(3, 4, 8), vn(3, 10, 14)
    kept = deadlines.left(dossier, stopped)
    stop = Stop.objects.create(
        dossier=dossier,
        reason=StopReason.SUPPLEMENT,
        started_at=stopped,
        ended_at=goes_on,
        remaining_minutes=kept.minutes,
        remaining_days=kept.days,
    )
    due_at = deadlines.resumed(dossier, stop, goes_on)
    assert due_at == vn(3, 13, 14)
    note_times(dossier, ClockEventKind.RESUMED, by=unit.counter, at=goes_on, due_at=due_at)
    assert any("tạm dừng" in line.reason for line in deadlines.explained(dossier))
    assert deadlines.recounted(dossier) == due_at


@pytest.mark.rule("onestop", 18)
@pytest.mark.parametrize("limit", [Limit(8, H), Limit(4, H), Limit(2, WD), Limit(10, CD)])
def test_a_stop_of_no_length_changes_nothing(unit: Unit, limit: Limit):
    dossier = received(unit, limit, vn(3, 2, 9))
    at = vn(3, 2, 10)
    kept = deadlines.left(dossier, at)
    stop = Stop(dossier=dossier, started_at=at, remaining_minutes=kept.minutes, remaining_days=kept.days)
    assert deadlines.resumed(dossier, stop, at) == dossier.due_at


def holiday(day: date, **scope: object) -> Holiday:
    return Holiday(day=day, kind=Holiday.Kind.CLOSED, name="Ngày nghỉ bù", source="1/TB-VPCP", **scope)


@pytest.mark.rule("onestop", 16)
def test_a_holiday_after_receipt_lists_the_dossier_and_moves_nothing(unit: Unit):
    dossier = received(unit, Limit(3, WD), vn(3, 2, 8))
    other = received(unit, Limit(1, WD), vn(2, 9, 8))
    (touched,) = touched_by_setting(holiday(date(2026, 3, 4)))
    assert touched.label == dossier.code
    assert (touched.old, touched.new) == (vn(3, 5, 8), vn(3, 6, 8))
    holiday(date(2026, 3, 4)).save()
    dossier.refresh_from_db()
    assert dossier.due_at == vn(3, 5, 8)
    assert dossier.forms.count() == 1
    assert other.code != touched.label


@pytest.mark.rule("onestop", 17)
def test_a_day_off_of_one_agency_touches_its_own_dossiers_only(unit: Unit):
    received(unit, Limit(3, WD), vn(3, 2, 8))
    elsewhere = make_unit()
    assert touched_dossiers(Change(elsewhere.agency.pk, date(2026, 3, 4), date(2026, 3, 4))) == []
    assert len(touched_by_setting(holiday(date(2026, 3, 4), agency=unit.agency))) == 1


@pytest.mark.rule("onestop", 16)
def test_other_hours_of_an_agency_list_its_dossiers_before_they_are_set(unit: Unit, sign_in):
    """The page shows old and new day; only whoever confirms sets the hours, and no appointment moves."""
    dossier = received(unit, Limit(3, WD), vn(3, 2, 8))
    elsewhere = received(make_unit(), Limit(3, WD), vn(3, 2, 8))
    admin = sign_in(actor_for(MembershipFactory(agency=unit.agency, agency_admin=True)))
    url = reverse("workdays:hours_detail", args=[unit.agency.pk])
    week = {"since": "02/03/2026"} | {f"day_{n}": "07:00-11:30, 13:30-17:00" for n in range(5) if n != 2}
    page = admin.post(url, week).content.decode()
    assert dossier.code in page
    assert elsewhere.code not in page
    for moment in ("08:00 05/03/2026", "08:00 06/03/2026"):
        assert moment in page
    assert not WorkingHours.objects.exists()
    assert admin.post(url, week | {"edit": "1"}).status_code == 200
    assert not WorkingHours.objects.exists()
    sent = sent_form_of(page)
    assert admin.post(url, sent | {"confirmed": "1"}).status_code == 302
    assert WorkingHours.objects.filter(agency=unit.agency, weekday=2).count() == 0
    assert WorkingHours.objects.filter(agency=unit.agency, weekday=3).count() == 2
    dossier.refresh_from_db()
    assert dossier.due_at == vn(3, 5, 8)


def sent_form_of(page: str) -> dict[str, str]:
    """The hidden fields of the page, as its button sends them."""
    fields = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', page)
    return {name: html.unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


@pytest.mark.rule("onestop", 16)
def test_an_officer_with_the_right_gives_the_new_day_with_a_new_receipt(unit: Unit):
    dossier = received(unit, Limit(3, WD), vn(3, 2, 8))
    first = dossier.forms.get()
    holiday(date(2026, 3, 4)).save()
    for actor in (unit.counter, unit.specialist, make_unit().leader):
        with pytest.raises(NotPermitted):
            reissue_appointment(actor, dossier, reason="Nghỉ bù", at=vn(3, 3, 9))
    with pytest.raises(ReasonForNewAppointment):
        reissue_appointment(unit.leader, dossier, reason=" ", at=vn(3, 3, 9))
    slip = reissue_appointment(unit.leader, dossier, reason="Nghỉ bù ngày 04/3", at=vn(3, 3, 9))
    dossier.refresh_from_db()
    assert dossier.due_at == vn(3, 6, 8)
    assert dossier.clock_events.last().kind == ClockEventKind.RESCHEDULED
    assert slip.kind == FormKind.RECEIPT
    assert "06/03/2026" in str(slip.content)
    first.refresh_from_db()
    assert "05/03/2026" in str(first.content)
    with pytest.raises(NothingToReissue):
        reissue_appointment(unit.leader, dossier, reason="Nghỉ bù ngày 04/3", at=vn(3, 3, 9))


@pytest.mark.rule("onestop", 16)
def test_the_officer_does_it_on_the_page(unit: Unit, sign_in):
    dossier = received(unit, Limit(3, WD), vn(3, 2, 8))
    url = f"/counter/received/{dossier.pk}/"
    leader = sign_in(unit.leader)
    assert "Cấp lại giấy hẹn" not in leader.get(url).content.decode()
    holiday(date(2026, 3, 4)).save()
    assert "08:00 06/03/2026" in leader.get(url).content.decode()
    assert "Cấp lại giấy hẹn" not in sign_in(unit.counter).get(url).content.decode()
    leader.post(f"{url}appointment/", {"reason": "Nghỉ bù"})
    dossier.refresh_from_db()
    assert dossier.due_at == vn(3, 6, 8)


@pytest.mark.rule("onestop", 23)
def test_without_an_appointment_there_is_nothing_to_count(unit: Unit):
    dossier = received(unit, Limit(3, WD), vn(3, 2, 8), no_appointment=True)
    assert deadlines.explained(dossier) == ()
    assert deadlines.left(dossier, vn(3, 3, 8)) is None
    assert deadlines.recounted(dossier) is None
    assert touched_dossiers(Change(None, date(2026, 3, 3))) == []
