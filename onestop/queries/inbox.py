"""What was filed online and waits for the counter's answer, by the hour at which it has to have one."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from egov.audit.record import record
from egov.organizations.actor import Actor, SignedOut
from egov.web.below import Below, read_below
from onestop import deadlines
from onestop.enums import DossierState
from onestop.models import Dossier, DossierChange, Paper
from onestop.queries.intake import open_duplicates
from onestop.queries.money import MONEY_LISTS, pays_first
from onestop.queries.receipts import DossierNotFound

MOST_DUPLICATES = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """A filing and by when it has its answer."""

    dossier: Dossier
    filed_at: datetime
    answer_due: datetime

    @property
    def pays_first(self) -> bool:
        """Whether it may be taken up only when its applicant has paid."""
        return pays_first(self.dossier)


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


def read_filing(actor: Actor | SignedOut, pk: int) -> Waiting:
    """One filing of the actor's agency; the read is recorded. Raises DossierNotFound."""
    dossier = inbox(actor).select_related("case").filter(pk=pk).first()
    if dossier is None or not isinstance(actor, Actor):
        raise DossierNotFound
    read_below([dossier], Below("papers"), *MONEY_LISTS)
    record(actor, "onestop.read", dossier)
    return waiting([dossier], actor)[0]


def read_paper(actor: Actor | SignedOut, pk: int, paper_pk: int) -> Paper:
    """A file of a dossier that the actor may see; the read is recorded. Raises DossierNotFound."""
    visible = Dossier.objects.visible_to(actor).filter(pk=pk)
    paper = (
        Paper.objects.filter(pk=paper_pk, dossier__in=visible, file__isnull=False)
        .select_related("file", "dossier")
        .first()
    )
    if paper is None:
        raise DossierNotFound
    record(actor, "onestop.read_paper", paper.dossier, paper=paper.pk)
    return paper


def filing_duplicates(dossier: Dossier) -> list[Dossier]:
    """Other open dossiers of the same owner and procedure there: for staff to look at (rule 14)."""
    owner = dossier.owner
    found = open_duplicates(
        dossier.version,
        dossier.deciding_agency,
        number=owner.personal_number or owner.tax_code,
        name=owner.name,
        address=owner.address,
        besides=dossier.pk,
    )
    return list(found[:MOST_DUPLICATES])
