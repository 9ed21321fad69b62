"""Who may read which letter and matter, as one SQL predicate: lists, pages, files, search and exports."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from complaints.enums import DutyKind
from complaints.models.duty import Duty
from complaints.models.matter import Matter
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role

NOTHING = Q(pk__in=[])


def readable_letters(actor: Actor | SignedOut) -> Q:
    """Predicate on Letter: those with a matter that the actor may read, and those that the actor entered."""
    if not _reads(actor):
        return NOTHING
    mine = Matter.objects.filter(readable_matters(actor), letter=OuterRef("pk"))
    return Q(Exists(mine))


def readable_matters(actor: Actor | SignedOut) -> Q:
    """Predicate on Matter: of the actor's agency by duty; a handler those of their own.

    Open letters: who enters, handles or inspects letters of the agency, and its leaders. Protected ones: who
    keeps the protected register, the handler named, the leader who decides, never anybody whom the matter
    is directed against or who serves under them (rules 17 and 35). Administrators read none.
    """
    if not isinstance(actor, Actor) or not _reads(actor):
        return NOTHING
    duties = set(
        Duty.objects.current(timezone.localdate())
        .filter(membership=actor.membership)
        .values_list("kind", flat=True)
    )
    leads = actor.is_(Role.LEADER)
    mine = Q(handler_id=actor.membership.pk)
    here = Q(agency_id=actor.agency.pk) | Q(letter__agency_id=actor.agency.pk)
    readable = mine
    if leads or duties & {DutyKind.INTAKE, DutyKind.HANDLING, DutyKind.INSPECTOR}:
        readable |= here & Q(letter__is_protected=False)
    if leads or duties & {DutyKind.PROTECTED, DutyKind.INSPECTOR}:
        readable |= here & Q(letter__is_protected=True)
    return readable & ~concerned(actor)


def concerned(actor: Actor) -> Q:
    """Predicate on Matter: a protected one that is directed against the actor, or against who leads the
    actor's agency while the actor is not sent from above."""
    against_me = Q(subject_membership__user_id=actor.user.pk)
    against_my_head = Q(subject_membership__agency_id=actor.agency.pk, subject_membership__is_head=True)
    against_us = Q(subject_agency_id=actor.agency.pk)
    return Q(letter__is_protected=True) & (against_me | against_my_head | against_us)


def _reads(actor: Actor | SignedOut) -> bool:
    return isinstance(actor, Actor) and not actor.is_(Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN)
