"""Who may read visits, appointments and promises, as SQL predicates: lists, pages, prints and figures."""

from django.db.models import Q

from complaints.enums import DutyKind
from complaints.models.letter import Letter
from complaints.models.matter import Matter
from complaints.models.side import side_of
from complaints.models.visibility import NOTHING, concerned
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role

READERS = frozenset({DutyKind.RECEPTION, DutyKind.INTAKE, DutyKind.INSPECTOR})
PROTECTED_READERS = frozenset({DutyKind.PROTECTED, DutyKind.INSPECTOR})


def readable_visits(actor: Actor | SignedOut, prefix: str = "") -> Q:
    """Predicate on Visit (or on what points to one by ``prefix``): of the actor's agency, by duty.

    Open ones: who receives, enters or inspects there, and its leaders. A protected one: who received it, who
    keeps the protected register, the inspector; others where they may read the letter that came of it, and
    nobody whom that letter is directed against (rule 35). Administrators read none.
    """
    if not isinstance(actor, Actor) or actor.is_(Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN):
        return NOTHING
    me, duties, leads = actor.membership.pk, _duties(actor), actor.is_(Role.LEADER)
    here = Q(**{f"{prefix}agency_id": actor.agency.pk})
    open_ones, protected = Q(**{f"{prefix}is_protected": False}), Q(**{f"{prefix}is_protected": True})
    received = Q(**{f"{prefix}officer_id": me}) | Q(**{f"{prefix}host_id": me})
    letters = Letter.objects.visible_to(actor).filter(is_protected=True)
    seen = received | Q(**{f"{prefix}letter__in": letters.values("pk")})
    if duties & PROTECTED_READERS:
        seen |= here
    readable = (protected & seen) | (open_ones & here if leads or duties & READERS else open_ones & received)
    against = Matter.objects.filter(concerned(actor)).values("pk")
    against_me = Letter.objects.filter(is_protected=True, matters__in=against).values("pk")
    shut_out = protected & Q(**{f"{prefix}letter__isnull": False, f"{prefix}letter__in": against_me})
    return readable & ~shut_out


def readable_appointments(actor: Actor | SignedOut) -> Q:
    """Predicate on Appointment: of the actor's agency, by duty; protected ones stand under a code, and are
    hidden from whom their letter is about all the same."""
    if not isinstance(actor, Actor) or actor.is_(Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN):
        return NOTHING
    here = Q(agency_id=actor.agency.pk)
    if _duties(actor) & PROTECTED_READERS:
        against = Matter.objects.filter(concerned(actor)).values("letter")
        return here & (Q(is_protected=False) | ~Q(letter__in=against))
    if actor.is_(Role.LEADER) or _duties(actor) & READERS:
        letters = Letter.objects.visible_to(actor)
        return here & (Q(is_protected=False) | Q(letter__in=letters.values("pk")))
    return NOTHING


def readable_promises(actor: Actor | SignedOut) -> Q:
    """Predicate on Promise: whoever reads its visit, and whoever sees to it."""
    if not isinstance(actor, Actor) or actor.is_(Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN):
        return NOTHING
    mine = Q(keeper_id=actor.membership.pk, visit__is_protected=False)
    return readable_visits(actor, "visit__") | mine


def _duties(actor: Actor) -> frozenset[str]:
    return side_of(actor).duties
