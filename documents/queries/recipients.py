"""Whom a document can be sent to: agencies one by one, or whole groups of the tree."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from egov.organizations.enums import AgencyKind, Level
from egov.organizations.models import Agency, Placement
from egov.organizations.models.period import in_force


@dataclass(frozen=True, kw_only=True)
class RecipientChoice:
    """Agencies named one by one, and at most one group; in a group every condition given must hold.

    ``RecipientChoice(levels=(Level.COMMUNE,))`` is "mọi cơ quan cấp xã"; with
    ``kinds=(AgencyKind.PEOPLES_COMMITTEE,)`` it is "mọi UBND xã"; with ``below_id`` only those under one node
    of the tree.
    """

    agency_ids: frozenset[int] = frozenset()
    everyone: bool = False
    levels: tuple[Level, ...] = ()
    kinds: tuple[AgencyKind, ...] = ()
    below_id: int | None = None

    @property
    def has_group(self) -> bool:
        return self.everyone or bool(self.levels or self.kinds or self.below_id)


ALL = RecipientChoice(everyone=True)
ALL_DISTRICTS = RecipientChoice(levels=(Level.DISTRICT,))
ALL_COMMUNES = RecipientChoice(levels=(Level.COMMUNE,))


def chosen_agencies(choice: RecipientChoice, *, sender_id: int, on: date) -> QuerySet[Agency]:
    """The agencies that a choice means on that day, never the sender itself.

    A group only holds what exists that day; an agency named by itself stays in, so that the caller can say
    which of them has ended.
    """
    wanted = Q(pk__in=choice.agency_ids)
    if choice.has_group:
        wanted |= _group(choice, on)
    return Agency.objects.filter(wanted).exclude(pk=sender_id)


def _group(choice: RecipientChoice, on: date) -> Q:
    group = in_force(on)
    if choice.levels:
        group &= Q(level__in=choice.levels)
    if choice.kinds:
        group &= Q(kind__in=choice.kinds)
    placed = Placement.objects.filter(in_force(on))
    if choice.below_id:
        node = placed.filter(agency_id=choice.below_id).values_list("path", flat=True).first()
        # A node without a place that day has nothing below it.
        placed = placed.filter(path__startswith=node).exclude(path=node) if node else placed.none()
    return group & Q(pk__in=placed.values("agency_id"))
