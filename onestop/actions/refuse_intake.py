"""Refuse to take something in, in words and on the form for it; never with a receipt (rule 12)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.dossier_code import next_filing_number
from onestop.actions.enter_filing import NotTakenHere, enter, examined, hold_key
from onestop.actions.filing import Filing, cleaned
from onestop.actions.issue_form import issue_form
from onestop.actions.refund import settle_refusal
from onestop.actions.tell_applicant import ApplicantEvent, tell_applicant
from onestop.enums import DossierState, FormKind, IntakeRefusalGround
from onestop.models import Dossier

REASON_LENGTH = 2000
FEWEST_WORDS = 3


class ReasonNeeded(Refusal):
    """A refusal says in words why; a ground of the list alone is a code."""


@action("onestop.refuse_intake", allowed=rules.may_refuse_intake)
def refuse_intake(
    actor: Actor, subject: Dossier | Filing, *, ground: IntakeRefusalGround, reason: str, at: datetime
) -> Dossier:
    """Refuse an online filing, or papers at the counter before they are a dossier; form 03 is issued.

    Papers at the counter are kept as a refused filing with its number, so that the refusal can be counted
    and contested. Raises ReasonNeeded, and what makes a filing unreadable (FilingNotAcceptable …).
    """
    words = clean_line(reason)[:REASON_LENGTH]
    if len(words.split()) < FEWEST_WORDS:
        raise ReasonNeeded(_("Hãy ghi rõ lý do từ chối bằng lời để người nộp hiểu."))
    ground = IntakeRefusalGround(ground)
    if isinstance(subject, Filing):
        if (earlier := hold_key(subject.idempotency_key)) is not None:
            return earlier
        if subject.agency.pk != actor.agency_id:
            raise NotTakenHere(_("Chỉ từ chối hồ sơ nộp tại cơ quan mình."))
        filing = cleaned(subject)
        dossier = enter(
            examined(filing, on=timezone.localdate(at), at=at, demands_all=False),
            by=actor,
            at=at,
            state=DossierState.FILED,
            filing_number=next_filing_number(filing.agency, at),
        )
    else:
        dossier = subject
    move(dossier, to=DossierState.REFUSED, by=actor, at=at, note=f"{ground.label}: {words}")
    settle_refusal(dossier, by=actor, at=at)
    issue_form(actor, dossier, FormKind.REFUSAL, {"ground": str(ground.label), "reason": words}, at=at)
    tell_applicant(dossier, ApplicantEvent.REFUSED, at=at)
    return dossier
