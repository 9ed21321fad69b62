"""Somebody asks to meet the leader: agreed with a day of the timetable, or not; a denouncer by code alone."""

from datetime import date, datetime, time

import pytest
from django.db import IntegrityError, transaction

from complaints.actions.appointment import (
    AppointmentNotAcceptable,
    Asking,
    agree_appointment,
    ask_appointment,
    decline_appointment,
    end_appointment,
)
from complaints.actions.keep_print import print_appointment
from complaints.actions.timetable import Plan, cancel_day, plan_day
from complaints.enums import AppointmentState, DutyKind
from complaints.models import Appointment, ReceptionDay
from complaints.queries.reception_slips import UNNAMED
from egov.files.store import read_checked
from egov.workflow.refusal import NotFollowing, NotPermitted
from tests.factories.cast import Cast
from tests.factories.letters import LetterFactory, MatterFactory, appointed
from tests.factories.visits import MONDAY, Desk, make_desk
from tests.support.pdf_text import text_of

pytestmark = pytest.mark.django_db
EIGHT = time(8)
ON_THE_DAY = datetime.fromisoformat("2026-08-10T09:00:00+07:00")
LAN = Asking(name="Vũ Thị Lan", phone="0912000001", content="Thu hồi đất")


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def day(desk: Desk) -> ReceptionDay:
    plan = Plan(
        on=date(2026, 8, 10),
        opens=time(7, 30),
        closes=time(11),
        place="Phòng tiếp công dân",
        host=desk.head.membership,
    )
    return plan_day(desk.officer, desk.agency, plan, at=MONDAY)


@pytest.fixture
def asked(desk: Desk) -> Appointment:
    return ask_appointment(desk.officer, desk.agency, LAN, at=MONDAY)


def slip_of(desk: Desk, agreed: Appointment) -> str:
    kept = print_appointment(desk.head, agreed, at=MONDAY)
    assert kept.file is not None
    return text_of(read_checked(kept.file))


def test_it_is_asked_agreed_and_met(desk: Desk, day: ReceptionDay, asked: Appointment):
    assert (asked.number, asked.state) == (1, AppointmentState.ASKED)
    agreed = agree_appointment(desk.head, asked, day=day, time=EIGHT, answer="Mang theo sổ đỏ", at=MONDAY)
    slip = slip_of(desk, agreed)
    for words in ("01/PH-TCD", "Vũ Thị Lan", "08 giờ 00 phút", "10 tháng 8 năm 2026", "Mang theo sổ đỏ"):
        assert words in slip
    with pytest.raises(AppointmentNotAcceptable):
        end_appointment(desk.officer, agreed, to=AppointmentState.MET, at=MONDAY)
    visit = desk.opened(at=ON_THE_DAY)
    end_appointment(desk.officer, agreed, to=AppointmentState.MET, met_in=visit, at=ON_THE_DAY)
    agreed.refresh_from_db()
    assert (agreed.state, agreed.met_in) == (AppointmentState.MET, visit)
    assert [one.after for one in agreed.changes.all()] == ["asked", "agreed", "met"]


def test_it_is_declined_with_a_reason(desk: Desk, asked: Appointment, day: ReceptionDay):
    with pytest.raises(AppointmentNotAcceptable):
        decline_appointment(desk.head, asked, answer=" ", at=MONDAY)
    decline_appointment(desk.head, asked, answer="Vụ việc thuộc thẩm quyền của tỉnh", at=MONDAY)
    with pytest.raises(NotFollowing):
        agree_appointment(desk.head, asked, day=day, time=EIGHT, at=MONDAY)


def test_an_hour_outside_the_day_or_a_day_that_is_gone_is_not_given(
    desk: Desk, asked: Appointment, day: ReceptionDay
):
    for hour in (time(7), time(11)):
        with pytest.raises(AppointmentNotAcceptable):
            agree_appointment(desk.head, asked, day=day, time=hour, at=MONDAY)
    cancel_day(desk.officer, day, reason="Bão", at=MONDAY)
    with pytest.raises(AppointmentNotAcceptable):
        agree_appointment(desk.head, asked, day=day, time=EIGHT, at=MONDAY)


@pytest.mark.parametrize("wrong", [Asking(name="Lan"), Asking(content="Đất")])
def test_who_asks_says_who_and_what(desk: Desk, wrong: Asking):
    with pytest.raises(AppointmentNotAcceptable):
        ask_appointment(desk.officer, desk.agency, wrong, at=MONDAY)


@pytest.mark.rule("complaints", 35)
def test_who_denounces_asks_by_code_alone(desk: Desk, day: ReceptionDay):
    letter = LetterFactory(agency=desk.agency, protected=True)
    with pytest.raises(AppointmentNotAcceptable):
        ask_appointment(desk.officer, desk.agency, Asking(name="Lan", content="x", letter=letter), at=MONDAY)
    asked = ask_appointment(desk.officer, desk.agency, Asking(letter=letter), at=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=asked.pk).update(name="Lan")
    MatterFactory(letter=letter)
    agreed = agree_appointment(desk.head, asked, day=day, time=EIGHT, at=MONDAY)
    slip = slip_of(desk, agreed)
    assert UNNAMED in slip
    assert letter.code in slip


@pytest.mark.rule("complaints", 35)
def test_whom_it_is_about_sees_no_such_appointment(desk: Desk):
    letter = LetterFactory(agency=desk.agency, protected=True)
    MatterFactory(letter=letter, subject_membership=desk.head.membership)
    asked = ask_appointment(desk.officer, desk.agency, Asking(letter=letter), at=MONDAY)
    assert not Appointment.objects.visible_to(desk.head).exists()
    with pytest.raises(NotPermitted):
        decline_appointment(desk.head, asked, answer="Không gặp", at=MONDAY)
    keeper = appointed(desk.agency, DutyKind.PROTECTED)
    assert not Appointment.objects.visible_to(keeper).exists(), "whom the head leads"
    letter.matters.update(subject_membership=desk.officer.membership)
    assert Appointment.objects.visible_to(keeper).get() == asked


def test_an_outsider_asks_and_answers_nothing(desk: Desk, asked: Appointment, day: ReceptionDay, cast: Cast):
    for outsider in (cast.dung, cast.em, make_desk().head):
        for attempt in (
            lambda who: ask_appointment(who, desk.agency, LAN, at=MONDAY),
            lambda who: agree_appointment(who, asked, day=day, time=EIGHT, at=MONDAY),
            lambda who: decline_appointment(who, asked, answer="x", at=MONDAY),
            lambda who: end_appointment(who, asked, to=AppointmentState.WITHDRAWN, at=MONDAY),
        ):
            with pytest.raises(NotPermitted):
                attempt(outsider)
        assert not Appointment.objects.visible_to(outsider).exists()
