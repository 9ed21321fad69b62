"""Reminders at 50, 80 and 100 %, lateness that only an event ends, and the days explained."""

from datetime import date, datetime

import pytest

from complaints.actions.case_facts import note_fact
from complaints.actions.extend import extend
from complaints.actions.remind_settlers import EVENT, remind_settlers
from complaints.actions.suspend import resume, suspend
from complaints.enums import MatterKind, MatterState
from complaints.models import Matter
from complaints.models.fact import FactKind
from complaints.models.order import SuspensionGround
from complaints.queries.clock import explained
from complaints.queries.letters import late
from complaints.tasks import remind_settlers as task
from egov.notifications.models import Notification
from egov.organizations.actor import Actor
from egov.workdays.load_holidays import load_holidays
from tests.factories.settlements import Bench, accepted, make_bench, settled, vn

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
    (text,) = told(bench.handler)
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
