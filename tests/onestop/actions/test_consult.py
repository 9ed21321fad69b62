"""Opinions of other agencies: asked, answered, silent."""

from datetime import date

import pytest

from egov.notifications.models import Notification
from egov.workflow.refusal import NotPermitted
from onestop.actions.consult import (
    NotConsultable,
    OpinionMissing,
    SilenceIsNotConsent,
    answer_consultation,
    consult,
    drop_question,
    take_silence,
)
from onestop.actions.forward import forward
from onestop.actions.resume import AnswersAwaited, resume
from onestop.actions.stop import StopNotAllowed
from onestop.enums import DossierState, StopReason
from onestop.models import Consultation, Dossier
from onestop.models.consultation import Opinion
from tests.factories.procedures import ProcedureVersionFactory
from tests.factories.work import Desk, make_desk, taken_in, vn

pytestmark = pytest.mark.django_db
MONDAY, FRIDAY = vn(2026, 3, 2), date(2026, 3, 6)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def other() -> Desk:
    return make_desk("Phòng Tài nguyên và Môi trường")


def in_work(desk: Desk, **fields: object) -> Dossier:
    version = ProcedureVersionFactory(**({"allowed_stops": [StopReason.CONSULTATION]} | fields))
    dossier = taken_in(version, desk, at=MONDAY)
    forward(desk.counter, dossier, to=2, holder=desk.specialist.membership, at=MONDAY)
    return dossier


def ask(desk: Desk, dossier: Dossier, other: Desk, *, pauses: bool = True) -> Consultation:
    return consult(
        desk.specialist,
        dossier,
        agency=other.agency,
        question="Có phù hợp quy hoạch không?",
        due_on=FRIDAY,
        pauses=pauses,
        at=MONDAY,
    )


@pytest.mark.rule("onestop", 19)
def test_the_clock_stands_still_for_opinions_only_where_the_procedure_says_so(desk: Desk, other: Desk):
    dossier = in_work(desk, allowed_stops=[])
    with pytest.raises(StopNotAllowed):
        ask(desk, dossier, other)
    assert not dossier.consultations.exists()
    ask(desk, dossier, other, pauses=False)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.PROCESSING


def test_the_last_of_two_answers_lets_the_clock_run_on(desk: Desk, other: Desk):
    third, dossier = make_desk("Công an xã"), in_work(desk)
    for asked in (other, third):
        ask(desk, dossier, asked)
    assert dossier.stops.count() == 1
    answer_consultation(other.leader, dossier, opinion=Opinion.AGREES, at=vn(2026, 3, 3))
    with pytest.raises(AnswersAwaited):
        resume(desk.specialist, dossier, reason="Không chờ nữa", at=vn(2026, 3, 4))
    answer_consultation(third.leader, dossier, opinion=Opinion.REMARKS, answer="Lùi 2 m", at=vn(2026, 3, 4))
    dossier.refresh_from_db()
    assert (dossier.state, dossier.due_at) == (DossierState.PROCESSING, vn(2026, 3, 9))
    assert (
        Notification.objects.visible_to(desk.specialist).filter(event="onestop.consultation_answered").count()
        == 2
    )


def test_the_asked_agency_sees_the_dossier_and_answers_once(desk: Desk, other: Desk):
    dossier = in_work(desk)
    assert not Dossier.objects.visible_to(other.leader).exists()
    ask(desk, dossier, other)
    assert Dossier.objects.visible_to(other.leader).exists()
    with pytest.raises(NotPermitted):
        answer_consultation(other.specialist, dossier, opinion=Opinion.AGREES, at=MONDAY)
    with pytest.raises(OpinionMissing, match="ghi rõ"):
        answer_consultation(other.leader, dossier, opinion=Opinion.OBJECTS, at=MONDAY)
    with pytest.raises(OpinionMissing):
        answer_consultation(other.leader, dossier, opinion=Opinion.SILENCE, at=MONDAY)
    answer_consultation(other.leader, dossier, opinion=Opinion.OBJECTS, answer="Trái quy hoạch", at=MONDAY)
    with pytest.raises(NotPermitted):
        answer_consultation(other.leader, dossier, opinion=Opinion.AGREES, at=MONDAY)


def test_silence_is_consent_only_past_the_deadline_and_where_the_procedure_says_so(desk: Desk, other: Desk):
    says_so = in_work(desk, silence_is_consent=True)
    question = ask(desk, says_so, other)
    with pytest.raises(SilenceIsNotConsent, match="Chưa hết hạn"):
        take_silence(desk.specialist, says_so, consultation_id=question.pk, at=vn(2026, 3, 6, 16))
    take_silence(desk.specialist, says_so, consultation_id=question.pk, at=vn(2026, 3, 9))
    says_so.refresh_from_db()
    assert says_so.state == DossierState.PROCESSING

    does_not = in_work(desk)
    question = ask(desk, does_not, other)
    with pytest.raises(SilenceIsNotConsent, match="không quy định"):
        take_silence(desk.specialist, does_not, consultation_id=question.pk, at=vn(2026, 3, 9))
    drop_question(
        desk.specialist, does_not, consultation_id=question.pk, reason="Tự xác minh", at=vn(2026, 3, 9)
    )
    question.refresh_from_db()
    assert question.opinion == Opinion.WITHDRAWN, "nobody consented"


def test_who_and_when_may_be_asked(desk: Desk, other: Desk):
    dossier = in_work(desk)
    question = {"question": "Ý kiến?", "pauses": False, "at": MONDAY}
    with pytest.raises(NotConsultable, match="cơ quan khác"):
        consult(desk.specialist, dossier, agency=desk.agency, due_on=FRIDAY, **question)
    with pytest.raises(NotConsultable, match="Hạn trả lời"):
        consult(desk.specialist, dossier, agency=other.agency, due_on=MONDAY.date(), **question)
    consult(desk.specialist, dossier, agency=other.agency, due_on=FRIDAY, **question)
    with pytest.raises(NotConsultable, match="rồi"):
        consult(desk.specialist, dossier, agency=other.agency, due_on=FRIDAY, **question)
    with pytest.raises(NotConsultable):
        drop_question(desk.specialist, dossier, consultation_id=0, reason="Thôi", at=MONDAY)
