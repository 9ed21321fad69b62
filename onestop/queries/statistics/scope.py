"""Whose figures a person sees: their agency and, for those who lead, all that stood below it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Level
from egov.organizations.models import Agency, Placement
from egov.workflow.refusal import NotPermitted
from onestop import rules
from onestop.queries.statistics.period import Period

NOT_YOURS = _("Chỉ xem được số liệu của cơ quan mình và các cơ quan trực thuộc.")
FROM_THE_TOP = {level.value: place for place, level in enumerate(Level)}


@dataclass(frozen=True)
class Realm:
    """Every agency whose figures a person may ask for in a period, by key: names from the province down."""

    own: Agency
    names: Mapping[int, str]
    # Where each stood: an agency that moved has several places.
    paths: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def below(self, key: int) -> set[int]:
        """The agencies that stood below one of them, with itself."""
        part = f"/{key}/"
        return {key} | {one for one, paths in self.paths.items() if any(part in path for path in paths)}


@dataclass(frozen=True)
class Scope:
    """The agencies of a report by key and name: ``top``, with those below when ``with_below``."""

    top: Agency
    with_below: bool
    names: Mapping[int, str]

    @cached_property
    def keys(self) -> frozenset[int]:
        return frozenset(self.names)


def realm_of(actor: Actor | SignedOut, period: Period) -> Realm:
    """Whose figures the actor may ask for: at most one statement. Raises NotPermitted.

    At any time in the period: one that was merged away within it has its share in the figures too.
    """
    verdict = rules.may_see_figures(actor)
    if not verdict or not isinstance(actor, Actor):
        raise NotPermitted(verdict.reason)
    own = actor.agency
    if not rules.sees_below(actor):
        return Realm(own, {own.pk: own.name})
    within = Q(valid_from__lte=period.last) & (Q(valid_to__isnull=True) | Q(valid_to__gt=period.first))
    rows = Placement.objects.filter(within, path__contains=f"/{own.pk}/").order_by()
    paths: dict[int, tuple[str, ...]] = {}
    known = {own.pk: (own.level, own.name)}
    for key, path, level, name in rows.values_list("agency_id", "path", "agency__level", "agency__name"):
        paths[key] = (*paths.get(key, ()), path)
        known[key] = (level, name)
    ordered = sorted(known.items(), key=lambda one: (FROM_THE_TOP[one[1][0]], one[1][1]))
    return Realm(own, {key: name for key, (_level, name) in ordered}, paths)


def scope_of(
    actor: Actor | SignedOut,
    period: Period,
    *,
    agency_id: int | None = None,
    with_below: bool = True,
    realm: Realm | None = None,
) -> Scope:
    """The agencies to count for, never beyond what the actor may see. Raises NotPermitted.

    ``agency_id`` narrows it to one agency of theirs, with what is below that one or alone; ``realm`` is the
    actor's in that period, where it is at hand.
    """
    realm = realm or realm_of(actor, period)
    if agency_id is not None and agency_id not in realm.names:
        raise NotPermitted(NOT_YOURS)
    top = realm.own if agency_id in (None, realm.own.pk) else Agency.objects.get(pk=agency_id)
    below = with_below and isinstance(actor, Actor) and rules.sees_below(actor)
    kept = realm.below(top.pk) if below else {top.pk}
    return Scope(top, below, {key: name for key, name in realm.names.items() if key in kept})
