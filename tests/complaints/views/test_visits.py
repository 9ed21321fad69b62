"""The pages of reception as people walk through them: desk, register, timetable, appointments, promises."""

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from complaints.actions.appointment import Asking, agree_appointment, ask_appointment
from complaints.actions.promise import Word, promise
from complaints.actions.timetable import Plan, plan_day
from complaints.actions.visit_entry import Decided, Handed
from complaints.enums import (
    AppointmentState,
    MatterKind,
    PromiseState,
    ReceptionForm,
    VisitOutcome,
    VisitState,
)
from complaints.models import Appointment, Promise, ReceptionDay, Visit
from tests.factories.documents import PIN, give_key
from tests.factories.letters import LetterFactory, MatterFactory
from tests.factories.organizations import MembershipFactory, actor_for
from tests.factories.visits import LAN, MONDAY, Desk, heard, make_desk
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db
FORMSETS = {
    "came-TOTAL_FORMS": "5",
    "came-INITIAL_FORMS": "0",
    "handed-TOTAL_FORMS": "6",
    "handed-INITIAL_FORMS": "0",
    # Rows that nobody filled in, as a browser sends them.
    "came-4-role": "principal",
    "handed-5-copies": "1",
}
LAN_ROW = {
    "came-0-name": LAN.name,
    "came-0-personal_number": LAN.personal_number,
    "came-0-address": LAN.address,
    "came-0-role": "principal",
}
CONTENT = {
    "matter_kind": "complaint",
    "people": "1",
    "summary": "Đề nghị xem xét lại mức bồi thường",
    "earlier_result": "none",
    "handed-0-name": "Đơn khiếu nại",
    "handed-0-copies": "2",
}
GUIDES = {"outcome": "guided", "directed_to": "Sở Tài chính", "paper_number": "9/HD-UBND"}


@pytest.fixture(autouse=True)
def on_monday(clock):
    clock.move_to(MONDAY + timedelta(hours=1))


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def at(name: str, *args: object) -> str:
    return reverse(f"complaints:{name}", args=args)


def is_pdf(browser: Client, address: str) -> bool:
    """Whether the address gives a PDF; a file that streams is read to its end."""
    answer = browser.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer["Content-Type"] == "application/pdf" and content.startswith(b"%PDF")


def test_from_the_door_to_the_register(desk: Desk):
    browser = signed_in(desk.officer)
    assert browser.get(at("visit_open")).status_code == 200
    sent = {"kind": "regular", "form": "in_person", "host": desk.officer.membership.pk, "key": "k"}
    there = browser.post(at("visit_open"), sent).url
    visit = Visit.objects.get()
    assert there == at("visit_detail", visit.pk)
    assert browser.post(at("visit_open"), sent).url == there
    assert browser.get(there).status_code == 200
    entry = FORMSETS | LAN_ROW | CONTENT
    assert browser.post(there, entry | {"step": "save"}).status_code == 302
    page = browser.get(there).content.decode()
    assert LAN.name in page
    refused = browser.post(there, entry | {"step": "close"})
    assert (refused.status_code, "chưa chọn hướng xử lý" in refused.content.decode()) == (422, True)
    assert browser.post(there, entry | GUIDES | {"step": "close"}).status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.papers.get().copies) == (VisitState.CLOSED, 2)
    assert "Sở Tài chính" in browser.get(there).content.decode()
    assert is_pdf(browser, at("visit_slip", visit.pk))
    assert is_pdf(browser, at("visit_register_print"))
    listed = browser.get(at("visit_register")).content.decode()
    assert LAN.personal_number in listed
    assert LAN.name in browser.get(at("visit_list"), {"q": "vu thi lan"}).content.decode()
    assert LAN.name not in browser.get(at("visit_list"), {"q": "khong co ai"}).content.decode()


def test_an_unknown_visitor_is_told_in_words_and_nothing_is_lost(desk: Desk):
    browser, visit = signed_in(desk.officer), desk.opened()
    entry = FORMSETS | CONTENT | GUIDES | {"came-0-name": "Không giấy tờ", "step": "close"}
    answer = browser.post(at("visit_detail", visit.pk), entry)
    assert (answer.status_code, "01/07/2026" in answer.content.decode()) == (422, True)
    visit.refresh_from_db()
    assert (visit.state, visit.visitors.get().name) == (VisitState.OPEN, "Không giấy tờ")


def test_refusing_prints_a_notice(desk: Desk):
    browser, visit = signed_in(desk.officer), desk.opened()
    there = at("visit_detail", visit.pk)
    entry = FORMSETS | LAN_ROW | CONTENT | {"step": "refuse", "decider": desk.officer.membership.pk}
    assert browser.post(there, entry | {"reason": "Xúc phạm người tiếp"}).status_code == 422
    assert browser.post(there, entry | {"ground": "b", "reason": "Xúc phạm người tiếp"}).status_code == 302
    assert "Từ chối tiếp" in browser.get(there).content.decode()
    assert is_pdf(browser, at("visit_notice", visit.pk))


@pytest.mark.rule("complaints", 35)
def test_a_denouncers_name_is_never_taken_in(desk: Desk):
    browser, visit = signed_in(desk.officer), desk.opened()
    there = at("visit_detail", visit.pk)
    entry = FORMSETS | LAN_ROW | CONTENT | {"matter_kind": "denunciation", "step": "save"}
    assert browser.post(there, entry).status_code == 422
    assert not visit.visitors.exists()
    # Who received may name the sealed letter that they entered themselves.
    letter = LetterFactory(agency=desk.agency, protected=True, entered_by=desk.officer.membership)
    MatterFactory(letter=letter, summary="Nhận hối lộ của doanh nghiệp")
    bare = {**FORMSETS, "matter_kind": "denunciation", "people": "1", "earlier_result": "none"}
    closing = bare | {"outcome": "received", "letter": letter.code, "step": "close"}
    assert browser.post(there, closing).status_code == 302
    for address in (there, at("visit_list"), at("visit_register")):
        page = browser.get(address).content.decode()
        assert letter.code in page
        assert "Nhận hối lộ" not in page
    assert browser.get(at("visit_slip", visit.pk)).status_code == 404


def test_a_line_is_corrected_followed_and_linked(desk: Desk):
    browser, visit = signed_in(desk.officer), desk.closed()
    entry = FORMSETS | LAN_ROW | CONTENT | GUIDES | {"people": "3"}
    assert browser.get(at("visit_correct", visit.pk)).status_code == 200
    assert browser.post(at("visit_correct", visit.pk), entry).status_code == 422
    assert browser.post(at("visit_correct", visit.pk), entry | {"reason": "Nhầm"}).status_code == 302
    right = Visit.objects.get(corrects=visit)
    assert browser.post(at("visit_follow", right.pk), {"text": "Đã nhận"}).status_code == 302
    letter = LetterFactory(agency=desk.agency)
    MatterFactory(letter=letter)
    assert browser.post(at("visit_link", right.pk), {"letter": letter.code.lower()}).status_code == 302
    page = browser.get(at("visit_detail", right.pk)).content.decode()
    assert letter.code in page
    assert "Đã nhận" in page
    browser.post(at("visit_link", right.pk), {"letter": "khong-co"})
    assert Visit.objects.get(pk=right.pk).letter == letter


def test_an_online_reception_step_by_step(desk: Desk, trust: object):
    browser = signed_in(desk.officer)
    give_key(at=MONDAY, user=desk.officer.user)
    visit = desk.written(form=ReceptionForm.ONLINE, room="Phòng 2")
    there, step = at("visit_detail", visit.pk), at("visit_step", visit.pk)
    for sent in (
        {"step": "identity", "how": "VNeID"},
        {"step": "consent", "consents": "yes"},
        {"step": "started"},
        {"step": "dropped", "note": "Mất mạng"},
        {"step": "resumed"},
        {"step": "ended"},
        {"step": "recording", "code": "GH-1"},
        {"step": "minutes", "text": "Kết luận"},
        {"step": "confirm", "how": "Bằng lời"},
    ):
        assert browser.get(there).status_code == 200
        assert browser.post(step, sent).status_code == 302
    browser.post(step, {"step": "sign", "pin": "sai"})
    assert Visit.objects.get().minutes.signed_at is None
    browser.post(step, {"step": "sign", "pin": PIN})
    assert Visit.objects.get().minutes.signed_at is not None
    browser.post(step, {"step": "khong-co"})
    entry = FORMSETS | LAN_ROW | CONTENT | GUIDES | {"step": "close"}
    assert browser.post(there, entry).status_code == 302
    assert browser.get(there).status_code == 200
    assert is_pdf(browser, at("visit_minutes_print", visit.pk))


def test_the_timetable_from_plan_to_held(desk: Desk):
    browser = signed_in(desk.officer)
    assert browser.get(at("timetable")).status_code == 200
    plan = {
        "on": "08/08/2026",
        "opens": "07:30",
        "closes": "11:00",
        "place": "Phòng tiếp công dân",
        "host": desk.head.membership.pk,
    }
    assert browser.post(at("timetable"), plan | {"opens": "bảy giờ"}).status_code == 422
    assert browser.post(at("timetable"), plan).status_code == 302
    day = ReceptionDay.objects.get()
    assert day.day == date(2026, 8, 10)
    assert "chuyển từ ngày nghỉ 08/08/2026" in browser.get(at("timetable")).content.decode()
    assert browser.post(at("timetable_publish"), {"month": "2026-08"}).status_code == 302
    there = at("day_detail", day.pk)
    assert browser.get(there).status_code == 200
    moved = plan | {"on": "11/08/2026", "step": "change"}
    assert browser.post(there, moved).status_code == 422
    assert browser.post(there, moved | {"reason": "Họp"}).status_code == 302
    assert "Họp" in browser.get(there).content.decode()
    hold = {"step": "hold", "by": desk.head.membership.pk}
    assert browser.post(there, hold).status_code == 422
    assert browser.post(there, {"step": "cancel", "cancel-reason": "Bão"}).status_code == 302


def test_a_day_is_held(desk: Desk, clock):
    plan = Plan(
        on=date(2026, 8, 4), opens=time(7), closes=time(11), place="Phòng 1", host=desk.head.membership
    )
    day = plan_day(desk.officer, desk.agency, plan, at=MONDAY)
    clock.move_to(datetime.fromisoformat("2026-08-04T12:00:00+07:00"))
    browser = signed_in(desk.officer)
    sent = {"step": "hold", "by": desk.deputy.membership.pk}
    assert browser.post(at("day_detail", day.pk), sent).status_code == 302
    assert "cấp phó tiếp" in browser.get(at("timetable")).content.decode()


@pytest.fixture
def agreed(desk: Desk) -> Appointment:
    plan = Plan(
        on=date(2026, 8, 10), opens=time(7), closes=time(11), place="Phòng 1", host=desk.head.membership
    )
    day = plan_day(desk.officer, desk.agency, plan, at=MONDAY)
    asked = ask_appointment(desk.officer, desk.agency, Asking(name="Lan", content="Đất"), at=MONDAY)
    return agree_appointment(desk.head, asked, day=day, time=time(8), at=MONDAY)


def test_an_appointment_from_asking_to_telling(desk: Desk, agreed: Appointment):
    officer, head = signed_in(desk.officer), signed_in(desk.head)
    assert officer.get(at("appointment_ask")).status_code == 200
    assert officer.post(at("appointment_ask"), {"name": "Bùi Sơn"}).status_code == 422
    assert officer.post(at("appointment_ask"), {"name": "Bùi Sơn", "content": "Nước"}).status_code == 302
    asked = Appointment.objects.get(name="Bùi Sơn")
    there = at("appointment_detail", asked.pk)
    assert head.get(there).status_code == 200
    assert head.post(there, {"step": "agree", "day": agreed.day_id, "time": "12:00"}).status_code == 422
    assert (
        head.post(there, {"step": "decline", "decline-answer": "Không thuộc thẩm quyền"}).status_code == 302
    )
    assert officer.get(at("appointment_print", asked.pk)).status_code == 404
    assert is_pdf(officer, at("appointment_print", agreed.pk))
    officer.post(at("day_detail", agreed.day_id), {"step": "cancel", "cancel-reason": "Bão"})
    assert "cần báo" in officer.get(at("appointment_list")).content.decode()
    there = at("appointment_detail", agreed.pk)
    assert officer.get(there).status_code == 200
    notice = agreed.notices.get()
    told = {"notice": notice.pk, "how": "Gọi điện"}
    assert officer.post(at("appointment_told", agreed.pk), told).status_code == 302
    assert officer.post(at("appointment_told", agreed.pk), {"notice": "x"}).status_code == 404
    assert officer.post(at("appointment_end", agreed.pk), {"to": "khong-co"}).status_code == 409
    assert officer.post(at("appointment_end", agreed.pk), {"to": "withdrawn"}).status_code == 302
    agreed.refresh_from_db()
    assert agreed.state == AppointmentState.WITHDRAWN


def test_a_promise_from_the_visit_until_it_is_kept(desk: Desk):
    officer, head = signed_in(desk.officer), signed_in(desk.head)
    visit = desk.closed(heard(papers=(Handed(name="Sổ đỏ"),)), Decided(outcome=VisitOutcome.RECEIVED))
    word = {"text": "Đo lại đất", "due_on": "13/08/2026", "keeper": desk.deputy.membership.pk}
    assert officer.post(at("visit_promise", visit.pk), word | {"due_on": "hôm kia"}).status_code == 422
    assert officer.post(at("visit_promise", visit.pk), word).status_code == 302
    one = Promise.objects.get()
    there = at("promise_detail", one.pk)
    for browser in (officer, head, signed_in(desk.deputy)):
        assert "Đo lại đất" in browser.get(at("promise_list")).content.decode()
        assert browser.get(there).status_code == 200
    assert head.post(there, {"step": "report", "words": ""}).status_code == 422
    assert signed_in(desk.deputy).post(there, {"step": "report", "words": "Đã đo"}).status_code == 302
    assert head.post(there, {"step": "return", "words": "Thiếu biên bản"}).status_code == 302
    assert head.post(there, {"step": "postpone", "to": "20/08/2026", "reason": "Mưa"}).status_code == 302
    assert officer.post(there, {"step": "keep", "words": "Công văn 15"}).status_code == 302
    assert Promise.objects.get().state == PromiseState.KEPT
    assert "Công văn 15" in officer.get(there).content.decode()
    assert "Đo lại đất" in officer.get(at("promise_list"), {"state": "kept"}).content.decode()


def test_lists_ask_as_often_for_thirty_rows_as_for_one(desk: Desk, django_assert_max_num_queries):
    browser = signed_in(desk.officer)
    word = Word(text="Trả lời", due_on=date(2026, 8, 13), keeper=desk.deputy.membership)
    for number in range(6):
        visit = desk.closed(heard(matter_kind=MatterKind.COMPLAINT))
        promise(desk.officer, visit, word, at=MONDAY)
        asking = Asking(name=f"Người {number}", content="Đất")
        ask_appointment(desk.officer, desk.agency, asking, at=MONDAY)
    for name in ("visit_list", "visit_register", "promise_list", "appointment_list"):
        with django_assert_max_num_queries(32):
            assert browser.get(at(name)).status_code == 200


@pytest.mark.parametrize("name", ["visit_list", "visit_open", "visit_register", "appointment_list"])
def test_whoever_has_no_part_is_told_so(name: str, desk: Desk):
    clerk = signed_in(actor_for(MembershipFactory(agency=desk.agency)))
    assert clerk.get(at(name)).status_code == 403
    other = signed_in(make_desk().officer)
    assert other.get(at("visit_detail", desk.closed().pk)).status_code == 404
