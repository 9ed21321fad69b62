"""Handing results over: scan the slip, scan the card, next; and what the post takes and brings back."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from egov.files.views.download import PDF, POLICY_OF_PDF
from egov.web.htmx import render_page
from egov.web.pager import page_of
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.post_result import note_sent_back, post_result, prove_delivery
from onestop.actions.return_result import return_online, return_result
from onestop.enums import DeliveryState
from onestop.forms.results import PostForm, ProofForm, ReturnForm, SentBackForm
from onestop.forms.waiting import WaitingFilter
from onestop.models import Dossier
from onestop.queries import results as query
from onestop.queries.receipts import DossierNotFound
from onestop.queries.result_receipt import receipt_pdf

LIST, ROWS = "onestop/result_list.html", "onestop/_result_rows.html"
SCAN_LENGTH = 300


@require_GET
def result_list(request: HttpRequest) -> HttpResponse:
    """What waits to be fetched, the longest first; a scanned slip opens its dossier at once."""
    scanned = request.GET.get("scan", "")[:SCAN_LENGTH]
    if scanned:
        dossier = query.on_slip(request.actor, scanned)
        if dossier is not None:
            return redirect("onestop:result_return", pk=dossier.pk)
        messages.error(request, _("Không có hồ sơ nào khớp với mã vừa quét."))
    form = WaitingFilter(request.GET)
    rows = form.narrow(query.to_be_fetched(request.actor))
    context = {"filter": form, "pager": page_of(request, rows, order=("finished_at", "pk"))}
    return render_page(request, LIST, ROWS, context)


@require_GET
def result_return(request: HttpRequest, pk: int) -> HttpResponse:
    """The page on which one result is handed over."""
    return _show(request, query.dossier_for_result(request.actor, pk))


@require_POST
def result_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Given to the person at the counter."""
    dossier = query.dossier_for_result(request.actor, pk)
    form = ReturnForm(request.POST, dossier=dossier)
    if form.is_valid():
        try:
            return_result(request.actor, dossier, form.collector(), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _given(request, dossier)
    return _show(request, dossier, give=form)


@require_POST
def result_send_online(request: HttpRequest, pk: int) -> HttpResponse:
    """Given electronically."""
    dossier = query.dossier_for_result(request.actor, pk)
    try:
        return_online(request.actor, dossier, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("onestop:result_return", pk=pk)
    return _given(request, dossier)


@require_POST
def result_post(request: HttpRequest, pk: int) -> HttpResponse:
    """The post took it."""
    dossier = query.dossier_for_result(request.actor, pk)
    form = PostForm(request.POST)
    if form.is_valid():
        try:
            item = post_result(request.actor, dossier, **form.cleaned_data, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi bưu gửi %(number)s.") % {"number": item.waybill})
            return redirect("onestop:result_list")
    return _show(request, dossier, post=form)


@require_POST
def result_delivered(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed delivery note came back."""
    dossier = query.dossier_for_result(request.actor, pk)
    form = ProofForm(request.POST, request.FILES)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            prove_delivery(
                request.actor,
                dossier,
                delivered_on=typed["delivered_on"],
                received_by=typed["received_by"],
                proof=typed["proof"],
                proof_name=typed["proof"].name,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _given(request, dossier)
    return _show(request, dossier, proof=form)


@require_POST
def result_sent_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The post brought it back."""
    dossier = query.dossier_for_result(request.actor, pk)
    form = SentBackForm(request.POST)
    if form.is_valid():
        try:
            note_sent_back(request.actor, dossier, **form.cleaned_data, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi nhận bưu chính chuyển hoàn; kết quả lại ở quầy."))
            return redirect("onestop:result_return", pk=pk)
    return _show(request, dossier, back=form)


@require_GET
def result_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a result that was handed over, to be signed by who took it."""
    dossier = query.dossier_for_result(request.actor, pk)
    collection = query.results_of(dossier).collection
    if collection is None:
        raise DossierNotFound
    response = HttpResponse(receipt_pdf(collection), content_type=PDF)
    name = f"giao-nhan-{dossier}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["Content-Security-Policy"] = POLICY_OF_PDF
    return response


def _show(request: HttpRequest, dossier: Dossier, **refused: Form) -> HttpResponse:
    """The page; a form that was refused comes back as it was typed."""
    results = query.results_of(dossier)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "dossier": dossier,
        "results": results,
        "verdict": rules.may_return_result(request.actor, dossier),
        "is_posted": dossier.delivery_state == DeliveryState.POSTED,
        "under_way": next((one for one in results.post_items if one.sent_back_on is None), None),
        "give": refused.get("give") or ReturnForm(dossier=dossier),
        "post": refused.get("post")
        or PostForm(initial={"posted_on": today, "address": dossier.delivery_address}, auto_id="post_%s"),
        "proof": refused.get("proof") or ProofForm(initial={"delivered_on": today}, auto_id="proof_%s"),
        "back": refused.get("back") or SentBackForm(initial={"on": today}, auto_id="back_%s"),
        "opened": next(iter(refused), ""),
    }
    return render(request, "onestop/result_return.html", context, status=422 if refused else 200)


def _given(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    messages.success(request, _("Đã trả kết quả hồ sơ %(code)s.") % {"code": dossier})
    return redirect("onestop:result_return", pk=dossier.pk)
