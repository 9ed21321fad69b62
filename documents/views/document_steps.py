"""The steps of an outgoing document: one door each; what is refused is said on the document's page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.actions.issue import issue
from documents.actions.number import number
from documents.actions.seal import seal
from documents.actions.sign import sign
from documents.actions.submit import submit
from documents.actions.withdraw import return_to_drafter, withdraw
from documents.forms.steps import PinForm, ReasonForm
from documents.models import Document
from documents.queries import drafting
from documents.views.compose import draft_of, show_draft, submit_form
from documents.views.document import show_document
from egov.workflow.refusal import Refusal


@require_POST
def document_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the draft to the person who signs."""
    document = draft_of(request, pk)
    form = submit_form(document, request.POST)
    if form.is_valid():
        signers = {one.value: one for one in drafting.possible_signers(document, on=timezone.localdate())}
        chosen = signers[form.cleaned_data["signer"]]
        try:
            submit(request.actor, document, signer=chosen.member, capacity=chosen.capacity, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            name = chosen.member.user.full_name
            messages.success(request, _("Đã trình %(name)s ký.") % {"name": name})
            return redirect("documents:document_detail", pk=document.pk)
    return show_draft(request, document, submit=form)


@require_POST
def document_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign with one's own key."""
    return _with_pin(request, pk, sign, done=_("Đã ký số. Văn bản chuyển sang văn thư để cấp số."))


@require_POST
def document_seal(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for the agency with its key."""
    return _with_pin(request, pk, seal, done=_("Đã ký số của cơ quan. Văn bản sẵn sàng phát hành."))


@require_POST
def document_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Give number and date, enter in the register."""
    return _plain(request, pk, number, done=_("Đã cấp số %(notation)s và vào sổ văn bản đi."))


@require_POST
def document_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Send to every recipient."""
    return _plain(request, pk, issue, done=_("Đã phát hành %(notation)s. Văn bản đang đến các nơi nhận."))


@require_POST
def document_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what is not signed yet."""
    return _plain(request, pk, withdraw, done=_("Đã rút lại; văn bản trở về dự thảo."))


@require_POST
def document_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send back to the drafter, saying why."""
    document = _document(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            return_to_drafter(request.actor, document, reason=reason, at=timezone.now())
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("Đã trả lại người soạn thảo."))
            return redirect("documents:today")
    return show_document(request, document, reason=form)


def _with_pin(request: HttpRequest, pk: int, act: Callable[..., Any], *, done: str) -> HttpResponse:
    document = _document(request, pk)
    form = PinForm(request.POST)
    if form.is_valid():
        try:
            act(request.actor, document, pin=form.cleaned_data["pin"], at=timezone.now())
        except Refusal as refusal:
            form.add_error("pin", str(refusal))
        else:
            messages.success(request, done)
            return redirect("documents:document_detail", pk=document.pk)
    return show_document(request, document, pin=form)


def _plain(request: HttpRequest, pk: int, act: Callable[..., Document], *, done: str) -> HttpResponse:
    document = _document(request, pk)
    try:
        changed = act(request.actor, document, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done % {"notation": changed.notation})
    return redirect("documents:document_detail", pk=document.pk)


def _document(request: HttpRequest, pk: int) -> Document:
    """A document that the actor may see; whether they may take the step, its action says."""
    visible = Document.objects.visible_to(request.actor).select_related(
        "agency", "kind", "department", "file", "drafter__user", "signer__user", "answers__document"
    )
    return get_object_or_404(visible, pk=pk)
