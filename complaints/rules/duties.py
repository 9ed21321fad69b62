"""Which duties an actor holds today."""

from django.utils import timezone

from complaints.enums import DutyKind
from complaints.models import Duty
from egov.organizations.actor import Actor, SignedOut


def holds(actor: Actor | SignedOut, *kinds: DutyKind) -> bool:
    """Whether the position in use carries one of these duties today."""
    return (
        isinstance(actor, Actor)
        and Duty.objects.current(timezone.localdate())
        .filter(membership=actor.membership, kind__in=kinds)
        .exists()
    )
