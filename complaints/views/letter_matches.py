"""Whether somebody stands in the register of denunciations already: by code, for its keeper alone (35)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from complaints import rules
from complaints.forms.sealing import MatchForm
from complaints.queries.sealed import possible_matches
from egov.audit.record import record
from egov.workflow.refusal import NotPermitted

MOST = 50


@require_http_methods(["GET", "POST"])
def letter_matches(request: HttpRequest) -> HttpResponse:
    """What was typed is sent in the body, compared by its trace, and neither kept, logged nor shown again."""
    actor = request.actor
    verdict = rules.may_look_for_match(actor, getattr(actor, "agency", None))
    if not verdict:
        raise NotPermitted(verdict.reason)
    form, codes, status = MatchForm(), None, 200
    if request.method == "POST":
        form = MatchForm(request.POST)
        if form.is_valid():
            record(actor, "complaints.look_for_match", "sealed", role=actor.role)
            codes = list(possible_matches(actor, **form.cleaned_data)[:MOST])
            form = MatchForm()
        else:
            status = 422
    context = {"form": form, "codes": codes}
    return render(request, "complaints/letter_matches.html", context, status=status)
