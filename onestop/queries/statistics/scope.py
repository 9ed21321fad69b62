"""Whose figures a person sees: their agency and, for those who lead, all that stood below it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.models import Agency, Placement
from egov.organizations.models.agency import AgencyQuerySet
from egov.workflow.refusal import NotPermitted
from onestop import rules
from onestop.queries.statistics.period import Period

NOT_YOURS = _("Chỉ xem được số liệu của cơ quan mình và các cơ quan trực thuộc.")


@dataclass(frozen=True)
class Scope:
    """The agencies of a report: ``top``, with those below when ``with_below``."""

    top: Agency
    with_below: bool
    keys: frozenset[int]


def scope_of(
    actor: Actor | SignedOut, period: Period, *, agency_id: int | None = None, with_below: bool = True
) -> Scope:
    """The agencies to count for, never beyond what the actor may see. Raises NotPermitted.

    ``agency_id`` narrows it to one agency of theirs, with what is below that one or alone.
    """
    verdict = rules.may_see_figures(actor)
    if not verdict or not isinstance(actor, Actor):
        raise NotPermitted(verdict.reason)
    top = actor.agency
    if agency_id is not None and agency_id != top.pk:
        found = agencies_of(actor, period).filter(pk=agency_id).first()
        if found is None:
            raise NotPermitted(NOT_YOURS)
        top = found
    below = with_below and rules.sees_below(actor)
    keys = _self_and_below(top, period) if below else frozenset({top.pk})
    return Scope(top=top, with_below=below, keys=keys)


def agencies_of(actor: Actor, period: Period) -> AgencyQuerySet:
    """Every agency whose figures the actor may ask for, by name."""
    if not rules.sees_below(actor):
        return Agency.objects.filter(pk=actor.agency.pk)
    return Agency.objects.filter(pk__in=_below(actor.agency, period)).order_by("level", "name")


def _self_and_below(agency: Agency, period: Period) -> frozenset[int]:
    return frozenset(_below(agency, period)) | {agency.pk}


def _below(agency: Agency, period: Period) -> QuerySet[Placement, int]:
    """At any time in the period: one that was merged away within it has its share in the figures too."""
    within = Q(valid_from__lte=period.last) & (Q(valid_to__isnull=True) | Q(valid_to__gt=period.first))
    below = Placement.objects.filter(within, path__contains=f"/{agency.pk}/").order_by()
    return below.values_list("agency_id", flat=True)
