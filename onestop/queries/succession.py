"""Agencies that ended while dossiers were open with them: what an administrator must hand on (rule 33)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Q, QuerySet

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.models import Agency, Succession
from egov.organizations.queries.tree import ended_agencies
from egov.workflow.refusal import NotPermitted
from onestop import rules, states
from onestop.enums import LegState
from onestop.models import Dossier, DossierTakeover, Leg

OPEN_LEGS = (LegState.PLANNED, LegState.SENT, LegState.RUNNING)


@dataclass(frozen=True, slots=True)
class Stranded:
    """An ended agency, how many dossiers are open with it, and who may take them over."""

    agency: Agency
    dossiers: int
    successors: tuple[Agency, ...]


def open_dossiers_of(agency: Agency) -> Q:
    """Predicate on Dossier: not closed, and the agency receives, decides or has it, or has an open leg."""
    legs = Leg.objects.filter(agency=agency, state__in=OPEN_LEGS).values("dossier")
    return Q(state__in=states.OPEN) & (
        Q(receiving_agency=agency) | Q(deciding_agency=agency) | Q(current_agency=agency) | Q(pk__in=legs)
    )


def stranded(actor: Actor | SignedOut, on: date) -> list[Stranded]:
    """Ended agencies with open dossiers on that day, by name. Raises NotPermitted."""
    verdict = rules.may_see_stranded(actor)
    if not verdict:
        raise NotPermitted(verdict.reason)
    counts: dict[int, set[int]] = {}
    opened = Dossier.objects.filter(state__in=states.OPEN).order_by()
    for name in ("receiving_agency", "deciding_agency", "current_agency"):
        ended = opened.filter(**{f"{name}__valid_to__lte": on}).values_list(f"{name}_id", "pk")
        for agency_id, dossier_id in ended:
            counts.setdefault(agency_id, set()).add(dossier_id)
    legs = Leg.objects.filter(
        state__in=OPEN_LEGS, agency__valid_to__lte=on, dossier__state__in=states.OPEN
    ).order_by()
    for agency_id, dossier_id in legs.values_list("agency_id", "dossier_id"):
        counts.setdefault(agency_id, set()).add(dossier_id)
    heirs: dict[int, list[Agency]] = {}
    for one in Succession.objects.filter(predecessor__in=counts, on__lte=on).select_related("successor"):
        heirs.setdefault(one.predecessor_id, []).append(one.successor)
    agencies = Agency.objects.filter(pk__in=counts).order_by("name")
    return [Stranded(one, len(counts[one.pk]), tuple(heirs.get(one.pk, ()))) for one in agencies]


def stranded_dossiers(actor: Actor | SignedOut, agency: Agency, on: date) -> QuerySet[Dossier]:
    """The open dossiers of an ended agency: code, procedure and dates, for the administrator's choice.

    Nothing that tells what they say or whose they are may be shown of them (administrators read no dossiers).
    None of an agency that exists on that day. Raises NotPermitted.
    """
    verdict = rules.may_see_stranded(actor)
    if not verdict:
        raise NotPermitted(verdict.reason)
    return (
        Dossier.objects.filter(open_dossiers_of(agency), Exists(ended_agencies(on).filter(pk=agency.pk)))
        .select_related("version")
        .only("code", "filing_number", "state", "received_at", "due_at", "version__name")
        .order_by("due_at", "pk")
    )


def takeovers(actor: Actor | SignedOut) -> QuerySet[DossierTakeover]:
    """What was moved so far, the newest first. Raises NotPermitted."""
    verdict = rules.may_see_stranded(actor)
    if not verdict:
        raise NotPermitted(verdict.reason)
    return DossierTakeover.objects.select_related("dossier").order_by("-at", "-pk")
