"""A citizen's letter goes to the body it names, and its sender is given a receipt that the system signs."""

from datetime import datetime

import structlog
from django.db import transaction

from complaints.public import SentLetter, TypedLetter
from complaints.public import send_letter as hand_over
from egov.workflow.performer import SYSTEM, Performer
from egov.workflow.refusal import Refusal
from portal.actions.sign_receipt import sign_receipt
from portal.models import LetterReceipt
from portal.queries.letter_receipt import letter_receipt_content

log = structlog.get_logger(__name__)


def send_letter(performer: Performer, typed: TypedLetter, *, at: datetime) -> SentLetter:
    """Enter the letter and keep its receipt, both or neither; the action of complaints is the audited one.

    The signature comes after: where it cannot be made now the sweep makes it, and the letter stands. Raises
    every refusal of ``complaints.public.send_letter``.
    """
    with transaction.atomic():
        sent = hand_over(performer, typed, at=at)
        receipt, _made = LetterReceipt.objects.get_or_create(
            number=sent.code, defaults={"content": letter_receipt_content(sent)}
        )
    try:
        sign_receipt(SYSTEM, receipt, at=at)
    except Refusal as refusal:
        log.warning("receipt_not_signed", receipt=receipt.pk, reason=str(refusal))
    return sent
