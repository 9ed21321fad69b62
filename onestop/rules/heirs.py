"""Who answers for the money of an agency that has ended: what it took and owes goes on at its successor (33).

Receipts keep the name under which they were issued; only who may act on them changes, and each act is in the
audit log under the agency of whoever did it.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from egov.organizations.actor import Actor
from egov.organizations.queries.tree import ended_predecessors
from onestop.models import DossierTakeover


def answered_for(actor: Actor) -> frozenset[int]:
    """Keys of the actor's agency and of the ended ones that it has taken over from."""
    return ended_predecessors(actor.agency.pk, timezone.localdate()) | {actor.agency.pk}


def answers_for(actor: Actor, agency_id: int, dossier_id: int | None = None) -> bool:
    """Whether the actor's agency answers for what that agency did, in that dossier if one is named.

    Where an ended agency left several successors, a dossier that one of them took over is that one's alone.
    """
    if actor.agency_id == agency_id:
        return True
    agencies = answered_for(actor)
    if agency_id not in agencies:
        return False
    taken = DossierTakeover.objects.filter(dossier=dossier_id, predecessor=agency_id)
    return not taken.exists() or taken.filter(successor__in=agencies).exists()


def of_answered(actor: Actor, agency: str, dossier: str) -> Q:
    """The same as a predicate; ``agency`` and ``dossier`` are the paths from the row to both."""
    agencies = answered_for(actor)
    taken = DossierTakeover.objects.filter(dossier=OuterRef(dossier), predecessor=OuterRef(agency))
    gone_elsewhere = Exists(taken) & ~Exists(taken.filter(successor__in=agencies))
    return Q(**{f"{agency}__in": agencies}) & (Q(**{agency: actor.agency_id}) | ~gone_elsewhere)
