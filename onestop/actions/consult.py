"""Ask another agency for its opinion; silence is consent only where the procedure says so (domain: 3.6)."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.notifications.send import Message, ToRole, tell_members, tell_roles
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Agency
from egov.printing.markup import clean_line
from egov.workdays.load_calendar import calendar_of
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.reason import reason_in_words
from onestop.actions.resume import end_stop
from onestop.actions.stop import begin_stop, require_allowed
from onestop.enums import DossierState, StopReason
from onestop.models import Consultation, Dossier
from onestop.models.consultation import Opinion

ANSWER_LENGTH = 2000
ASKED, ANSWERED = "onestop.consulted", "onestop.consultation_answered"


class NotConsultable(Refusal):
    """The agency cannot be asked, or not again, or not by that day."""


class OpinionMissing(Refusal):
    """An answer says what the agency thinks, and why it objects."""


class SilenceIsNotConsent(Refusal):
    """The procedure does not take silence for consent, or the deadline has not passed."""


@action("onestop.consult", allowed=rules.may_consult)
def consult(
    actor: Actor, dossier: Dossier, *, agency: Agency, question: str, due_on: date, pauses: bool, at: datetime
) -> Consultation:
    """Ask one agency, to be answered by the end of a day. With ``pauses`` the clock stands still meanwhile.

    Several may be asked at once: it is one stop, until the last has answered.
    Raises NotConsultable, ReasonMissing, StopNotAllowed, AlreadyStopped.
    """
    words = reason_in_words(question, _("Hãy ghi rõ nội dung cần lấy ý kiến."))
    on = timezone.localdate(at)
    if agency.pk == actor.agency.pk or not agency.exists_on(on):
        raise NotConsultable(_("Hãy chọn một cơ quan khác đang hoạt động để lấy ý kiến."))
    if due_on <= on:
        raise NotConsultable(_("Hạn trả lời phải sau ngày hôm nay."))
    if dossier.consultations.filter(agency=agency, opinion="").exists():
        raise NotConsultable(_("%(agency)s đang được lấy ý kiến rồi.") % {"agency": agency.name})
    calendar = calendar_of(agency, due_on)
    asked = Consultation.objects.create(
        dossier=dossier,
        asking_agency=actor.agency,
        agency=agency,
        question=words,
        asked_by=actor.membership,
        asked_at=at,
        due_at=calendar.closing(calendar.rolled_forward(due_on)),
    )
    if pauses:
        require_allowed(dossier, StopReason.CONSULTATION)
    if pauses and not _stands_for_consultation(dossier):
        begin_stop(dossier, StopReason.CONSULTATION, words, by=actor, at=at)
        move(dossier, to=DossierState.STOPPED, by=actor, at=at, note=words)
    message = Message(
        event=ASKED,
        text=_("%(agency)s lấy ý kiến về hồ sơ %(code)s: %(question)s")
        % {"agency": actor.agency.name, "code": dossier, "question": words},
        key=str(asked.pk),
        about=dossier,
    )
    tell_roles([ToRole(agency.pk, Role.REGISTRY, message)])
    return asked


@action("onestop.answer_consultation", allowed=rules.may_answer_consultation)
def answer_consultation(
    actor: Actor, dossier: Dossier, *, opinion: Opinion, answer: str = "", at: datetime
) -> Consultation:
    """Say what this agency thinks. The last answer lets the clock run on. Raises OpinionMissing."""
    words = clean_line(answer)[:ANSWER_LENGTH]
    if opinion not in (Opinion.AGREES, Opinion.OBJECTS, Opinion.REMARKS):
        raise OpinionMissing(_("Hãy chọn đồng ý, không đồng ý hoặc có ý kiến khác."))
    if opinion != Opinion.AGREES and not words:
        raise OpinionMissing(_("Khi không đồng ý hoặc có ý kiến khác, hãy ghi rõ nội dung."))
    asked = dossier.consultations.select_for_update().get(agency=actor.agency, opinion="")
    _close(actor, dossier, asked, opinion, words, at=at)
    message = Message(
        event=ANSWERED,
        text=_("%(agency)s đã trả lời ý kiến về hồ sơ %(code)s: %(opinion)s")
        % {"agency": actor.agency.name, "code": dossier, "opinion": opinion.label},
        key=str(asked.pk),
        about=dossier,
    )
    tell_members([asked.asked_by], message)
    return asked


@action("onestop.take_silence", allowed=rules.may_take_silence)
def take_silence(actor: Actor, dossier: Dossier, *, consultation_id: int, at: datetime) -> Consultation:
    """Record that an agency let its deadline pass, which is consent. Raises SilenceIsNotConsent,
    NotConsultable."""
    asked = _open_question(dossier, consultation_id)
    if not dossier.version.silence_is_consent:
        raise SilenceIsNotConsent(
            _("Thủ tục này không quy định quá hạn coi như đồng ý; phải chờ cơ quan được hỏi trả lời.")
        )
    if at <= asked.due_at:
        raise SilenceIsNotConsent(_("Chưa hết hạn trả lời ý kiến."))
    _close(actor, dossier, asked, Opinion.SILENCE, "", at=at)
    return asked


@action("onestop.drop_question", allowed=rules.may_take_silence)
def drop_question(
    actor: Actor, dossier: Dossier, *, consultation_id: int, reason: str, at: datetime
) -> Consultation:
    """Wait no longer for an answer, saying why; nobody consented. Raises NotConsultable, ReasonMissing."""
    words = reason_in_words(reason, _("Hãy ghi rõ vì sao không chờ ý kiến nữa."))
    asked = _open_question(dossier, consultation_id)
    _close(actor, dossier, asked, Opinion.WITHDRAWN, words, at=at)
    return asked


def close_questions(dossier: Dossier, reason: str, *, at: datetime) -> None:
    """Nobody's opinion is needed any more: the dossier was withdrawn."""
    dossier.consultations.filter(opinion="").update(opinion=Opinion.WITHDRAWN, answer=reason, answered_at=at)


def _close(  # a question has one end, whoever brings it
    actor: Actor, dossier: Dossier, asked: Consultation, opinion: Opinion, words: str, *, at: datetime
) -> None:
    asked.opinion, asked.answer, asked.answered_at = opinion, words, at
    asked.answered_by = actor.membership
    asked.save(update_fields=["opinion", "answer", "answered_at", "answered_by"])
    if _stands_for_consultation(dossier) and not dossier.consultations.filter(opinion="").exists():
        said = _("Đã có ý kiến của các cơ quan được hỏi")
        end_stop(dossier, said, by=actor, at=at)
        move(dossier, to=DossierState.PROCESSING, by=actor, at=at, note=said)


def _stands_for_consultation(dossier: Dossier) -> bool:
    return dossier.stops.filter(ended_at=None, reason=StopReason.CONSULTATION).exists()


def _open_question(dossier: Dossier, consultation_id: int) -> Consultation:
    asked = dossier.consultations.select_for_update().filter(pk=consultation_id, opinion="").first()
    if asked is None:
        raise NotConsultable(_("Câu hỏi này đã được trả lời hoặc đã khép. Hãy tải lại trang."))
    return asked
