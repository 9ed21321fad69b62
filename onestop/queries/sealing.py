"""Slips of online dossiers and the agency's digital signature: which wait for it, and what it says."""

from datetime import datetime

from django.db.models import QuerySet

from egov.files.store import read_checked
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.models import Agency
from egov.signing.models import Certificate
from egov.signing.verification import Verification
from egov.signing.verify import verify
from egov.workflow.refusal import NotPermitted
from onestop import rules
from onestop.enums import Channel, FormKind
from onestop.models import Dossier, IssuedForm

# What the applicant gets; the control slip stays inside.
GIVEN_OUT = (FormKind.RECEIPT, FormKind.SUPPLEMENT, FormKind.REFUSAL, FormKind.APOLOGY, FormKind.STOP)


def usable_seal(agency: Agency, at: datetime) -> Certificate | None:
    """The certificate that the agency signs with now."""
    return Certificate.objects.usable(at).of_agency(agency).first()


def slips_to_seal(actor: Actor | SignedOut) -> QuerySet[IssuedForm]:
    """Slips of the actor's agency that go out electronically and are not signed, the oldest first.

    Raises NotPermitted.
    """
    verdict = rules.may_read_slips_to_seal(actor)
    if not (verdict and isinstance(actor, Actor)):
        raise NotPermitted(verdict.reason)
    return (
        IssuedForm.objects.filter(
            agency=actor.agency,
            dossier__in=Dossier.objects.visible_to(actor),
            dossier__channel=Channel.ONLINE,
            kind__in=GIVEN_OUT,
            sealed_at=None,
        )
        .select_related("form__form_set", "dossier__submitter", "file")
        .order_by("issued_at", "pk")
    )


def seal_on(issued: IssuedForm, *, at: datetime) -> Verification | None:
    """What the signature of a slip says now; None where it has none."""
    return verify(read_checked(issued.sealed_file), at=at) if issued.sealed_file else None
