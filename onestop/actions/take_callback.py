"""Money came in through the gateway: booked once, whatever the gateway repeats (rule 35)."""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from egov.workflow.action import action
from egov.workflow.performer import SYSTEM, Performer
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.issue_receipt import issue_receipt
from onestop.actions.payment_state import note_payment_state
from onestop.enums import PaymentKind, PaymentMethod, RefundGround
from onestop.exchange.gateways.interface import Paid
from onestop.models import Dossier, Payment, PaymentRequest, Refund
from onestop.rules.money import GatewayCaller

__all__ = ["GatewayCaller", "book_payment", "request_named", "take_callback"]

GOES_BACK = {
    PaymentKind.DUPLICATE: RefundGround.DUPLICATE,
    PaymentKind.WRONG_AMOUNT: RefundGround.WRONG_AMOUNT,
}


class UnknownRequest(Refusal):
    """Nobody was asked to pay under this code."""

    status = 404


class PaidContradicts(Refusal):
    """The same transaction was booked with other words before."""


@action("onestop.take_callback", allowed=rules.may_take_callback)
def take_callback(performer: Performer, request: PaymentRequest, paid: Paid, *, at: datetime) -> Payment:  # noqa: ARG001
    """Book what the gateway tells; its signature was checked. Raises PaidContradicts, SeriesFull."""
    return book_payment(request, paid, at=at)


def request_named(code: str) -> PaymentRequest:
    """The request of that code. Raises UnknownRequest."""
    found = PaymentRequest.objects.filter(code=code).first()
    if found is None:
        raise UnknownRequest(_("Không có yêu cầu thanh toán với mã này."))
    return found


def book_payment(request: PaymentRequest, paid: Paid, *, at: datetime) -> Payment:
    """Book one transaction; inside an action, which holds the request's lock where it is about the request.

    What fits settles the charges and gives a receipt, also late, as long as nobody has paid them otherwise.
    A second payment, or another amount, settles nothing and is noted to go back. Told again, a transaction
    gives its first booking.
    """
    with connection.cursor() as cursor:
        # Two requests with one transaction id wait for each other as well.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [paid.transaction_id])
    earlier = Payment.objects.filter(transaction_id=paid.transaction_id).first()
    if earlier is not None:
        if (earlier.request_id, earlier.amount) != (request.pk, paid.amount):
            raise PaidContradicts(_("Giao dịch này đã được ghi nhận với nội dung khác."))
        return earlier
    dossier = Dossier.objects.select_for_update(of=("self",), no_key=True).get(pk=request.dossier_id)
    asked = list(request.charges.all())
    kind = _kind(request, paid, all_due=all(one.is_due for one in asked))
    receipt = None
    if kind not in GOES_BACK:
        receipt = issue_receipt(
            SYSTEM,
            dossier,
            asked,
            agency=dossier.receiving_agency,
            method=PaymentMethod.ONLINE,
            payer=paid.payer,
            reference=paid.transaction_id,
            at=at,
        )
        PaymentRequest.objects.filter(pk=request.pk).update(settled_at=at)
    payment = Payment.objects.create(
        request=request,
        transaction_id=paid.transaction_id,
        amount=paid.amount,
        paid_at=paid.paid_at,
        booked_at=at,
        kind=kind,
        receipt=receipt,
    )
    if kind in GOES_BACK:
        Refund.objects.create(
            dossier=dossier,
            payment=payment,
            amount=paid.amount,
            ground=GOES_BACK[kind],
            reason=_("Giao dịch %(id)s của cổng thanh toán: %(kind)s.")
            % {"id": paid.transaction_id, "kind": PaymentKind(kind).label},
            asked_at=at,
        )
        note_payment_state(dossier)
    return payment


def _kind(request: PaymentRequest, paid: Paid, *, all_due: bool) -> PaymentKind:
    if paid.amount != request.amount:
        return PaymentKind.WRONG_AMOUNT
    if not all_due:
        return PaymentKind.DUPLICATE
    return PaymentKind.LATE if paid.paid_at > request.expires_at else PaymentKind.OK
