"""The head's days: off holidays, published, changed with history, counted when the head was there."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.db import InternalError, transaction

from complaints.actions.appointment import Asking, agree_appointment, ask_appointment
from complaints.actions.tell_appointed import HowNeeded, note_told
from complaints.actions.timetable import (
    DayNotPlannable,
    NotHeldYet,
    Plan,
    ReasonNeeded,
    cancel_day,
    change_day,
    hold_day,
    plan_day,
    publish_timetable,
)
from complaints.enums import AppointmentState, ReceptionKind, TimetableEvent
from complaints.models import Appointment, AppointmentNotice, ReceptionDay, TimetableChange
from complaints.public import reception_timetable
from complaints.queries.reception_counts import reception_figures
from complaints.queries.timetable import Month, check_quota, days_of, quota_of
from egov.notifications import announce as announcing
from egov.notifications.models import Notification
from egov.organizations.actor import Actor
from egov.organizations.enums import AgencyKind
from egov.organizations.models import Membership
from egov.workdays.models import Holiday
from egov.workflow.refusal import NotPermitted
from tests.factories.cast import Cast
from tests.factories.organizations import AgencyFactory
from tests.factories.visits import GUIDED, HEARD, Desk, make_desk

pytestmark = pytest.mark.django_db
SATURDAY = datetime.fromisoformat("2026-08-01T08:00:00+07:00")
AUGUST = Month(2026, 8)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def plan(desk: Desk, on: date, *, by: Actor | None = None) -> Plan:
    host = (by or desk.head).membership
    return Plan(
        on=on, opens=time(7, 30), closes=time(11), place="Phòng tiếp công dân, trụ sở UBND xã", host=host
    )


def planned(desk: Desk, on: date, *, at: datetime = SATURDAY, by: Actor | None = None) -> ReceptionDay:
    return plan_day(desk.officer, desk.agency, plan(desk, on, by=by), at=at)


def held(desk: Desk, on: date, by: Membership) -> ReceptionDay:
    day = planned(desk, on, at=midday(on) - timedelta(days=1))
    return hold_day(desk.officer, day, by=by, at=midday(on))


def midday(on: date) -> datetime:
    return datetime.fromisoformat(f"{on}T12:00:00+07:00")


@pytest.mark.rule("complaints", 44)
def test_a_day_on_a_holiday_moves_to_the_next_working_day(desk: Desk):
    for day in (date(2026, 9, 1), date(2026, 9, 2)):
        Holiday.objects.get_or_create(
            day=day, agency=None, defaults={"kind": "closed", "name": "Quốc khánh", "source": "TB"}
        )
    day = planned(desk, date(2026, 9, 2))
    assert (day.planned_on, day.day, day.is_moved) == (date(2026, 9, 2), date(2026, 9, 3), True)
    # Over a weekend too: Saturday goes to Monday.
    assert planned(desk, date(2026, 8, 15)).day == date(2026, 8, 17)
    publish_timetable(desk.officer, desk.agency, month=Month(2026, 9), at=SATURDAY)
    shown = reception_timetable(desk.agency.code, 2026, 9)
    assert [(one.day, one.planned_on) for one in shown.days] == [(date(2026, 9, 3), date(2026, 9, 2))]


@pytest.mark.rule("complaints", 44)
def test_two_days_never_end_up_on_one(desk: Desk):
    planned(desk, date(2026, 8, 17))
    with pytest.raises(DayNotPlannable, match="17/08/2026"):
        planned(desk, date(2026, 8, 15))


@pytest.mark.parametrize(
    "wrong",
    [{"on": date(2026, 7, 31)}, {"closes": time(7)}, {"place": " "}, {"host": "officer"}, {"host": "other"}],
)
def test_a_day_that_cannot_be_is_not_planned(desk: Desk, wrong: dict[str, object]):
    hosts = {"officer": desk.officer.membership, "other": make_desk().head.membership}
    if "host" in wrong:
        wrong = {"host": hosts[str(wrong["host"])]}
    with pytest.raises(DayNotPlannable):
        plan_day(desk.officer, desk.agency, replace(plan(desk, date(2026, 8, 10)), **wrong), at=SATURDAY)


@pytest.mark.rule("complaints", 43)
def test_the_quota_is_that_of_the_month(desk: Desk):
    before, after = quota_of(desk.agency, date(2026, 6, 30)), quota_of(desk.agency, date(2026, 7, 1))
    assert (before.days, before.unit) == (1, "week")
    assert (after.days, after.unit) == (2, "month")
    province = AgencyFactory(province=True)
    assert (quota_of(province, date(2026, 8, 1)).days, quota_of(province, date(2026, 8, 1)).unit) == (
        1,
        "month",
    )
    department = AgencyFactory(department=True, kind=AgencyKind.DEPARTMENT)
    assert quota_of(department, date(2026, 8, 1)).days == 1


@pytest.mark.rule("complaints", 43)
def test_june_2026_is_checked_by_the_week_and_august_by_the_month(desk: Desk):
    head = desk.head.membership
    # June 2026 has five weeks that begin in it: 1, 8, 15, 22 and 29.
    for on in (date(2026, 6, 2), date(2026, 6, 9), date(2026, 6, 10), date(2026, 6, 23), date(2026, 7, 1)):
        held(desk, on, head)
    june = check_quota(desk.agency, Month(2026, 6))
    assert (june.required, june.is_met) == (5, False)
    # Two days of one week make up for no other week; the first of July lies in June's last week.
    assert june.missing_weeks == (date(2026, 6, 15),)
    held(desk, date(2026, 6, 18), head)
    assert check_quota(desk.agency, Month(2026, 6)).is_met
    held(desk, date(2026, 8, 4), head)
    august = check_quota(desk.agency, AUGUST)
    assert (august.required, august.held, august.is_met) == (2, 1, False)
    held(desk, date(2026, 8, 5), head)
    assert check_quota(desk.agency, AUGUST).is_met


@pytest.mark.rule("complaints", 43)
def test_a_week_without_a_working_day_asks_for_nothing(desk: Desk):
    for number in range(16, 21):
        Holiday.objects.get_or_create(
            day=date(2026, 2, number), agency=None, defaults={"kind": "closed", "name": "Tết", "source": "TB"}
        )
    assert check_quota(desk.agency, Month(2026, 2)).required == 3


@pytest.mark.rule("complaints", 42)
def test_the_head_counts_and_a_deputy_stands_beside(desk: Desk):
    held(desk, date(2026, 8, 4), desk.head.membership)
    held(desk, date(2026, 8, 11), desk.deputy.membership)
    check = check_quota(desk.agency, AUGUST)
    assert (check.held, check.by_deputy, check.is_met) == (1, 1, False)


@pytest.mark.rule("complaints", 42)
def test_receptions_in_the_register_count_for_who_really_received(desk: Desk):
    first, second = date(2026, 8, 4), date(2026, 8, 11)
    for on in (first, second):
        planned(desk, on)
    for on, host in ((first, desk.head), (first, desk.head), (second, desk.deputy)):
        desk.closed(HEARD, GUIDED, at=midday(on), kind=ReceptionKind.SCHEDULED, host=host.membership)
    desk.closed(HEARD, GUIDED, at=midday(second), kind=ReceptionKind.UNSCHEDULED, host=desk.head.membership)
    check = check_quota(desk.agency, AUGUST)
    assert (check.held, check.by_deputy) == (1, 1)
    figures = reception_figures(desk.agency, AUGUST.first, AUGUST.last)
    counted = (figures.head_scheduled, figures.head_unscheduled, figures.deputy, figures.all)
    assert [one.visits for one in counted] == [2, 1, 1, 4]


@pytest.mark.rule("complaints", 42)
def test_a_new_head_does_not_inherit_the_days_of_the_old_one(desk: Desk):
    held(desk, date(2026, 8, 4), desk.head.membership)
    Membership.objects.filter(pk=desk.head.membership.pk).update(is_head=False)
    assert check_quota(desk.agency, AUGUST).held == 1


def test_a_day_to_come_was_held_by_nobody(desk: Desk):
    day = planned(desk, date(2026, 8, 10))
    with pytest.raises(NotHeldYet):
        hold_day(desk.officer, day, by=desk.head.membership, at=SATURDAY)
    with pytest.raises(DayNotPlannable):
        hold_day(desk.officer, day, by=desk.officer.membership, at=midday(day.day))


@pytest.fixture
def appointment(desk: Desk) -> Appointment:
    """Lan comes on 10 August at eight; the day is published."""
    day = planned(desk, date(2026, 8, 10))
    publish_timetable(desk.officer, desk.agency, month=AUGUST, at=SATURDAY)
    asking = Asking(
        name="Vũ Thị Lan", personal_number="034178000001", phone="0912000001", content="Thu hồi đất"
    )
    asked = ask_appointment(desk.officer, desk.agency, asking, at=SATURDAY)
    return agree_appointment(desk.head, asked, day=day, time=time(8), at=SATURDAY)


@pytest.mark.rule("complaints", 45)
def test_a_change_is_history_and_the_visitor_is_told(desk: Desk, appointment: Appointment, monkeypatch):
    heard = []
    monkeypatch.setattr(announcing, "_LISTENERS", [heard.append])
    changed = change_day(
        desk.officer,
        appointment.day,
        plan(desk, date(2026, 8, 12)),
        reason="Chủ tịch đi họp tại tỉnh",
        at=SATURDAY,
    )
    assert changed.day == date(2026, 8, 12)
    change = changed.changes.get(event=TimetableEvent.MOVED)
    assert ("10/08/2026" in change.before, "12/08/2026" in change.after) == (True, True)
    notice = appointment.notices.get()
    assert (notice.change, notice.told_at) == (change, None)
    assert [one.people for one in heard] == [("034178000001",)]
    assert Notification.objects.filter(member=desk.officer.membership).count() == 1
    shown = reception_timetable(desk.agency.code, 2026, 8)
    assert [one.reason for one in shown.days[0].changes] == ["Chủ tịch đi họp tại tỉnh"]
    with pytest.raises(HowNeeded):
        note_told(desk.officer, appointment, notice=notice, how=" ", at=SATURDAY)
    told = note_told(desk.officer, appointment, notice=notice, how="Gọi 0912000001", at=SATURDAY)
    assert told.told_by == desk.officer.membership


@pytest.mark.rule("complaints", 45)
def test_a_cancelled_day_leaves_its_visitors_waiting_and_told(desk: Desk, appointment: Appointment):
    cancel_day(desk.officer, appointment.day, reason="Bão số 5", at=SATURDAY)
    appointment.refresh_from_db()
    assert (appointment.state, appointment.day) == (AppointmentState.ASKED, None)
    assert appointment.notices.get().change.event == TimetableEvent.CANCELLED
    shown = reception_timetable(desk.agency.code, 2026, 8)
    assert [one.is_cancelled for one in shown.days] == [True]


@pytest.mark.rule("complaints", 45)
def test_another_host_is_told_too_and_a_change_without_effect_is_none(desk: Desk, appointment: Appointment):
    same = plan(desk, date(2026, 8, 10))
    change_day(desk.officer, appointment.day, same, reason="", at=SATURDAY)
    assert not appointment.notices.exists()
    change_day(
        desk.officer,
        appointment.day,
        replace(same, host=desk.deputy.membership),
        reason="Chủ tịch ốm",
        at=SATURDAY,
    )
    assert appointment.notices.get().change.event == TimetableEvent.HOST


@pytest.mark.rule("complaints", 45)
def test_a_change_says_why_and_its_history_stays(desk: Desk, appointment: Appointment):
    with pytest.raises(ReasonNeeded):
        change_day(desk.officer, appointment.day, plan(desk, date(2026, 8, 12)), reason=" ", at=SATURDAY)
    with pytest.raises(ReasonNeeded):
        cancel_day(desk.officer, appointment.day, reason="", at=SATURDAY)
    assert not AppointmentNotice.objects.exists()
    with pytest.raises(InternalError), transaction.atomic():
        TimetableChange.objects.update(reason="Khác")


@pytest.mark.rule("complaints", 45)
def test_what_is_not_published_is_nobodys_business(desk: Desk):
    planned(desk, date(2026, 8, 10))
    assert reception_timetable(desk.agency.code, 2026, 8).days == ()
    publish_timetable(desk.officer, desk.agency, month=AUGUST, at=SATURDAY)
    assert len(reception_timetable(desk.agency.code, 2026, 8).days) == 1
    assert publish_timetable(desk.officer, desk.agency, month=AUGUST, at=SATURDAY) == []
    assert days_of(desk.agency, AUGUST).count() == 1


def test_an_outsider_changes_no_timetable(desk: Desk, cast: Cast, appointment: Appointment):
    day = appointment.day
    for outsider in (cast.dung, cast.em, make_desk().officer):
        for attempt in (
            lambda who: plan_day(who, desk.agency, plan(desk, date(2026, 8, 20)), at=SATURDAY),
            lambda who: publish_timetable(who, desk.agency, month=AUGUST, at=SATURDAY),
            lambda who: change_day(who, day, plan(desk, date(2026, 8, 12)), reason="x", at=SATURDAY),
            lambda who: cancel_day(who, day, reason="x", at=SATURDAY),
            lambda who: hold_day(who, day, by=desk.head.membership, at=midday(day.day)),
            lambda who: note_told(who, appointment, notice=AppointmentNotice(), how="x", at=SATURDAY),
        ):
            with pytest.raises(NotPermitted):
                attempt(outsider)
