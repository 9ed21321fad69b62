"""Who may not touch a matter because of whom it is directed against (rule 17).

Read from what the system knows: the person named as the matter's subject, the agency named, kin on file, and
who heads whom. A complaint is first settled by the very body that it is about, so being in that body, or
below its head, bars nobody from a first complaint; the person complained of and their kin are barred from
handling it all the same. The second time, and for everything else, those below are barred too.
"""

from collections.abc import Container, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.enums import MatterKind, Stage, Tie
from complaints.models import Matter
from complaints.models.side import Reader, Side, sides_of
from complaints.models.visibility import hidden_from, seen_of
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from egov.workflow.verdict import ALLOWED, Verdict, refused

SETTLED_BY_ITS_BODY = (MatterKind.COMPLAINT, MatterKind.LAND_DISPUTE)


def tie_to(matter: Matter, member: Membership) -> Tie | None:
    """What ties this person to the matter's subject; None where nothing known to the system does."""
    return ties_to(matter, [member])[member.pk]


def ties_to(matter: Matter, members: Sequence[Membership]) -> dict[int, Tie | None]:
    """The same of several people, by their position: as many statements as for one."""
    if not _may_tie(matter):
        return {one.pk: None for one in members}
    sides = sides_of(members, timezone.localdate())
    hidden = hidden_from({one.pk: (one.user_id, sides[one.pk]) for one in members}, matter.letter)
    return ties_of_sides(matter, [(one, sides[one.pk]) for one in members], hidden)


def ties_of_sides(
    matter: Matter, people: Sequence[tuple[Membership, Side]], hidden: Container[int]
) -> dict[int, Tie | None]:
    """The same of people whose sides are known, and of whom some may not know of the letter."""
    return {one.pk: _tie(matter, one.user_id, side, is_hidden=one.pk in hidden) for one, side in people}


def _may_tie(matter: Matter) -> bool:
    """Whether anybody at all can be tied: somebody is named, or the letter accuses."""
    named = matter.subject_membership_id or matter.subject_agency_id
    return bool(named) or not _body_settles(matter)


def _tie(matter: Matter, user_id: int, side: Side, *, is_hidden: bool) -> Tie | None:
    subject = matter.subject_membership
    if subject is not None:
        if subject.user_id == user_id:
            return Tie.SELF
        if subject.user_id in side.kin:
            return Tie.KIN
    if _body_settles(matter):
        return None
    if subject is not None and _is_below(side, subject):
        return Tie.SUBORDINATE
    # From whom an accusing letter is hidden, because of another of its contents too, has no part in it.
    return Tie.UNIT if _shares_unit(matter, side) or is_hidden else None


def free(actor: Actor, matter: Matter) -> Verdict:
    """``not_tied`` of who acts: a reader's side is known, and that they see the letter."""
    if not isinstance(actor, Reader) or not seen_of(actor, matter.letter_id):
        return not_tied(matter, actor.membership)
    return _verdict(matter, _tie(matter, actor.user.pk, actor.side, is_hidden=False))


def not_tied(matter: Matter, member: Membership) -> Verdict:
    """Allowed unless tied; the sentence says by what, and names the letter by its code alone."""
    return _verdict(matter, tie_to(matter, member))


def _verdict(matter: Matter, tie: Tie | None) -> Verdict:
    if tie is None:
        return ALLOWED
    return refused(
        _("Không giao được đơn %(code)s: người này %(tie)s. Hãy chọn người khác.")
        % {"code": matter.letter.code, "tie": tie.label}
    )


def may_author_decide(matter: Matter, member: Membership) -> bool:
    """Whether this is the author of the act, who reconsiders it at the first stage (domain: 6.1)."""
    subject = matter.subject_membership
    return _body_settles(matter) and subject is not None and subject.user_id == member.user_id


def _is_below(side: Side, subject: Membership) -> bool:
    """Whether the person works directly under the other today: in the agency that the other leads, in the
    unit that the other heads, or as head of an agency directly below the one that the other leads."""
    inside = [one for one in side.posts if one.agency_id == subject.agency_id]
    if subject.role == Role.LEADER:
        if any(one.role != Role.LEADER for one in inside):
            return True
        below = any(one.is_head and one.parent_id == subject.agency_id for one in side.posts)
        return subject.is_head and (bool(inside) or below)
    heads_unit = subject.role == Role.OFFICE_HEAD and subject.department_id is not None
    return heads_unit and any(one.department_id == subject.department_id for one in side.posts)


def _body_settles(matter: Matter) -> bool:
    return matter.kind in SETTLED_BY_ITS_BODY and matter.stage == Stage.FIRST


def _shares_unit(matter: Matter, side: Side) -> bool:
    """Whether the person serves in the unit of who is named; in the agency, where nobody of it is."""
    subject = matter.subject_membership
    if subject is not None:
        units = {one.department_id for one in side.posts}
        return subject.department_id is not None and subject.department_id in units
    return matter.subject_agency_id in {one.agency_id for one in side.posts}
