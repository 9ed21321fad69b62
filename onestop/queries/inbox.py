"""What was filed online and waits for the counter's answer, by the hour at which it has to have one."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from egov.organizations.actor import Actor, SignedOut
from onestop import deadlines
from onestop.enums import DossierState
from onestop.models import Dossier, DossierChange


@dataclass(frozen=True, slots=True)
class Waiting:
    """A filing and by when it has its answer."""

    dossier: Dossier
    filed_at: datetime
    answer_due: datetime


def filed_at(dossier: Dossier) -> datetime:
    """When it was filed, or when the papers that had been asked for made it complete."""
    again = dossier.changes.filter(after=DossierState.FILED).exclude(before="").order_by("-at").first()
    return again.at if again else dossier.submitted_at


def inbox(actor: Actor | SignedOut) -> QuerySet[Dossier]:
    """Filings that wait at the actor's agency; ``filed`` says since when."""
    if not isinstance(actor, Actor):
        return Dossier.objects.none()
    again = (
        DossierChange.objects.filter(dossier=OuterRef("pk"), after=DossierState.FILED)
        .exclude(before="")
        .order_by("-at")
        .values("at")[:1]
    )
    return (
        Dossier.objects.visible_to(actor)
        .filter(receiving_agency=actor.agency, state=DossierState.FILED)
        .annotate(filed=Coalesce(Subquery(again), "submitted_at", output_field=DateTimeField()))
        .select_related(
            "version", "owner", "submitter", "receiving_agency", "deciding_agency", "assisted_by__user"
        )
    )


def waiting(rows: list[Dossier], actor: Actor) -> list[Waiting]:
    """Rows of ``inbox`` with the hour of their answer; one calendar for all of them."""
    if not rows:
        return []
    earliest = min(row.filed for row in rows)  # type: ignore[attr-defined]  # annotated
    due = deadlines.answers_due(actor.agency, earliest)
    return [Waiting(row, row.filed, due(row.filed)) for row in rows]  # type: ignore[attr-defined]
