"""Print a receipt, the first time or again."""

from datetime import datetime

from django.utils.translation import gettext as _

from egov.files.store import put
from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.models import Receipt
from onestop.queries.receipt_paper import receipt_pdf

PDF = "application/pdf"


class NeverPrinted(Refusal):
    """It was cancelled before it became paper: there is nothing to print."""


@action("onestop.print_receipt", allowed=rules.may_print_receipt)
def print_receipt(actor: Actor, receipt: Receipt, *, at: datetime) -> Receipt:  # noqa: ARG001
    """The receipt with its file: made from the kept words when it is first asked for, the same bytes ever
    after.

    So a power cut between number and print costs a click, not a receipt. Raises NeverPrinted,
    UnprintableText, StoreFull, StoreUnavailable.
    """
    if receipt.file is None:
        if receipt.cancelled_at is not None:
            raise NeverPrinted(_("Biên lai đã hủy trước khi in nên không in được nữa."))
        receipt.file = put(receipt_pdf(receipt), media_type=PDF)
        receipt.save(update_fields=["file"])
    return receipt
