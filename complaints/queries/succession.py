"""Agencies that ended while letters were open with them: what an administrator hands on (rule 55)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from complaints import rules, states
from complaints.models import Matter, MatterTakeover
from complaints.models.visibility import NOTHING, concerned
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.models import Agency, Succession
from egov.organizations.queries.tree import ended_agencies
from egov.workflow.refusal import NotPermitted

# What a body keeps in its hands after a decision: it still has to publish, execute and archive.
OPEN = (*states.OPEN, states.M.SETTLED, states.M.TRANSFERRED)


@dataclass(frozen=True, slots=True)
class StrandedLetters:
    """An ended agency, how many contents are open with it, and who may take them over."""

    agency: Agency
    matters: int
    successors: tuple[Agency, ...]


def open_matters_of(agency: Agency, actor: Actor | SignedOut) -> QuerySet[Matter]:
    """What the agency has to do with still: settled ones follow their execution, sent ones may come back.

    An administrator whom a denunciation is about neither sees it nor moves it: another one does (rule 35).
    """
    return Matter.objects.filter(agency=agency, state__in=OPEN).exclude(_about(actor))


def _about(actor: Actor | SignedOut) -> Q:
    return concerned(actor) if isinstance(actor, Actor) else NOTHING


def stranded(actor: Actor | SignedOut, on: date) -> list[StrandedLetters]:
    """Ended agencies with open contents on that day, by name. Raises NotPermitted."""
    _require(actor)
    rows = (
        Matter.objects.filter(agency__in=ended_agencies(on), state__in=OPEN).exclude(_about(actor)).order_by()
    )
    counts = dict(rows.values_list("agency_id").annotate(count=Count("pk")))
    heirs: dict[int, list[Agency]] = {}
    for one in Succession.objects.filter(predecessor__in=counts, on__lte=on).select_related("successor"):
        heirs.setdefault(one.predecessor_id, []).append(one.successor)
    agencies = Agency.objects.filter(pk__in=counts).order_by("name")
    return [StrandedLetters(one, counts[one.pk], tuple(heirs.get(one.pk, ()))) for one in agencies]


def stranded_matters(actor: Actor | SignedOut, agency: Agency, on: date) -> QuerySet[Matter]:
    """The open contents of an ended agency: code, kind and days, never what they say. Raises NotPermitted.

    None of an agency that exists on that day: what it has in hand is its own (rule 39).
    """
    _require(actor)
    rows = open_matters_of(agency, actor).filter(agency__in=ended_agencies(on)).select_related("letter")
    return rows.only(
        "ordinal", "kind", "state", "process_due_on", "settle_due_on", "letter__code", "letter__received_at"
    ).order_by("letter__code", "ordinal")


def takeovers(actor: Actor | SignedOut) -> QuerySet[MatterTakeover]:
    """What was handed over so far, the newest first. Raises NotPermitted."""
    _require(actor)
    against = Matter.objects.filter(_about(actor)).values("pk")
    rows = MatterTakeover.objects.exclude(matter__in=against)
    return rows.select_related("matter__letter").order_by("-at", "-pk")


def _require(actor: Actor | SignedOut) -> None:
    verdict = rules.may_see_stranded(actor)
    if not verdict:
        raise NotPermitted(verdict.reason)
