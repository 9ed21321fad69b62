"""Money goes back: noted at withdrawal or asked for, approved by a head, paid by the counter (rule 37)."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.payment_state import note_payment_state
from onestop.actions.reason import reason_in_words
from onestop.enums import DossierState, FeeKind, RefundGround, RefundWay
from onestop.models import Charge, Dossier, Receipt, Refund

ACCOUNT_LENGTH, REASON_LENGTH = 200, 500
# What the counter may ask for; the others come about by themselves.
ASKED_FOR = (RefundGround.EXEMPT, RefundGround.OTHER)


class NothingToRefund(Refusal):
    """Nothing of the receipt is left to give back."""


class RefundNotAcceptable(Refusal):
    """The ground or the way of paying out is missing."""


def settle_withdrawal(dossier: Dossier, *, by: Performer, at: datetime) -> None:
    """What a withdrawal does to the money, inside the action that withdraws (rule 37).

    Before anybody worked on it: what is not paid is no longer taken, what is paid goes back, except charges
    (lệ phí) where the procedure says that they are not refunded. After that, everything stays as it is.
    """
    if dossier.changes.filter(after=DossierState.PROCESSING).exists():
        return
    dossier.charges.due().update(dropped_at=at)
    paid = dossier.charges.paid()
    if not dossier.version.charge_refundable:
        paid = paid.exclude(kind=FeeKind.CHARGE)
    _give_back(paid, RefundGround.WITHDRAWN, _("Rút hồ sơ trước khi xử lý."), by=by, at=at)
    note_payment_state(dossier)


def settle_refusal(dossier: Dossier, *, by: Performer, at: datetime) -> None:
    """What was laid when it was filed is no longer taken, and all that was paid goes back: nothing was done
    for it."""
    dossier.charges.due().update(dropped_at=at)
    _give_back(dossier.charges.paid(), RefundGround.REFUSED, _("Hồ sơ không được tiếp nhận."), by=by, at=at)
    note_payment_state(dossier)


@action("onestop.ask_refund", allowed=rules.may_ask_refund)
def ask_refund(actor: Actor, receipt: Receipt, *, ground: str, reason: str, at: datetime) -> Refund:
    """Ask that what a receipt took goes back, for a reason that a head has to accept.

    Raises RefundNotAcceptable, ReasonMissing, NothingToRefund.
    """
    if ground not in ASKED_FOR:
        raise RefundNotAcceptable(_("Hãy chọn căn cứ hoàn trả."))
    words = reason_in_words(reason, _("Hãy ghi lý do hoàn trả."))
    dossier = Dossier.objects.select_for_update(of=("self",), no_key=True).get(pk=receipt.dossier_id)
    charges = list(receipt.charges.paid())
    if not charges:
        raise NothingToRefund(_("Biên lai này không còn khoản nào để hoàn trả."))
    refund = _note(receipt, charges, RefundGround(ground), words, by=actor, at=at)
    note_payment_state(dossier)
    return refund


@action("onestop.approve_refund", allowed=rules.may_approve_refund)
def approve_refund(actor: Actor, refund: Refund, *, at: datetime) -> Refund:
    """A head of the agency lets it be paid out."""
    refund.approved_at, refund.approved_by = at, actor.membership
    refund.save(update_fields=["approved_at", "approved_by"])
    return refund


@action("onestop.pay_refund", allowed=rules.may_pay_refund)
def pay_refund(actor: Actor, refund: Refund, *, way: str, account: str = "", at: datetime) -> Refund:
    """Pay it out in cash, or to an account that is named. Raises RefundNotAcceptable."""
    if way not in RefundWay.values:
        raise RefundNotAcceptable(_("Hãy chọn cách trả: tiền mặt hoặc vào tài khoản."))
    account = clean_line(account)[:ACCOUNT_LENGTH]
    if way == RefundWay.ACCOUNT and not account:
        raise RefundNotAcceptable(_("Hãy ghi ngân hàng và số tài khoản nhận tiền hoàn trả."))
    dossier = Dossier.objects.select_for_update(of=("self",), no_key=True).get(pk=refund.dossier_id)
    refund.way, refund.account = way, account if way == RefundWay.ACCOUNT else ""
    refund.paid_at, refund.paid_by = at, actor.membership
    refund.save(update_fields=["way", "account", "paid_at", "paid_by"])
    note_payment_state(dossier)
    return refund


def _give_back(
    paid: QuerySet[Charge], ground: RefundGround, reason: str, *, by: Performer, at: datetime
) -> None:
    """One refund for each receipt that took something of it."""
    by_receipt: dict[Receipt, list[Charge]] = {}
    for charge in paid.select_related("receipt"):
        if charge.receipt is not None:
            by_receipt.setdefault(charge.receipt, []).append(charge)
    for receipt, charges in by_receipt.items():
        _note(receipt, charges, ground, reason, by=by, at=at)


def _note(
    receipt: Receipt,
    charges: Sequence[Charge],
    ground: RefundGround,
    reason: str,
    *,
    by: Performer,
    at: datetime,
) -> Refund:
    refund = Refund.objects.create(
        dossier_id=receipt.dossier_id,
        receipt=receipt,
        amount=sum(one.amount for one in charges),
        ground=ground,
        reason=reason[:REASON_LENGTH],
        asked_at=at,
        asked_by=by.membership if isinstance(by, Actor) else None,
    )
    Charge.objects.filter(pk__in=[one.pk for one in charges]).update(refund=refund)
    return refund
