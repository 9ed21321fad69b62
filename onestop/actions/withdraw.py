"""The applicant takes the dossier back (state 7): possible until the decision is signed (domain: 3.3)."""

from datetime import datetime

from django.utils.translation import gettext as _

from documents.public import PaperRef, is_signed
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.consult import close_questions
from onestop.actions.legs import end_step
from onestop.actions.reason import reason_in_words
from onestop.actions.refund import settle_withdrawal
from onestop.actions.request_supplement import close_supplement
from onestop.actions.resume import close_stop
from onestop.actions.times import note_times
from onestop.enums import ClockEventKind, DossierState, LegState, StepState
from onestop.models import Dossier, Step, StoredPaper

OPEN_LEGS = (LegState.PLANNED, LegState.SENT, LegState.RUNNING)


class DecisionSigned(Refusal):
    """There is a decision: it can be challenged, not withdrawn from."""


@action("onestop.withdraw", allowed=rules.may_withdraw)
def withdraw(performer: Performer, dossier: Dossier, *, reason: str, at: datetime) -> Dossier:
    """Close the dossier because its applicant wants it back. Raises DecisionSigned, ReasonMissing."""
    words = reason_in_words(reason, _("Hãy ghi lý do rút hồ sơ theo đơn của người nộp."))
    _require_undecided(dossier)
    stopped = dossier.stops.select_for_update().filter(ended_at=None).first()
    if stopped is not None:
        close_stop(stopped, at=at)
    close_supplement(dossier, words, at=at)
    close_questions(dossier, words, at=at)
    for step in Step.objects.select_for_update(of=("self",)).filter(
        leg__dossier=dossier, state=StepState.RUNNING
    ):
        end_step(step, by=performer, at=at, note=words)
    for leg in dossier.legs.select_for_update().filter(state__in=OPEN_LEGS):
        move(leg, to=LegState.CANCELLED, by=performer, at=at, note=words)
    note_times(dossier, ClockEventKind.CLOSED, by=performer, at=at, reason=words)
    move(dossier, to=DossierState.WITHDRAWN, by=performer, at=at, note=words)
    settle_withdrawal(dossier, by=performer, at=at)
    return dossier


def _require_undecided(dossier: Dossier) -> None:
    decided = dossier.results.filter(validity=StoredPaper.Validity.VALID).exists()
    papers = dossier.requested_papers.filter(result=None).values_list("document_id", flat=True)
    if decided or any(is_signed(PaperRef(document_id)) for document_id in papers):
        raise DecisionSigned(_("Quyết định về hồ sơ đã được ký nên không rút hồ sơ được nữa."))
