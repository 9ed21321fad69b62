"""The axis of money of a dossier follows its charges, receipts and refunds."""

from onestop.enums import PaymentState
from onestop.models import Dossier


def note_payment_state(dossier: Dossier) -> None:
    """Work the state out anew; inside the action that changed what is due, paid or going back."""
    state = _state(dossier)
    if dossier.payment_state != state:
        dossier.payment_state = state
        dossier.save(update_fields=["payment_state"])


def _state(dossier: Dossier) -> PaymentState:
    if dossier.charges.due().exists():
        return PaymentState.DUE
    if dossier.refunds.filter(paid_at=None).exists():
        return PaymentState.REFUND_DUE
    if dossier.charges.paid().exists():
        return PaymentState.PAID
    return PaymentState.REFUNDED if dossier.refunds.exists() else PaymentState.NONE
