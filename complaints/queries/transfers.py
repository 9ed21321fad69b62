"""Transfers as lists: what arrives, what one's agency sent, and what goes or went too late (rule 15)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, Subquery

from complaints import deadlines, rules, states
from complaints.enums import Direction, DutyKind, MatterKind
from complaints.models import Matter, Proposal, Transfer
from complaints.models.matter import MatterQuerySet
from complaints.models.transfer import TransferQuerySet
from complaints.queries.letter_page import LetterNotFound
from complaints.rules.conflict import tie_to
from complaints.rules.duties import holds
from egov.organizations.actor import Actor, SignedOut
from egov.workflow.refusal import NotPermitted


@dataclass(frozen=True, slots=True)
class OverdueTransfer:
    """A denunciation that another body should have by now, and the last day for sending it."""

    matter: Matter
    due_on: date


def arriving(actor: Actor | SignedOut) -> TransferQuerySet:
    """Sent to the actor's agency and waiting for the actor's register, the oldest first.

    Protected ones wait for the keeper of that register alone, and for nobody whom they are about.
    """
    if not isinstance(actor, Actor):
        return Transfer.objects.none()
    mine = Q(pk__in=[])
    if holds(actor, DutyKind.INTAKE):
        mine |= Q(matter__letter__is_protected=False)
    if holds(actor, DutyKind.PROTECTED):
        mine |= Q(matter__letter__is_protected=True)
    waiting = _rows().waiting().filter(mine, recipient=actor.agency)
    tied = [one.pk for one in waiting if tie_to(one.matter, actor.membership) is not None]
    return waiting.exclude(pk__in=tied).order_by("sent_at", "pk")


def sent_by_us(actor: Actor | SignedOut) -> TransferQuerySet:
    """What the actor's agency sent on, of the matters that the actor may see. Raises NotPermitted."""
    verdict = rules.may_read_transfers(actor)
    if not verdict or not isinstance(actor, Actor):
        raise NotPermitted(verdict.reason)
    seen = Matter.objects.visible_to(actor)
    return _rows().filter(sender=actor.agency, matter__in=seen)


def late_transfers(actor: Actor | SignedOut) -> TransferQuerySet:
    """Denunciations that the agency sent after the law's days, for its head to see. Raises NotPermitted."""
    return sent_by_us(actor).late().filter(matter__kind=MatterKind.DENUNCIATION)


def not_yet_sent(matters: MatterQuerySet) -> MatterQuerySet:
    """Denunciations that are to go to another body and have not gone: that was proposed and stands, or they
    are about the body's own head and the one above is outside the network (rule 15)."""
    standing = Proposal.objects.filter(
        matter=OuterRef("pk"), state__in=(Proposal.State.WAITING, Proposal.State.APPROVED)
    ).order_by("-pk")
    own_head = Q(subject_membership__is_head=True, subject_membership__agency=F("agency"))
    own_body = Q(subject_membership=None, subject_agency=F("agency"))
    return (
        matters.filter(kind=MatterKind.DENUNCIATION, state__in=states.PROCESSED)
        .annotate(standing_direction=Subquery(standing.values("direction")[:1]))
        .filter(Q(standing_direction=Direction.TRANSFER) | own_head | own_body)
    )


def overdue_transfers(actor: Actor | SignedOut, on: date) -> list[OverdueTransfer]:
    """Those of the actor's agency that should have gone by now, the latest day first. They leave the list by
    going, never by waiting. Raises NotPermitted."""
    verdict = rules.may_read_transfers(actor)
    if not verdict or not isinstance(actor, Actor):
        raise NotPermitted(verdict.reason)
    here = Matter.objects.visible_to(actor).filter(agency=actor.agency)
    waiting = not_yet_sent(here.select_related("letter__root", "agency", "handler__user"))
    found = [OverdueTransfer(one, deadlines.transfer_due(one)) for one in waiting]
    return sorted((one for one in found if one.due_on < on), key=lambda one: (one.due_on, one.matter.pk))


def transfer_at_door(actor: Actor | SignedOut, pk: int) -> Transfer:
    """One that waits at the actor's door. Raises LetterNotFound."""
    transfer = arriving(actor).filter(pk=pk).first()
    if transfer is None:
        raise LetterNotFound
    return transfer


def _rows() -> TransferQuerySet:
    return Transfer.objects.select_related(
        "matter__letter", "matter__subject_membership", "sender", "recipient", "paper", "received__letter"
    )
