"""What the counter shows once a dossier is in: its code, its day, its slips; and one slip to print."""

from django.utils.translation import gettext as _

from egov.audit.record import record
from egov.organizations.actor import Actor, SignedOut
from egov.web.below import Below, read_below
from egov.workflow.refusal import Refusal
from onestop.models import Dossier, IssuedForm
from onestop.queries.slips import FORM_LIST


class DossierNotFound(Refusal):
    """There is none, or the actor may not know of it: the answer is the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("Không tìm thấy hồ sơ, hoặc Quý vị không được xem hồ sơ này."))


def taken_in(actor: Actor | SignedOut, pk: int) -> Dossier:
    """A dossier of the actor's with what a receipt shows; the read is recorded. Raises DossierNotFound."""
    dossier = (
        Dossier.objects.visible_to(actor)
        .select_related(
            "version__procedure__sector",
            "channel_rule",
            "owner",
            "submitter",
            "receiving_agency",
            "deciding_agency",
            "assisted_by__user",
        )
        .filter(pk=pk)
        .first()
    )
    if dossier is None:
        raise DossierNotFound
    read_below([dossier], Below("stops"), Below("clock_events"), FORM_LIST)
    record(actor, "onestop.read", dossier)
    return dossier


def slip_of(actor: Actor | SignedOut, pk: int) -> IssuedForm:
    """A slip of a dossier that the actor may see. Raises DossierNotFound."""
    visible = Dossier.objects.visible_to(actor)
    issued = IssuedForm.objects.filter(pk=pk, dossier__in=visible).first()
    if issued is None:
        raise DossierNotFound
    return issued
