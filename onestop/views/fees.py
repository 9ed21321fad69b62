"""The cashier's pages: what is to be collected, receipts by series, refunds, and where transfers go."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from egov.files.views.download import file_response
from egov.web.htmx import render_page
from egov.web.pager import page_of
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.cancel_receipt import cancel_receipt
from onestop.actions.keep_account import keep_account
from onestop.actions.print_receipt import print_receipt
from onestop.actions.refund import approve_refund, ask_refund, pay_refund
from onestop.forms.money import AccountForm, AskRefundForm, CancelForm, PayRefundForm
from onestop.models import ReceiptSeries
from onestop.queries import money as query
from onestop.queries.receipt_series import receipts_left
from onestop.views.money_panel import first_error

LONGEST_KEY = 9


@require_GET
def fee_list(request: HttpRequest) -> HttpResponse:
    """What is to be collected, the longest waiting first; one click takes cash."""
    rows = query.to_collect(request.actor)
    taken = query.taken_on(request.actor, timezone.localdate())
    context = {
        "pager": page_of(request, rows, order=("received_at", "pk")),
        "may_take": bool(rules.may_take_in(request.actor, None)),
        "taken": taken,
        "taken_total": sum(one.amount for one in taken),
        "last": query.last_receipt(request.actor, request.GET.get("receipt", "")),
        "left": receipts_left(request.actor.agency_id),
    }
    return render_page(request, "onestop/fee_list.html", "onestop/_fee_rows.html", context)


@require_GET
def receipt_list(request: HttpRequest) -> HttpResponse:
    """The register of one series: every number, cancelled ones too (rule 36)."""
    every = query.series_of(request.actor)
    chosen = _chosen(every, request.GET.get("series", ""))
    pager = None
    if chosen:
        pager = page_of(request, query.receipts_in(chosen, request.actor), order=("-number", "-pk"))
    context = {"every": every, "chosen": chosen, "pager": pager}
    return render_page(request, "onestop/receipt_list.html", "onestop/_receipt_rows.html", context)


@require_GET
def receipt_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One receipt as it was issued, and what may still be done about it."""
    receipt = query.receipt_of(request.actor, pk)
    cancellable = receipt.cancelled_at is None and bool(rules.may_cancel_receipt(request.actor, receipt))
    refunds = list(receipt.refunds.all())
    context = {
        "receipt": receipt,
        "refunds": refunds,
        "cancel": CancelForm() if cancellable and not refunds and receipt.method != "online" else None,
        "refund": (
            AskRefundForm(auto_id="refund_%s")
            if receipt.cancelled_at is None and rules.may_ask_refund(request.actor, receipt)
            else None
        ),
    }
    return render(request, "onestop/receipt_detail.html", context)


@require_GET
def receipt_print(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A receipt as PDF in three copies; the same bytes at every print."""
    receipt = print_receipt(request.actor, query.receipt_of(request.actor, pk), at=timezone.now())
    assert receipt.file is not None  # noqa: S101  (printing made it)
    return file_response(request, receipt.file, receipt.file_name, inline="download" not in request.GET)


@require_POST
def receipt_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a wrong receipt; it stays in the register."""
    receipt = query.receipt_of(request.actor, pk)
    form = CancelForm(request.POST)
    return _step(
        request,
        form,
        lambda typed: cancel_receipt(request.actor, receipt, reason=typed["reason"], at=timezone.now()),
        _("Đã hủy biên lai; khoản thu trở lại chưa nộp."),
        lambda: redirect("onestop:receipt_detail", pk=pk),
    )


@require_POST
def receipt_refund(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that the money goes back."""
    receipt = query.receipt_of(request.actor, pk)
    return _step(
        request,
        AskRefundForm(request.POST),
        lambda typed: ask_refund(request.actor, receipt, **typed, at=timezone.now()),
        _("Đã lập đề nghị hoàn trả, chờ lãnh đạo duyệt."),
        lambda: redirect("onestop:refund_list"),
    )


@require_GET
def refund_list(request: HttpRequest) -> HttpResponse:
    """Refunds of the agency: those that wait first, each with its next step."""
    pager = page_of(request, query.refunds_of(request.actor), order=("is_done", "-pk"))
    context = {
        "pager": pager,
        "lines": [
            (
                refund,
                bool(rules.may_approve_refund(request.actor, refund)),
                PayRefundForm(auto_id=f"pay_{refund.pk}_%s")
                if rules.may_pay_refund(request.actor, refund)
                else None,
            )
            for refund in pager.rows
        ],
    }
    return render_page(request, "onestop/refund_list.html", "onestop/_refund_rows.html", context)


@require_POST
def refund_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """A head lets it be paid out."""
    refund = query.refund_of(request.actor, pk)
    return _step(
        request,
        Form(request.POST),
        lambda _typed: approve_refund(request.actor, refund, at=timezone.now()),
        _("Đã duyệt hoàn trả."),
        lambda: redirect("onestop:refund_list"),
    )


@require_POST
def refund_pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Paid out."""
    refund = query.refund_of(request.actor, pk)
    return _step(
        request,
        PayRefundForm(request.POST),
        lambda typed: pay_refund(request.actor, refund, **typed, at=timezone.now()),
        _("Đã ghi nhận chi trả."),
        lambda: redirect("onestop:refund_list"),
    )


@require_http_methods(["GET", "POST"])
def fee_account(request: HttpRequest) -> HttpResponse:
    """The bank account of the agency, which the VietQR code of its dossiers names."""
    query.require(request.actor)
    account = query.account_of(request.actor.agency_id)
    may_keep = rules.may_keep_account(request.actor, request.actor.agency)
    names = ("bank_name", "bank_bin", "number", "holder")
    form = AccountForm(
        request.POST or None, initial={name: getattr(account, name) for name in names} if account else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            keep_account(request.actor, request.actor.agency, **form.cleaned_data, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu tài khoản thu."))
            return redirect("onestop:fee_account")
    status = 422 if form.errors else 200
    context = {"account": account, "form": form, "may_keep": may_keep}
    return render(request, "onestop/fee_account.html", context, status=status)


def _step(
    request: HttpRequest,
    form: Form,
    act: Callable[[dict[str, Any]], object],
    done: str,
    back: Callable[[], HttpResponse],
) -> HttpResponse:
    """Take one step and go back to where it is seen; a refusal is said there."""
    if not form.is_valid():
        messages.error(request, first_error(form))
        return back()
    try:
        act(form.cleaned_data)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return back()


def _chosen(every: list[ReceiptSeries], text: str) -> ReceiptSeries | None:
    key = int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else 0
    return next((one for one in every if one.pk == key), every[0] if every else None)
