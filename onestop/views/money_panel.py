"""The money of a dossier on its page, and the steps that are taken there."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.charge import NothingToPay, exempt, transfer_code
from onestop.actions.collect import collect
from onestop.actions.request_payment import order_of, request_payment
from onestop.exchange import vietqr
from onestop.exchange.gateways.http import HttpGateway
from onestop.exchange.gateways.interface import GatewayRejected, GatewayUnavailable
from onestop.forms.money import CollectForm, ExemptForm
from onestop.models import Dossier
from onestop.queries import money as query

PARTIAL = "onestop/_dossier_money.html"


def money_panel(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    """What ``_dossier_money.html`` shows; a dossier without a fee has no such panel (rule 34)."""
    money = query.money_of(dossier)
    due = money.due
    may_collect = bool(due) and bool(rules.may_collect(request.actor, dossier))
    return {
        "money": money,
        "money_collect": CollectForm(auto_id="collect_%s") if may_collect else None,
        "money_exempt": ExemptForm(auto_id="exempt_%s") if may_collect else None,
        "money_account": query.account_of(dossier.receiving_agency_id) if due else None,
        "money_online": may_collect and HttpGateway.configured() is not None,
    }


@require_POST
def fee_collect(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the money; from the list one click takes cash."""
    dossier = query.payable(request.actor, pk)
    form = CollectForm(request.POST)
    if not form.is_valid():
        return _back_with(request, pk, first_error(form))

    try:
        receipt = collect(request.actor, dossier, **form.taken(), at=timezone.now())
    except Refusal as refusal:
        return _back_with(request, pk, str(refusal))
    messages.success(request, _("Đã thu; biên lai số %(number)s.") % {"number": receipt.number_text})
    return _back(request, pk, receipt.pk)


@require_POST
def fee_exempt(request: HttpRequest, pk: int) -> HttpResponse:
    """Take nothing, for a reason of the law."""
    dossier = query.payable(request.actor, pk)
    form = ExemptForm(request.POST)
    if not form.is_valid():
        return _back_with(request, pk, first_error(form))

    try:
        exempt(request.actor, dossier, form.claimed(), at=timezone.now())
    except Refusal as refusal:
        return _back_with(request, pk, str(refusal))
    messages.success(request, _("Đã miễn phí, lệ phí cho hồ sơ."))
    return _back(request, pk)


@require_POST
def fee_pay_online(request: HttpRequest, pk: int) -> HttpResponse:
    """Off to the gateway's page, for whoever pays by card at the counter."""
    dossier = query.payable(request.actor, pk)
    gateway = HttpGateway.configured()
    try:
        asked = request_payment(request.actor, dossier, at=timezone.now())
        if gateway is not None:
            return redirect(gateway.open_order(order_of(asked)).pay_url)
    except Refusal as refusal:
        return _back_with(request, pk, str(refusal))
    except (GatewayUnavailable, GatewayRejected):
        pass
    return _back_with(request, pk, _("Cổng thanh toán chưa trả lời; hãy thử lại hoặc thu tại quầy."))


@require_GET
def fee_qr(request: HttpRequest, pk: int) -> HttpResponse:
    """The VietQR code of what is due, as a picture. Raises NothingToPay where there is none."""
    dossier = query.payable(request.actor, pk)
    text = transfer_code(dossier)
    if not text:
        raise NothingToPay
    return HttpResponse(vietqr.picture(text), content_type="image/svg+xml")


def _back_with(request: HttpRequest, pk: int, error: str) -> HttpResponse:
    messages.error(request, error)
    return _back(request, pk)


def _back(request: HttpRequest, pk: int, receipt_pk: int | None = None) -> HttpResponse:
    """To where it was asked from; the list of what is to be collected offers the new receipt to print."""
    if request.POST.get("from") == "list":
        return redirect(f"{reverse('onestop:fee_list')}?receipt={receipt_pk or ''}")
    if request.POST.get("from") == "filing":
        return redirect("onestop:filing_detail", pk=pk)
    return redirect("onestop:dossier_detail", pk=pk)


def first_error(form: Form) -> str:
    """What is wrong with a short form, in one sentence."""
    name, errors = next(iter(form.errors.items()))
    return f"{form.fields[name].label}: {errors[0]}" if name in form.fields else str(errors[0])
