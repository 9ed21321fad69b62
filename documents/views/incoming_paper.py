"""Enter a paper that came in at the registry."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents import rules
from documents.actions.enter_paper import PaperContent, enter_paper
from documents.enums import Circulation, Urgency
from documents.forms.paper import PaperForm
from documents.models import IncomingEntry
from documents.queries import drafting
from egov.files.inspect import inspect_pdf
from egov.files.store import put
from egov.organizations.actor import Actor
from egov.workflow.refusal import NotPermitted, Refusal


@require_http_methods(["GET", "POST"])
def incoming_paper(request: HttpRequest) -> HttpResponse:
    """The form; then the entry with its number."""
    allowed = rules.may_enter_paper(request.actor, None)
    if not allowed:
        raise NotPermitted(allowed.reason)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PaperForm(*sent, kinds=drafting.kinds(timezone.localdate()))
    if form.is_bound and form.is_valid():
        try:
            entry = _enter(request.actor, dict(form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            number = {"number": entry.number, "year": entry.year}
            messages.success(request, _("Đã vào sổ, số đến %(number)02d/%(year)d.") % number)
            return redirect("documents:incoming_detail", pk=entry.delivery_id)
    status = 422 if form.errors else 200
    return render(request, "documents/incoming_paper.html", {"form": form}, status=status)


@transaction.atomic
def _enter(actor: Actor, typed: dict[str, Any]) -> IncomingEntry:
    """Scan and entry together, or neither."""
    scan, stored, pages = typed.pop("scan"), None, 0
    if scan is not None:
        inspected = inspect_pdf(scan, scan.name)
        stored, pages = put(scan, media_type=inspected.media_type), inspected.pages
    typed["urgency"], typed["circulation"] = Urgency(typed["urgency"]), Circulation(typed["circulation"])
    content = PaperContent(**typed, scan=stored, page_count=pages)
    return enter_paper(actor, content, at=timezone.now())
