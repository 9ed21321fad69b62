"""Announcing decisions: their list, one of them, and a new one with its lines."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from egov.files.inspect import inspect_pdf
from egov.files.models import StoredFile
from egov.files.store import put
from egov.files.views.download import file_response
from egov.web.htmx import render_page
from egov.web.pager import page_of
from egov.workflow.refusal import NotPermitted, Refusal
from onestop import rules
from onestop.actions.announce_decision import DecisionContent, EffectLine, announce_decision
from onestop.forms.decision import DecisionForms
from onestop.models import AnnouncingDecision
from onestop.queries import catalogue
from onestop.views.procedures import require


@require_GET
def decision_list(request: HttpRequest) -> HttpResponse:
    """Newest first, each with how many procedures it changes."""
    require(rules.may_read_catalogue(request.actor, None))
    context = {
        "pager": page_of(request, catalogue.decisions(request.actor), order=("-issued_on", "-pk")),
        "may_announce": rules.may_announce(request.actor, None),
    }
    return render_page(request, "onestop/decision_list.html", "onestop/_decision_rows.html", context)


@require_GET
def decision_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision and what it does to which procedure from when."""
    require(rules.may_read_catalogue(request.actor, None))
    decision = get_object_or_404(catalogue.decisions(request.actor), pk=pk)
    context = {
        "decision": decision,
        "lines": catalogue.named_effects(decision),
        "today": timezone.localdate(),
    }
    return render(request, "onestop/decision_detail.html", context)


@require_GET
def decision_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The signed decision as it was uploaded."""
    require(rules.may_read_catalogue(request.actor, None))
    decision = get_object_or_404(catalogue.decisions(request.actor), pk=pk, file__isnull=False)
    assert decision.file is not None  # noqa: S101  (only those with a file are looked among)
    return file_response(request, decision.file, f"{decision.number}.pdf", inline=True)


@require_http_methods(["GET", "POST"])
def decision_create(request: HttpRequest) -> HttpResponse:
    """Enter a signed decision with all of its lines."""
    require(rules.may_announce(request.actor, None))
    posted = request.method == "POST"
    forms = DecisionForms(
        list(catalogue.waiting_versions()),
        list(catalogue.procedures_in_force(timezone.localdate())),
        request.POST if posted else None,
        request.FILES if posted else None,
    )
    errors: list[str] = []
    if posted and forms.is_valid():
        try:
            decision = _announce(request, forms)
        except NotPermitted:
            raise
        except Refusal as refusal:
            errors = [str(refusal)]
        else:
            messages.success(request, _("Đã ghi quyết định %(number)s.") % {"number": decision.number})
            return redirect("onestop:decision_detail", pk=decision.pk)
    context = {"forms": forms, "errors": errors}
    return render(request, "onestop/decision_create.html", context, status=422 if posted else 200)


def _announce(request: HttpRequest, forms: DecisionForms) -> AnnouncingDecision:
    facts = dict(forms.facts.cleaned_data)
    file: StoredFile | None = None
    if uploaded := facts.pop("file"):
        found = inspect_pdf(uploaded, uploaded.name)
        file = put(uploaded, media_type=found.media_type)
    lines = tuple(
        EffectLine(procedure=procedure, kind=kind, effective_on=on, version=version)
        for procedure, kind, on, version in forms.lines()
    )
    content = DecisionContent(**facts, file=file, lines=lines)
    return announce_decision(request.actor, content, at=timezone.now())
