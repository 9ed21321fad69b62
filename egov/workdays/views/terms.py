"""Try a term: when is something due, and why."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from egov.organizations.actor import Actor
from egov.organizations.middleware import acting
from egov.organizations.models import Agency
from egov.workdays import rules
from egov.workdays.explain import explain
from egov.workdays.forms import TermForm
from egov.workdays.load_calendar import calendar_of
from egov.workdays.terms import due
from egov.workflow.refusal import NotPermitted

UNPROCESSABLE = 422


@require_GET
def term_check(request: HttpRequest) -> HttpResponse:
    """A term at the actor's own agency, day by day."""
    actor = acting(request)
    verdict = rules.may_see_working_time(actor)
    if not verdict or not isinstance(actor, Actor):
        raise NotPermitted(verdict.reason)
    form = TermForm(request.GET or None, initial={"received": timezone.now(), "unit": "working_days"})
    answer = _answer(actor.agency, form) if form.is_valid() else None
    context = {"form": form, "agency": actor.agency, "answer": answer}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "workdays/term_check.html", context, status=status)


def _answer(agency: Agency, form: TermForm) -> dict[str, Any]:
    received, limit, cutoff = form.cleaned_data["received"], form.limit(), form.cleaned_data["cutoff"]
    calendar = calendar_of(agency, timezone.localdate(received))
    ends = due(calendar, received, limit, cutoff)
    return {
        "due": ends,
        "limit": limit,
        "lines": explain(calendar, received, ends, limit, cutoff=cutoff),
        "beyond_known": calendar.known_to is None or ends.date() > calendar.known_to,
    }
