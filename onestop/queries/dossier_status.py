"""Where dossiers stand, for the system of an agency that may see them."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from egov.audit.record import record
from egov.organizations.actor import Actor
from onestop.models import Dossier, DossierChange, MirroredStatus, Result
from onestop.queries.receipts import DossierNotFound


def dossier_statuses(
    actor: Actor, *, state: str = "", since: datetime | None = None, code: str = ""
) -> QuerySet[Dossier]:
    """Dossiers that the actor may see; ``since``: those that have changed their state from then on."""
    rows = Dossier.objects.visible_to(actor).select_related(
        "version__procedure", "receiving_agency", "deciding_agency", "current_agency"
    )
    if state:
        rows = rows.filter(state=state)
    if code:
        rows = rows.filter(code=code)
    if since is not None:
        rows = rows.filter(Exists(DossierChange.objects.filter(dossier=OuterRef("pk"), at__gte=since)))
    return rows.prefetch_related(Prefetch("mirrored", MirroredStatus.objects.order_by("source_at", "pk")))


def read_status(actor: Actor, pk: int) -> Dossier:
    """One dossier with its history and results; the read is recorded (rule 42). Raises DossierNotFound."""
    results = Result.objects.select_related("kind", "file").order_by("pk")
    dossier = (
        dossier_statuses(actor)
        .prefetch_related("changes", Prefetch("results", results))
        .filter(pk=pk)
        .first()
    )
    if dossier is None:
        raise DossierNotFound
    record(actor, "onestop.read", dossier, purpose="system", role=actor.role)
    return dossier
