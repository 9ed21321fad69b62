"""Reminders at 50, 80 and 100 %, lateness that only an event ends, and the days explained."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from complaints.actions.case_facts import note_fact
from complaints.actions.extend import extend
from complaints.actions.promise import Word, keep_promise, postpone_promise, promise
from complaints.actions.remind_settlers import EVENT, remind_settlers
from complaints.actions.reply import reply
from complaints.actions.suspend import resume, suspend
from complaints.actions.visit_entry import Decided
from complaints.actions.visit_register import follow_visit
from complaints.enums import Direction, DutyKind, MatterKind, MatterState, VisitOutcome
from complaints.models import Letter, Matter, Proposal
from complaints.models.fact import FactKind
from complaints.models.order import SuspensionGround
from complaints.queries.clock import explained
from complaints.queries.letters import late
from complaints.tasks import remind_settlers as task
from egov.notifications.models import Notification
from egov.organizations.actor import Actor
from egov.organizations.models import Membership
from egov.workdays.load_holidays import load_holidays
from tests.factories.letters import appointed
from tests.factories.organizations import MembershipFactory, actor_for
from tests.factories.settlements import Bench, accepted, make_bench, processed, settled, vn
from tests.factories.visits import make_desk
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench() -> Bench:
    load_holidays([2026])
    return make_bench()


def told(actor: Actor) -> list[str]:
    return list(
        Notification.objects.visible_to(actor)
        .filter(event=EVENT)
        .order_by("pk")
        .values_list("text", flat=True)
    )


@pytest.mark.rule("complaints", 25)
def test_the_settler_is_told_at_50_80_and_100_per_cent_and_the_superior_at_100(bench: Bench):
    matter = accepted(bench)
    days = [vn(2026, 8, day) for day in (24, 25, 26)] + [vn(2026, 9, day) for day in (2, 3, 8, 9, 10)]
    assert [remind_settlers(at) for at in days] == [0, 1, 0, 0, 1, 0, 1, 0]
    assert ["50%" in text or "80%" in text or "100%" in text for text in told(bench.handler)] == [True] * 3
    assert len(told(bench.leader)) == 1
    assert "100%" in told(bench.leader)[0]
    assert told(bench.outsider) == []
    assert all(matter.letter.code in text for text in told(bench.handler))


@pytest.mark.rule("complaints", 25)
@pytest.mark.rule("complaints", 39)
def test_a_reminder_of_a_denunciation_says_its_code_and_nothing_else(bench: Bench):
    matter = accepted(bench, kind=MatterKind.DENUNCIATION)
    remind_settlers(vn(2026, 9, 9))
    texts = told(bench.handler)
    assert len(texts) == 2, "its settlement, and that nobody was told of its acceptance"
    for text in texts:
        assert matter.letter.code in text
        assert matter.summary not in text
        assert matter.subject not in text


@pytest.mark.rule("complaints", 25)
def test_whom_a_denunciation_is_about_is_not_told(bench: Bench):
    matter = accepted(bench, kind=MatterKind.DENUNCIATION)
    Matter.objects.filter(pk=matter.pk).update(subject_membership=bench.deputy.membership)
    remind_settlers(vn(2026, 9, 9))
    assert told(bench.deputy) == []


@pytest.mark.rule("complaints", 25)
def test_a_longer_term_reminds_anew_and_a_pause_reminds_of_nothing(bench: Bench):
    matter = accepted(bench, kind=MatterKind.DENUNCIATION, received=vn(2026, 8, 3))
    note_fact(bench.handler, matter, kind=FactKind.FOREIGN, evidence="Hộ chiếu", at=vn(2026, 8, 11))
    remind_settlers(vn(2026, 9, 9))
    extend(bench.leader, matter, reason="Chờ giám định", at=vn(2026, 9, 9))
    assert [remind_settlers(vn(2026, 9, 9)), remind_settlers(vn(2026, 9, 10))] == [1, 0]
    suspend(bench.leader, matter, ground=SuspensionGround.OPINION, reason="Chờ", at=vn(2026, 9, 11))
    assert remind_settlers(vn(2026, 12, 1)) == 0
    resume(bench.leader, matter, reason="Xong", at=vn(2026, 12, 1))
    assert remind_settlers(vn(2026, 12, 2)) == 1, "half of the longer term, by a clock that stood still"


@pytest.mark.rule("complaints", 25)
def test_the_last_day_is_the_open_one(bench: Bench):
    accepted(bench, at=vn(2026, 1, 20))
    assert remind_settlers(vn(2026, 2, 19)) == 1
    assert "100%" not in told(bench.handler)[-1]
    remind_settlers(vn(2026, 2, 23))
    assert "100%" in told(bench.handler)[-1]


@pytest.mark.rule("complaints", 25)
def test_who_has_a_letter_to_sort_is_reminded_by_working_days_and_the_door_where_nobody_has(bench: Bench):
    """Ten working days from Monday 03/08: the fifth is Monday 10/08, the eighth Thursday 13/08."""
    intake = appointed(bench.agency, DutyKind.INTAKE)
    taken, lying = (processed(bench, process_due_on=date(2026, 8, 17)) for _ in range(2))
    Matter.objects.filter(pk=lying.pk).update(handler=None)
    days = [vn(2026, 8, day) for day in (7, 10, 11, 13, 14, 17, 18)]
    assert [remind_settlers(at) for at in days] == [0, 2, 0, 2, 0, 2, 0]
    assert [text.count(taken.letter.code) for text in told(bench.handler)] == [1, 1, 1]
    assert [text.count(lying.letter.code) for text in told(intake)] == [1, 1, 1]
    assert all("thời hạn xử lý đơn" in text for text in told(bench.handler))
    assert len(told(bench.leader)) == 2, "at 100 % the superior, of both"


@pytest.mark.rule("complaints", 15)
@pytest.mark.rule("complaints", 25)
def test_a_denunciation_that_must_go_to_another_body_reminds_of_its_five_working_days(bench: Bench):
    matter = processed(bench, kind=MatterKind.DENUNCIATION, process_due_on=date(2026, 8, 12))
    Proposal.objects.create(
        matter=matter,
        direction=Direction.TRANSFER,
        words="Không thuộc thẩm quyền",
        proposed_at=vn(2026, 8, 3),
        proposed_by=bench.handler.membership,
    )
    remind_settlers(vn(2026, 8, 10))
    assert [text for text in told(bench.handler) if "100% thời hạn chuyển đơn, hạn cuối 10/08/2026" in text]
    assert [text for text in told(bench.leader) if "thời hạn chuyển đơn" in text]


@pytest.mark.rule("complaints", 25)
def test_a_reply_that_another_body_asked_for_is_due_within_twenty_days_of_a_denunciation(bench: Bench):
    """Received on 03/08: twenty days end on Sunday 23/08, so on Monday 24/08."""
    matter = accepted(bench, kind=MatterKind.DENUNCIATION)
    Letter.objects.filter(pk=matter.letter_id).update(wants_reply=True, sent_by="Báo Thái Bình")
    remind_settlers(vn(2026, 8, 13))
    (text,) = [one for one in told(bench.handler) if "nơi chuyển đơn" in one]
    assert "50% thời hạn báo kết quả cho nơi chuyển đơn, hạn cuối 24/08/2026" in text
    assert "Báo Thái Bình" not in text
    reply(bench.handler, Matter.objects.get(pk=matter.pk), words="Đã thụ lý", at=vn(2026, 8, 14))
    remind_settlers(vn(2026, 8, 24))
    assert [text for text in told(bench.handler) if "báo kết quả" in text] == [text]


@pytest.mark.rule("complaints", 25)
def test_what_was_promised_to_a_visitor_reminds_its_keeper_until_it_is_kept(bench: Bench):
    desk = make_desk()
    keeper = actor_for(MembershipFactory(agency=desk.agency))
    word = Word(text="Đo lại thửa đất", due_on=date(2026, 8, 13), keeper=keeper.membership)
    made = promise(desk.head, desk.closed(), word, at=vn(2026, 8, 3))
    assert [remind_settlers(vn(2026, 8, day)) for day in (7, 8, 11, 12, 13, 14)] == [0, 1, 1, 0, 1, 0]
    assert all(made.visit.code in text and "thửa đất" not in text for text in told(keeper))
    assert "100% thời hạn đã hứa, hạn cuối 13/08/2026" in told(keeper)[-1]
    assert len(told(desk.head)) == 1
    postpone_promise(desk.head, made, to=date(2026, 8, 23), reason="Mưa bão", at=vn(2026, 8, 14))
    assert remind_settlers(vn(2026, 8, 14)) == 1, "another day is another term"
    keep_promise(desk.officer, made, by="Công văn 15", at=vn(2026, 8, 15))
    assert remind_settlers(vn(2026, 8, 25)) == 0


@pytest.mark.rule("complaints", 25)
def test_a_promise_for_the_same_day_is_due_at_once_and_a_keeper_who_left_is_not_told(bench: Bench):
    desk = make_desk()
    keeper = actor_for(MembershipFactory(agency=desk.agency))
    word = Word(text="Trả lời", due_on=date(2026, 8, 3), keeper=keeper.membership)
    promise(desk.head, desk.closed(), word, at=vn(2026, 8, 3))
    Membership.objects.filter(pk=keeper.membership.pk).update(valid_to=date(2026, 8, 3))
    assert remind_settlers(vn(2026, 8, 3)) == 1
    assert (told(keeper), len(told(desk.head))) == ([], 1)


@pytest.mark.rule("complaints", 25)
def test_an_answer_that_a_visitor_waits_for_reminds_who_received_until_it_is_noted(bench: Bench):
    desk = make_desk()
    taken = Decided(outcome=VisitOutcome.RECEIVED, words="Tiếp nhận để xem xét")
    visit = desk.closed(decided=taken)
    assert visit.answer_due_on == date(2026, 8, 13)
    remind_settlers(vn(2026, 8, 11))
    (text,) = told(desk.officer)
    assert visit.code in text
    assert "80% thời hạn thông báo kết quả cho công dân" in text
    follow_visit(desk.officer, visit, text="Đã trả lời bằng văn bản", at=vn(2026, 8, 12))
    assert remind_settlers(vn(2026, 8, 20)) == 0


def test_a_reminder_stands_on_the_first_page_of_the_day_and_leads_to_its_matter(bench: Bench, clock):
    clock.move_to(vn(2026, 8, 25))
    matter = accepted(bench)
    remind_settlers(vn(2026, 8, 25))
    browser = signed_in(bench.handler)
    assert f"Đơn {matter.letter.code} đã qua 50% thời hạn giải quyết" in (
        browser.get(reverse("documents:today")).content.decode()
    )
    note = Notification.objects.visible_to(bench.handler).get(event=EVENT)
    answer = browser.post(reverse("documents:reminder_open", args=[note.pk]))
    assert answer["Location"] == reverse("complaints:letter_detail", args=[matter.letter_id])


def test_a_reminder_of_a_promise_leads_to_it(bench: Bench, clock):
    clock.move_to(vn(2026, 8, 13))
    desk = make_desk()
    keeper = actor_for(MembershipFactory(agency=desk.agency))
    word = Word(text="Trả lời", due_on=date(2026, 8, 13), keeper=keeper.membership)
    made = promise(desk.head, desk.closed(), word, at=vn(2026, 8, 3))
    remind_settlers(vn(2026, 8, 13))
    browser = signed_in(keeper)
    for note in Notification.objects.visible_to(keeper):
        answer = browser.post(reverse("documents:reminder_open", args=[note.pk]))
        assert answer["Location"] == reverse("complaints:promise_detail", args=[made.pk])
        assert browser.get(answer["Location"]).status_code == 200


def test_the_task_reminds(bench: Bench):
    accepted(bench)
    task()
    assert told(bench.handler)


@pytest.mark.rule("complaints", 26)
def test_overdue_is_computed_and_ends_by_an_event_alone(bench: Bench):
    matter = accepted(bench)

    def is_late(at: datetime) -> bool:
        return Matter.objects.filter(late(at.date()), pk=matter.pk).exists()

    assert [is_late(vn(2026, 9, 9)), is_late(vn(2026, 9, 10)), is_late(vn(2027, 9, 10))] == [
        False,
        True,
        True,
    ]
    suspend(bench.leader, matter, ground=SuspensionGround.OPINION, reason="Chờ", at=vn(2026, 9, 8))
    assert not is_late(vn(2026, 9, 20))
    resume(bench.leader, matter, reason="Xong", at=vn(2026, 9, 20))
    assert is_late(vn(2026, 9, 22))
    outcome = settled(bench)
    assert outcome.matter.state == MatterState.SETTLED
    assert not Matter.objects.filter(late(date(2028, 1, 1)), pk=outcome.matter_id).exists()
    assert "overdue" not in MatterState.values


@pytest.mark.rule("complaints", 21)
def test_each_day_is_explained_to_the_end(bench: Bench):
    matter = accepted(bench, at=vn(2026, 1, 20))
    lines = explained(matter, date(2026, 2, 1))
    assert (lines[0].day, lines[0].counted) == (date(2026, 1, 20), False)
    by_day = {line.day: line for line in lines}
    assert by_day[date(2026, 2, 19)].so_far == "30 ngày"
    assert "Hết thời hạn vào ngày nghỉ" in by_day[date(2026, 2, 19)].reason
    assert not by_day[date(2026, 2, 20)].counted
    assert lines[-1].day == date(2026, 2, 23)
    assert sum(line.counted for line in lines) == 30


@pytest.mark.rule("complaints", 24)
def test_a_pause_is_explained_and_the_count_comes_out_the_same(bench: Bench):
    matter = accepted(bench)
    suspend(bench.leader, matter, ground=SuspensionGround.OPINION, reason="Chờ", at=vn(2026, 8, 24))
    waiting = Matter.objects.get(pk=matter.pk)
    assert explained(waiting, date(2026, 9, 30))[-1].day == date(2026, 9, 30)
    resume(bench.leader, matter, reason="Xong", at=vn(2026, 10, 5))
    lines = explained(Matter.objects.get(pk=matter.pk), date(2026, 10, 6))
    assert sum(line.counted for line in lines) == 30
    assert sum("Tạm đình chỉ" in line.reason for line in lines) == 42
