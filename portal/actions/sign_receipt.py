"""The system signs a receipt by itself, right after filing or, when it could not then, by the sweep."""

from datetime import datetime

import structlog

from egov.files.store import put
from egov.signing.sign import sign_attachment
from egov.signing.system import system_key
from egov.workflow.action import action
from egov.workflow.performer import SYSTEM, Performer
from egov.workflow.refusal import Refusal
from portal import rules
from portal.models import FilingReceipt, LetterReceipt
from portal.queries.filing_receipt import receipt_pdf

PDF = "application/pdf"
AT_A_TIME = 50

log = structlog.get_logger(__name__)


# What the system attests by its own signature.
Receipt = FilingReceipt | LetterReceipt


@action("portal.sign_receipt", allowed=rules.may_sign_receipt)
def sign_receipt(performer: Performer, receipt: Receipt, *, at: datetime) -> Receipt:  # noqa: ARG001
    """Set it from its kept words and sign it with the system's key; the same bytes ever after.

    Raises SystemKeyMissing, TimestampUnavailable, StoreFull, StoreUnavailable; the filing stands even so.
    """
    if receipt.file is not None:
        return receipt
    pdf = receipt_pdf(receipt.content)
    with system_key(at=at) as key:
        signed = sign_attachment(pdf, key, notation=receipt.number, at=at)
    receipt.file, receipt.signed_at = put(signed, media_type=PDF), at
    receipt.save(update_fields=["file", "signed_at"])
    return receipt


def sign_waiting(at: datetime) -> int:
    """Sign receipts that still wait, oldest first; one that cannot be signed holds up no other."""
    signed = 0
    waiting: list[Receipt] = [
        *FilingReceipt.objects.unsigned().order_by("pk")[:AT_A_TIME],
        *LetterReceipt.objects.unsigned().order_by("pk")[:AT_A_TIME],
    ]
    for receipt in waiting:
        try:
            sign_receipt(SYSTEM, receipt, at=at)
        except Refusal as refusal:
            log.warning("receipt_not_signed", receipt=receipt.pk, reason=str(refusal))
            continue
        signed += 1
    return signed
