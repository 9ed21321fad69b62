"""A leader decides on a proposal: approves it, and it is carried out, or sends it back (rule 18)."""

from datetime import datetime

from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.carry_out import carry_out
from complaints.actions.propose import locked_waiting, require_lawful
from complaints.enums import Direction
from complaints.models import Matter, Proposal
from egov.notifications.send import Message, tell_members
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

DECISION_LENGTH = 1000


class NoReasonGiven(Refusal):
    """Who sends a proposal back says why."""


@action("complaints.approve", allowed=rules.may_approve)
def approve(actor: Actor, matter: Matter, *, words: str = "", at: datetime) -> Proposal:
    """Approve the waiting proposal: its papers are issued and the matter goes that way, all or nothing.

    What the law asked when it was proposed is asked again. Raises ProposalNotAcceptable.
    """
    proposal = locked_waiting(matter)
    require_lawful(matter, Direction(proposal.direction))
    _decide(actor, proposal, Proposal.State.APPROVED, words, at=at)
    carry_out(actor, matter, proposal, at=at)
    _tell_proposer(matter, proposal, _("Đơn %(code)s: hướng xử lý “%(direction)s” đã được duyệt."))
    return proposal


@action("complaints.send_back", allowed=rules.may_send_back)
def send_back(actor: Actor, matter: Matter, *, words: str, at: datetime) -> Proposal:
    """Have the matter looked at again; nothing else changes. Raises NoReasonGiven."""
    if not words.strip():
        raise NoReasonGiven(_("Hãy ghi lý do yêu cầu xem lại."))
    proposal = locked_waiting(matter)
    _decide(actor, proposal, Proposal.State.SENT_BACK, words, at=at)
    _tell_proposer(matter, proposal, _("Đơn %(code)s: đề xuất “%(direction)s” được yêu cầu xem lại."))
    return proposal


def _decide(actor: Actor, proposal: Proposal, state: Proposal.State, words: str, *, at: datetime) -> None:
    proposal.state = state
    proposal.decided_at, proposal.decided_by = at, actor.membership
    proposal.decision = clean_line(words)[:DECISION_LENGTH]
    proposal.save(update_fields=["state", "decided_at", "decided_by", "decision"])


def _tell_proposer(matter: Matter, proposal: Proposal, sentence: str) -> None:
    text = sentence % {
        "code": matter.letter.code,
        "direction": Direction(proposal.direction).label,
    }
    message = Message(event="complaints.decided", text=text, key=str(proposal.pk), about=matter.letter)
    tell_members([proposal.proposed_by], message)
