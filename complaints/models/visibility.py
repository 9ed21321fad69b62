"""Who may read which letter and matter, as one SQL predicate: lists, pages, files, search and exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from complaints.enums import DutyKind
from complaints.models.duty import Duty
from complaints.models.kin import Kin
from complaints.models.matter import Matter
from complaints.models.verification import Verification
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from egov.organizations.queries.tree import placements

if TYPE_CHECKING:
    from complaints.models.letter import Letter

NOTHING = Q(pk__in=[])


def readable_letters(actor: Actor | SignedOut) -> Q:
    """Predicate on Letter: those with a matter that the actor may read."""
    if not _reads(actor):
        return NOTHING
    return Q(Exists(Matter.objects.filter(readable_matters(actor), letter=OuterRef("pk"))))


def readable_matters(actor: Actor | SignedOut) -> Q:
    """Predicate on Matter: of the actor's agency by duty; a handler, and who verifies, those of their own.

    Open letters: who enters, handles or inspects letters of the agency, and its leaders. Protected ones: who
    keeps the protected register, the handler named, the leader who decides, never anybody whom a matter of
    the letter is directed against, their kin, their unit or who serves under them (rules 17 and 35).
    Administrators read none. Who keeps the key of the seal reads nothing by that alone.
    """
    if not isinstance(actor, Actor) or not _reads(actor):
        return NOTHING
    duties = _duties(actor)
    leads = actor.is_(Role.LEADER)
    here = Q(agency_id=actor.agency.pk) | Q(letter__agency_id=actor.agency.pk)
    me = actor.membership.pk
    on_the_team = Verification.objects.filter(Q(leader_id=me) | Q(members=me), matter=OuterRef("pk"))
    readable = Q(handler_id=me) | Q(Exists(on_the_team))
    if leads or duties & {DutyKind.INTAKE, DutyKind.HANDLING, DutyKind.INSPECTOR}:
        readable |= here & Q(letter__is_protected=False)
    if leads or duties & {DutyKind.PROTECTED, DutyKind.INSPECTOR}:
        readable |= here & Q(letter__is_protected=True)
    return readable & ~concerned(actor)


def known_openings(actor: Actor | SignedOut) -> Q:
    """Predicate on Opening: one's own; of the agency for its custodians, inspectors and leaders (rule 37)."""
    if not isinstance(actor, Actor) or not _reads(actor):
        return NOTHING
    known = Q(reader_id=actor.membership.pk)
    if actor.is_(Role.LEADER) or _duties(actor) & {DutyKind.CUSTODIAN, DutyKind.INSPECTOR}:
        known |= Q(letter__agency_id=actor.agency.pk)
    against = Matter.objects.filter(_directed_at_side_of(actor), letter=OuterRef("letter"))
    return known & ~Q(Exists(against))


def concerned(actor: Actor) -> Q:
    """Predicate on Matter: of a protected letter with any matter directed against the actor's side."""
    against = Matter.objects.filter(_directed_at_side_of(actor), letter=OuterRef("letter"))
    return Q(letter__is_protected=True) & Q(Exists(against))


def concerns(actor: Actor, letter: Letter) -> bool:
    """Whether the letter is protected and directed against the actor's side."""
    return letter.is_protected and Matter.objects.filter(_directed_at_side_of(actor), letter=letter).exists()


def _directed_at_side_of(actor: Actor) -> Q:
    """Predicate on Matter: directed against the actor, kin on file, the unit or the body that they serve in
    in any position, or who leads them. Positions are the person's, not the one in use: whoever changes it
    sees no more.
    """
    today = timezone.localdate()
    held = list(Membership.objects.current(today).filter(user=actor.user))
    agencies = {one.agency_id for one in held}
    departments = {one.department_id for one in held if one.department_id is not None}
    led_from = {one.agency_id for one in held if not one.is_head}
    # Whoever heads an agency is led by the head of the one directly above.
    parents = placements(today).filter(agency__in=agencies).exclude(parent=None).values("parent")
    kin = Kin.objects.of_user(actor.user.pk)
    return (
        Q(subject_membership__user_id__in={actor.user.pk, *kin})
        # Where nobody of the agency is named, it may be any of them.
        | Q(subject_agency_id__in=agencies, subject_membership=None)
        # A leader has all of the agency below, but for its head; a head everybody, and the heads below.
        | Q(subject_membership__role=Role.LEADER, subject_membership__agency_id__in=led_from)
        | Q(subject_membership__is_head=True, subject_membership__agency_id__in=agencies)
        | Q(subject_membership__is_head=True, subject_membership__agency_id__in=parents)
        | Q(subject_membership__department_id__in=departments)
    )


def _duties(actor: Actor) -> set[str]:
    current = Duty.objects.current(timezone.localdate()).filter(membership=actor.membership)
    return set(current.values_list("kind", flat=True))


def _reads(actor: Actor | SignedOut) -> bool:
    return isinstance(actor, Actor) and not actor.is_(Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN)
