"""Which duties an actor holds today, and what of a letter is in their hands."""

from django.utils import timezone

from complaints.enums import DutyKind
from complaints.models import Duty, Letter, Matter
from complaints.models.side import Reader
from complaints.models.visibility import seen_of
from egov.organizations.actor import Actor, SignedOut


def holds(actor: Actor | SignedOut, *kinds: DutyKind) -> bool:
    """Whether the position in use carries one of these duties today; of a reader it is known."""
    if not isinstance(actor, Actor):
        return False
    if isinstance(actor, Reader):
        return not actor.side.duties.isdisjoint(kinds)
    current = Duty.objects.current(timezone.localdate())
    return current.filter(membership=actor.membership, kind__in=kinds).exists()


def sees_letter(actor: Actor | SignedOut, letter: Letter) -> bool:
    """Whether the actor may read any content of the letter."""
    if seen_of(actor, letter.pk):
        return True
    return Matter.objects.visible_to(actor).filter(letter=letter).exists()


def sees(actor: Actor | SignedOut, matter: Matter) -> bool:
    """Whether the matter is among those that the actor may read."""
    if known := seen_of(actor, matter.letter_id):
        return matter in known
    return Matter.objects.visible_to(actor).filter(pk=matter.pk).exists()


def has_in_hand(actor: Actor, letter: Letter) -> bool:
    """Whether a content of the letter that the actor may read is theirs to handle."""
    me = actor.membership.pk
    if known := seen_of(actor, letter.pk):
        return any(one.handler_id == me for one in known)
    return Matter.objects.visible_to(actor).filter(letter=letter, handler=me).exists()
