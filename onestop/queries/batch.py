"""What one person handed in at one counter on one day: for one receipt with a list."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from egov.organizations.actor import Actor, SignedOut
from onestop.enums import DossierState
from onestop.models import CounterSlip, Dossier
from onestop.queries.receipts import DossierNotFound

MOST_TOGETHER = 100
# Not received at all: there is nothing to give a receipt for.
NOT_TAKEN_IN = (DossierState.FILED, DossierState.REFUSED)


def handed_in_with(actor: Actor, dossier: Dossier) -> list[Dossier]:
    """The dossier and the others that its submitter handed in that day at the actor's agency, oldest first.

    By the submitter's number; nobody is taken for somebody else of the same name.
    """
    person = dossier.submitter
    same = Q(submitter_id=person.pk)
    if person.personal_number:
        same |= Q(submitter__personal_number=person.personal_number)
    elif person.tax_code:
        same |= Q(submitter__tax_code=person.tax_code)
    return list(
        Dossier.objects.visible_to(actor)
        .filter(
            same,
            receiving_agency=actor.agency,
            code__isnull=False,
            submitted_at__date=timezone.localdate(dossier.submitted_at),
        )
        .exclude(state__in=NOT_TAKEN_IN)
        .select_related("version__procedure", "owner", "submitter", "receiving_agency")
        .order_by("pk")[:MOST_TOGETHER]
    )


def counter_slip_of(actor: Actor | SignedOut, pk: int) -> CounterSlip:
    """A slip of the actor's agency. Raises DossierNotFound."""
    issued = CounterSlip.objects.visible_to(actor).select_related("file").filter(pk=pk).first()
    if issued is None:
        raise DossierNotFound
    return issued


def batch_slips_of(dossier: Dossier) -> QuerySet[CounterSlip]:
    """Receipts that name the dossier among others."""
    return dossier.batch_slips.select_related("form")
