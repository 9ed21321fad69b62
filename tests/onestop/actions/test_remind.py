"""Reminders: a day before, once late, when nobody answers; each occasion once."""

import pytest

from egov.notifications.models import Notification
from onestop.actions.apologize import apologize
from onestop.actions.forward import forward
from onestop.actions.remind import remind
from onestop.enums import DossierState
from onestop.models import Dossier
from tests.factories.procedures import ProcedureVersionFactory
from tests.factories.work import Desk, make_desk, taken_in, vn

pytestmark = pytest.mark.django_db
MONDAY = vn(2026, 3, 2)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    """Due on Thursday 5 March at 08:00, with the specialist."""
    dossier = taken_in(ProcedureVersionFactory(), desk, at=MONDAY)
    forward(desk.counter, dossier, to=2, holder=desk.specialist.membership, at=MONDAY)
    return dossier


def told(desk: Desk, event: str) -> int:
    return Notification.objects.visible_to(desk.specialist).filter(event=f"onestop.{event}").count()


def test_the_holder_is_told_one_working_day_before_and_once(desk: Desk, dossier: Dossier):
    remind(vn(2026, 3, 3))
    assert told(desk, "due_soon") == 0
    assert [remind(vn(2026, 3, 4)) for _run in range(2)] == [1, 0], "the second run finds nothing to tell"
    assert (told(desk, "due_soon"), told(desk, "overdue")) == (1, 0)


def test_friday_reminds_of_monday(desk: Desk):
    dossier = taken_in(ProcedureVersionFactory(), desk, at=vn(2026, 3, 4))
    assert dossier.due_at == vn(2026, 3, 9)
    remind(vn(2026, 3, 6))
    assert Notification.objects.filter(event="onestop.due_soon", subject_id=dossier.pk).exists()


def test_a_late_dossier_is_told_to_its_holder_and_the_leader_and_stays_in_work(desk: Desk, dossier: Dossier):
    remind(vn(2026, 3, 5, 16))
    assert told(desk, "overdue") == 0, "judged by days: the day of the appointment is still in time"
    for hour in (9, 10):
        remind(vn(2026, 3, 6, hour))
    assert told(desk, "overdue") == 1
    leader = Notification.objects.visible_to(desk.leader).filter(event="onestop.overdue")
    assert leader.count() == 1
    dossier.refresh_from_db()
    assert dossier.state == DossierState.PROCESSING


def test_a_new_day_is_a_new_occasion(desk: Desk, dossier: Dossier):
    remind(vn(2026, 3, 4))
    apologize(desk.leader, dossier, reason="Quá tải", days=2, at=vn(2026, 3, 4, 9))
    remind(vn(2026, 3, 6))
    assert told(desk, "due_soon") == 2


def test_what_nobody_takes_over_is_told_the_next_day(desk: Desk):
    there = make_desk("Ủy ban nhân dân xã Thụy Trình")
    taken_in(ProcedureVersionFactory(), desk, at=MONDAY, deciding=there.agency)
    remind(vn(2026, 3, 2, 16))
    waiting = Notification.objects.visible_to(there.counter).filter(event="onestop.not_taken_over")
    assert waiting.count() == 0
    for _run in range(2):
        remind(vn(2026, 3, 3))
    assert waiting.count() == 1
