"""What the signatures on a document's paper must prove before the next step (rules 7 and 8)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.actions.paper import read_paper
from documents.models import Document
from documents.rules.authority import authority
from egov.signing.models import Certificate
from egov.signing.refusals import PersonalSignatureMissing
from egov.signing.verification import Status, Verification
from egov.signing.verify import verify
from egov.workflow.refusal import Refusal


class AgencySignatureMissing(Refusal):
    """The paper does not carry a valid signature of the agency that issues it."""


def require_personal_signature(document: Document, *, at: datetime) -> Verification:
    """Check the paper as it stands: a valid signature of the very person who was competent on that day.

    Returns what the check found. Raises PersonalSignatureMissing.
    """
    assert document.agency is not None  # noqa: S101  (only paper from outside has no agency)
    verification = verify(read_paper(document), at=at)
    personal = verification.personal
    if personal is None or personal.status != Status.VALID:
        raise PersonalSignatureMissing(personal.sentence if personal else "")
    signer = document.signer
    own = Certificate.objects.filter(fingerprint=personal.fingerprint, user=signer.user if signer else None)
    if signer is None or document.signed_at is None or not own.exists():
        raise PersonalSignatureMissing(_("Chữ ký trên văn bản không phải của người được trình ký."))
    verdict = authority(
        signer,
        agency=document.agency,
        kind=document.kind,
        capacity=document.capacity,
        on=timezone.localdate(document.signed_at),
    )
    if not verdict:
        raise PersonalSignatureMissing(verdict.reason)
    return verification


def require_agency_signature(document: Document, verification: Verification) -> None:
    """The last signature is a valid one of the issuing agency itself, and the file as a whole holds."""
    last = verification.agency
    if last is None or not verification.is_valid:
        raise AgencySignatureMissing(_("Chưa phát hành được: văn bản chưa có chữ ký số hợp lệ của cơ quan."))
    if not Certificate.objects.filter(fingerprint=last.fingerprint, agency=document.agency).exists():
        raise AgencySignatureMissing(_("Chữ ký số của cơ quan trên văn bản là của một cơ quan khác."))
