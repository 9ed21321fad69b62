"""Cancel a wrong receipt: it keeps its number and stays visible; what it covered is due again (rule 36)."""

from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.payment_state import note_payment_state
from onestop.actions.reason import reason_in_words
from onestop.enums import PaymentMethod
from onestop.models import Dossier, Receipt


class NotCancellable(Refusal):
    """The receipt was cancelled already, or its money has gone another way."""


@action("onestop.cancel_receipt", allowed=rules.may_cancel_receipt)
def cancel_receipt(actor: Actor, receipt: Receipt, *, reason: str, at: datetime) -> Receipt:
    """Cancel it with a reason; the charges become due again. Raises NotCancellable, ReasonMissing."""
    words = reason_in_words(reason, _("Hãy ghi lý do hủy biên lai."))
    dossier = Dossier.objects.select_for_update(of=("self",), no_key=True).get(pk=receipt.dossier_id)
    if receipt.cancelled_at is not None:
        raise NotCancellable(_("Biên lai này đã hủy."))
    if receipt.method == PaymentMethod.ONLINE:
        raise NotCancellable(
            _("Tiền đã nộp qua cổng thanh toán nên không hủy biên lai; hãy lập đề nghị hoàn trả.")
        )
    if receipt.refunds.exists():
        raise NotCancellable(_("Biên lai này đã có đề nghị hoàn trả nên không hủy được."))
    receipt.cancelled_at, receipt.cancelled_by, receipt.cancel_reason = at, actor.membership, words
    receipt.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    receipt.charges.update(receipt=None)
    note_payment_state(dossier)
    return receipt
