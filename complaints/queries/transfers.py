"""Transfers as lists: what arrives at one's door, what one's agency sent, and what was sent too late (15)."""

from django.db.models import Q

from complaints import rules
from complaints.enums import DutyKind, MatterKind
from complaints.models import Matter, Transfer
from complaints.models.transfer import TransferQuerySet
from complaints.queries.letter_page import LetterNotFound
from complaints.rules.conflict import tie_to
from complaints.rules.duties import holds
from egov.organizations.actor import Actor, SignedOut
from egov.workflow.refusal import NotPermitted


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
