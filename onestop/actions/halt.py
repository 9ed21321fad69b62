"""The agency stops handling a dossier (state 8), with the notice that the law asks for (form 05)."""

from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.move import move
from onestop import rules
from onestop.actions.financial_duty import close_duty
from onestop.actions.issue_form import issue_form
from onestop.actions.reason import reason_in_words
from onestop.actions.request_supplement import close_supplement
from onestop.actions.resume import close_stop
from onestop.actions.stop import begin_stop
from onestop.actions.tell_applicant import ApplicantEvent, tell_applicant
from onestop.actions.times import note_times
from onestop.enums import ClockEventKind, DossierState, FormKind, StopReason
from onestop.models import Dossier, IssuedForm, Stop


@action("onestop.halt", allowed=rules.may_halt)
def halt(actor: Actor, dossier: Dossier, *, reason: str, at: datetime) -> IssuedForm:
    """Stop with a reason and give the notice; also after a supplement deadline has passed (rule 21).

    What was left of the time when the clock first stopped is kept for a resumption. Raises ReasonMissing.
    """
    words = reason_in_words(reason, _("Hãy ghi rõ lý do dừng giải quyết."))
    close_supplement(dossier, words, at=at)
    close_duty(dossier, at=at)
    standing = dossier.stops.select_for_update().filter(ended_at=None).first()
    if standing is None:
        begin_stop(dossier, StopReason.HALTED, words, by=actor, at=at)
    else:
        _pass_into_halt(dossier, standing, words, by=actor, at=at)
    notice = issue_form(actor, dossier, FormKind.STOP, {"reason": words}, at=at)
    move(dossier, to=DossierState.STOPPED, by=actor, at=at, note=words)
    tell_applicant(dossier, ApplicantEvent.STOPPED, key=at.isoformat(), at=at)
    return notice


def _pass_into_halt(dossier: Dossier, standing: Stop, words: str, *, by: Actor, at: datetime) -> None:
    """One stop becomes the next without the clock running in between."""
    close_stop(standing, at=at)
    Stop.objects.create(
        dossier=dossier,
        reason=StopReason.HALTED,
        words=words,
        started_at=at,
        remaining_minutes=standing.remaining_minutes,
        remaining_days=standing.remaining_days,
    )
    note_times(dossier, ClockEventKind.STOPPED, by=by, at=at, reason=words)
