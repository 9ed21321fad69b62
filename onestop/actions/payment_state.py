"""The axis of money of a dossier follows its charges, receipts and refunds."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from onestop.actions.tell_applicant import ApplicantEvent, tell_applicant
from onestop.enums import Channel, PaymentState
from onestop.models import Charge, Dossier, Refund


def note_payment_state(dossier: Dossier) -> None:
    """Work the state out anew; inside the action that changed what is due, paid or going back."""
    state = _state(dossier)
    if dossier.payment_state != state:
        dossier.payment_state = state
        dossier.save(update_fields=["payment_state"])
        # At the counter it is said to them, and mostly paid, there and then.
        if state == PaymentState.DUE and dossier.channel == Channel.ONLINE:
            now = timezone.now()
            tell_applicant(dossier, ApplicantEvent.PAYMENT, key=now.isoformat(), at=now)


def _state(dossier: Dossier) -> PaymentState:
    charges = Charge.objects.filter(dossier=OuterRef("pk"))
    refunds = Refund.objects.filter(dossier=OuterRef("pk"))
    due, going_back, paid, refunded = (
        Dossier.objects.filter(pk=dossier.pk)
        .values_list(
            Exists(charges.due()),
            Exists(refunds.filter(paid_at=None)),
            Exists(charges.paid()),
            Exists(refunds),
        )
        .get()
    )
    if due:
        return PaymentState.DUE
    if going_back:
        return PaymentState.REFUND_DUE
    if paid:
        return PaymentState.PAID
    return PaymentState.REFUNDED if refunded else PaymentState.NONE
