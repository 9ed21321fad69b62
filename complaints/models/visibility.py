"""Who may read which letter and matter, as one SQL predicate: lists, pages, files, search and exports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from complaints.enums import DutyKind, Series
from complaints.models.matter import Matter
from complaints.models.side import Reader, Side, side_of
from complaints.models.verification import Verification
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from egov.organizations.models.period import in_force
from egov.search.normalize import fold

if TYPE_CHECKING:
    from complaints.models.letter import Letter

NOTHING = Q(pk__in=[])
# Of these, on Matter, whoever they are about sees nothing: denunciations, and anonymous information.
ACCUSING = Q(letter__is_protected=True) | Q(letter__series=Series.INFORMATION)


def readable_letters(actor: Actor | SignedOut) -> Q:
    """Predicate on Letter: those with a matter that the actor may read."""
    if not _reads(actor):
        return NOTHING
    return Q(Exists(Matter.objects.filter(readable_matters(actor), letter=OuterRef("pk"))))


def readable_matters(actor: Actor | SignedOut) -> Q:
    """Predicate on Matter: of the actor's agency by duty; a handler, and who verifies, those of their own.

    Open letters: who enters, handles or inspects letters of the agency, and its leaders. Protected ones: who
    keeps the protected register, the handler named, the leader who decides. Anonymous information: these, and
    who enters letters (rule 4). Neither of the two for anybody whom a matter of the letter is directed
    against, their kin, their unit or who serves under them (rules 17 and 35). Administrators read none. Who
    keeps the key of the seal reads nothing by that alone.
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
        readable |= here & ~ACCUSING
    if leads or duties & {DutyKind.INTAKE, DutyKind.PROTECTED, DutyKind.INSPECTOR}:
        readable |= here & Q(letter__series=Series.INFORMATION)
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
    """Predicate on Matter: of an accusing letter with any matter directed against the actor's side."""
    against = Matter.objects.filter(_directed_at_side_of(actor), letter=OuterRef("letter"))
    return ACCUSING & Q(Exists(against))


def concerns(actor: Actor, letter: Letter) -> bool:
    """Whether the letter accuses and is directed against the actor's side."""
    if not _accuses(letter) or seen_of(actor, letter.pk):
        return False
    return Matter.objects.filter(_directed_at_side_of(actor), letter=letter).exists()


def seen_of(actor: Actor | SignedOut, letter_id: int) -> tuple[Matter, ...]:
    """The contents of a letter that a reader is known to see; none where nobody has asked."""
    return actor.seen.get(letter_id, ()) if isinstance(actor, Reader) else ()


def is_shut_out(member: Membership, letter: Letter) -> bool:
    """The same of somebody who is not acting: whom nobody may tell of the letter, not even by its code."""
    return concerns(Actor(user=member.user, membership=member, agency=member.agency), letter)


def hidden_from(people: Mapping[int, tuple[int, Side]], letter: Letter) -> frozenset[int]:
    """From which of some people, given by any key with their account and side, the letter is hidden; in one
    statement."""
    if not people or not _accuses(letter):
        return frozenset()
    against = {f"against_{key}": _directed_at(*found) for key, found in people.items()}
    rows = Matter.objects.filter(letter=letter).order_by().annotate(**against).values_list(*against)
    hidden = [any(column) for column in zip(*rows, strict=True)]
    return frozenset(key for key, is_hidden in zip(people, hidden, strict=False) if is_hidden)


def _accuses(letter: Letter) -> bool:
    return letter.is_protected or letter.series == Series.INFORMATION


def _directed_at_side_of(actor: Actor) -> Q:
    return _directed_at(actor.user.pk, side_of(actor))


def _directed_at(user_id: int, side: Side) -> Q:
    """Predicate on Matter: directed against the person, kin on file, the unit or the body that they serve in
    in any position, or who leads them. Positions are the person's, not the one in use: whoever changes it
    sees no more; and of the one named, those of today besides the one that was named.
    """
    today = timezone.localdate()
    agencies = {one.agency_id for one in side.posts}
    departments = {one.department_id for one in side.posts if one.department_id is not None}
    led_from = {one.agency_id for one in side.posts if not one.is_head}
    # Whoever heads an agency is led by the head of the one directly above.
    parents = {one.parent_id for one in side.posts if one.is_head and one.parent_id is not None}
    users = {user_id, *side.kin}
    above_or_beside = Membership.objects.filter(
        # A leader has all of the agency below, but for its head; a head everybody, and the heads below.
        Q(role=Role.LEADER, agency_id__in=led_from)
        | Q(is_head=True, agency_id__in=agencies)
        | Q(is_head=True, agency_id__in=parents)
        | Q(department_id__in=departments),
        Q(pk=OuterRef("subject_membership")) | in_force(today),
        user=OuterRef("subject_membership__user"),
    )
    return (
        Q(subject_membership__user_id__in=users)
        # Where nobody of the agency is named, it may be any of them.
        | Q(subject_agency_id__in=agencies, subject_membership=None)
        | Q(Exists(above_or_beside))
        | _says_name_of(side.names)
    )


def _says_name_of(names: Iterable[str]) -> Q:
    """Predicate on Matter: nobody known was chosen, and the words of the subject say one of these names.

    Two of one name, or one whose account came later, are not known to the entry; a namesake who is shut out
    by this loses less than a denouncer would.
    """
    said = NOTHING
    for name in sorted(names):
        words = fold(name).split()
        if len(words) > 1:
            pattern = r"\s+".join(re.escape(one) for one in words)
            said |= Q(subject_membership=None, folded_subject__regex=rf"(^|[^a-z0-9]){pattern}($|[^a-z0-9])")
    return said


def _duties(actor: Actor) -> frozenset[str]:
    return side_of(actor).duties


def _reads(actor: Actor | SignedOut) -> bool:
    return isinstance(actor, Actor) and not actor.is_(Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN)
