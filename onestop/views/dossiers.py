"""Every dossier that one may see: search and filters."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from egov.audit.record import record
from egov.web.htmx import render_page
from egov.web.pager import page_of
from egov.workflow.refusal import NotPermitted
from onestop import rules
from onestop.forms.filters import DossierFilter
from onestop.queries.dossiers import dossiers

NEWEST_FIRST = ("-pk",)


@require_GET
def dossier_list(request: HttpRequest) -> HttpResponse:
    """Newest first; a search by words or number is on record, as it shows names (rule 42)."""
    verdict = rules.may_read_desk(request.actor)
    if not verdict:
        raise NotPermitted(verdict.reason)
    rows = dossiers(request.actor)
    form = DossierFilter(request.GET, rows=rows)
    context = {"filter": form, "pager": page_of(request, form.narrow(rows), order=NEWEST_FIRST)}
    if form.chosen()["q"]:
        record(request.actor, "onestop.search", "dossiers", purpose="list", role=request.actor.role)
    return render_page(request, "onestop/dossier_list.html", "onestop/_dossier_rows.html", context)
