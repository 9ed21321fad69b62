"""Slips of the counter that belong to no single dossier: form 02 before receipt, one receipt for many."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from egov.files.views.download import file_response
from egov.workflow.refusal import Refusal
from onestop.actions.ask_before_receipt import ask_before_receipt
from onestop.actions.intake_draft import save_intake
from onestop.actions.issue_batch_receipt import issue_batch_receipt
from onestop.actions.print_form import print_counter_slip
from onestop.forms.intake_missing import MissingForm
from onestop.forms.typed_intake import Typing
from onestop.models import CounterSlip, Dossier
from onestop.queries.batch import MOST_TOGETHER, counter_slip_of
from onestop.queries.receipts import taken_in
from onestop.views.counter import at_counter
from onestop.views.intake import open_draft, show_intake

LONGEST_KEY = 18


@require_POST
def intake_missing(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is typed, then issue form 02 with what was ticked; nothing is received."""
    actor = at_counter(request)
    draft = open_draft(actor, pk)
    if draft.dossier_id is not None:
        return redirect("onestop:dossier_received", pk=draft.dossier_id)
    typing = Typing(draft, actor, request.POST)
    draft = save_intake(actor, draft, typed=typing.typed, at=timezone.now())
    typing = typing.saved(draft, bound=True)
    form = MissingForm(request.POST, requirements=typing.form.papers_asked)
    if not (typing.form.is_valid() and form.is_valid()):
        return show_intake(request, typing, missing_form=form)
    try:
        issued = ask_before_receipt(actor, draft, typing.filing(), form.missing(), at=timezone.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return show_intake(request, typing, missing_form=form)
    messages.success(
        request, _link_to_print(issued, _("Đã lập phiếu yêu cầu bổ sung; chưa tiếp nhận hồ sơ."))
    )
    return redirect("onestop:intake_edit", pk=pk)


@require_POST
def receipt_together(request: HttpRequest, pk: int) -> HttpResponse:
    """One receipt for this dossier and the ticked ones of the same submitter."""
    actor = at_counter(request)
    dossier = taken_in(actor, pk)
    keys = [
        int(key) for key in request.POST.getlist("dossier") if key.isdecimal() and len(key) <= LONGEST_KEY
    ]
    chosen = Dossier.objects.visible_to(actor).filter(pk__in=[pk, *keys[:MOST_TOGETHER]])
    try:
        issued = issue_batch_receipt(actor, chosen, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _link_to_print(issued, _("Đã lập giấy tiếp nhận chung.")))
    return redirect("onestop:dossier_received", pk=dossier.pk)


@require_GET
def counter_slip_print(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A slip as PDF; the same bytes at every print."""
    issued = print_counter_slip(request.actor, counter_slip_of(request.actor, pk), at=timezone.now())
    assert issued.file is not None  # noqa: S101  (printing made it)
    return file_response(request, issued.file, issued.file_name, inline="download" not in request.GET)


def _link_to_print(issued: CounterSlip, words: str) -> str:
    return format_html(
        '{} <a href="{}" target="_blank">{}</a>',
        words,
        reverse("onestop:counter_slip_print", args=[issued.pk]),
        _("In phiếu số %(number)s") % {"number": issued.content["number"]},
    )
