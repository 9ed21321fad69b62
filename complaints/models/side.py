"""On whose side somebody stands: their duties, positions, kin and names, read in one statement.

Who may read a letter, who is tied to it and what a page offers all ask for the same few rows. A page makes
its actor a :class:`Reader` once; whatever asks later is answered from it. Actions never do: a duty may end
between the page and the button.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from complaints.models.duty import Duty
from complaints.models.kin import Kin
from complaints.models.matter import Matter
from egov.organizations.actor import Actor
from egov.organizations.models import Membership
from egov.organizations.queries.tree import placements


@dataclass(frozen=True, slots=True)
class Post:
    """One position that somebody holds, and the agency above the one where they hold it."""

    agency_id: int
    department_id: int | None
    role: str
    is_head: bool
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class Side:
    """What ties somebody: duties of the position asked about, and all positions and kin of the person."""

    duties: frozenset[str]
    posts: tuple[Post, ...]
    # Accounts of relatives on file, and the full names of the person and of them.
    kin: frozenset[int]
    names: frozenset[str]


@dataclass(frozen=True)
class Reader(Actor):
    """An actor for one page, whose side is known, and with it what of one letter they see."""

    side: Side = field(kw_only=True)
    # By letter: the contents that the reader may read.
    seen: Mapping[int, tuple[Matter, ...]] = field(default_factory=dict, kw_only=True)

    def seeing(self, letter_id: int, matters: Iterable[Matter]) -> "Reader":
        """The same, knowing what they see of that letter."""
        return replace(self, seen={**self.seen, letter_id: tuple(matters)})


def as_reader(actor: Actor) -> Reader:
    """The actor with their side, for one page."""
    if isinstance(actor, Reader):
        return actor
    given = {one.name: getattr(actor, one.name) for one in fields(Actor)}
    return Reader(**given, side=side_of(actor))


def side_of(actor: Actor) -> Side:
    """The side of who acts, today."""
    if isinstance(actor, Reader):
        return actor.side
    return sides_of([actor.membership], timezone.localdate())[actor.membership.pk]


def sides_of(members: Iterable[Membership], on: date) -> dict[int, Side]:
    """The sides of some people by their position, in one statement."""
    asked = Membership.objects.filter(pk__in={one.pk for one in members}).select_related("user")
    return {member.pk: side for member, side in sided(asked, on)}


def sided(members: QuerySet[Membership], on: date) -> list[tuple[Membership, Side]]:
    """Positions with the sides of who holds them, in the order given; select their users along."""
    asked = members.annotate(side_duties=_duties(on), side_posts=_posts(on), side_kin=_kin())
    return [(one, _side(one)) for one in asked]


def _duties(on: date) -> ArraySubquery:
    return ArraySubquery(
        Duty.objects.current(on).filter(membership=OuterRef("pk")).order_by().values_list("kind")
    )


def _posts(on: date) -> ArraySubquery:
    held = Membership.objects.current(on).filter(user=OuterRef("user"))
    above = placements(on).filter(agency=OuterRef("agency")).order_by().values("parent")[:1]
    columns = {name: F(name) for name in ("agency_id", "department_id", "role", "is_head")}
    return ArraySubquery(held.order_by("pk").values(row=JSONObject(**columns, parent_id=Subquery(above))))


def _kin() -> ArraySubquery:
    ties = Kin.objects.filter(
        Q(official=OuterRef("user")) | Q(relative=OuterRef("user")), ended_at__isnull=True
    )
    columns = {name: F(name) for name in ("official_id", "relative_id")}
    names = {f"{one}_name": F(f"{one}__full_name") for one in ("official", "relative")}
    return ArraySubquery(ties.order_by("pk").values(row=JSONObject(**columns, **names)))


def _side(member: Any) -> Side:
    names = {member.user_id: member.user.full_name}
    for tie in member.side_kin:
        names |= {tie["official_id"]: tie["official_name"], tie["relative_id"]: tie["relative_name"]}
    return Side(
        duties=frozenset(member.side_duties),
        posts=tuple(Post(**post) for post in member.side_posts),
        kin=frozenset(names) - {member.user_id},
        names=frozenset(names.values()),
    )
