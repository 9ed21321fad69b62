"""Take the money of a dossier at the counter, in cash or by transfer, and give a receipt for it."""

from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.charge import NothingToPay
from onestop.actions.issue_receipt import issue_receipt
from onestop.enums import PaymentMethod
from onestop.models import Dossier, Receipt

AT_COUNTER = (PaymentMethod.CASH, PaymentMethod.TRANSFER)
REFERENCE_LENGTH = 100


class PaymentNotAcceptable(Refusal):
    """How it was paid is not clear."""


@action("onestop.collect", allowed=rules.may_collect)
def collect(
    actor: Actor,
    dossier: Dossier,
    *,
    method: PaymentMethod = PaymentMethod.CASH,
    reference: str = "",
    payer: str = "",
    at: datetime,
) -> Receipt:
    """Take all that is due, and write one receipt with the next number of the agency that takes it.

    ``reference`` is the bank's number of a transfer. A second click finds nothing due. Raises NothingToPay,
    PaymentNotAcceptable, SeriesFull.
    """
    if method not in AT_COUNTER:
        raise PaymentNotAcceptable(_("Tại quầy chỉ thu tiền mặt hoặc nhận chuyển khoản."))
    reference = clean_line(reference)[:REFERENCE_LENGTH]
    if method == PaymentMethod.TRANSFER and not reference:
        raise PaymentNotAcceptable(_("Hãy ghi số chứng từ hoặc mã giao dịch của lần chuyển khoản."))
    charges = list(dossier.charges.due())
    if not charges:
        raise NothingToPay
    return issue_receipt(
        actor,
        dossier,
        charges,
        agency=actor.agency,
        method=PaymentMethod(method),
        payer=payer,
        reference=reference,
        at=at,
    )
