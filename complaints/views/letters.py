"""The letters that one may see: what is mine, what waits, what is late, one register after the other."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from complaints import rules
from complaints.forms.filters import LetterFilter
from complaints.queries.feed import rejected_feed
from complaints.queries.letters import matters
from complaints.views.reading import reads_once
from egov.audit.record import record
from egov.web.htmx import render_page
from egov.web.pager import page_of
from egov.workflow.refusal import NotPermitted

NEWEST_FIRST = ("-pk",)


@require_GET
@reads_once
def letter_list(request: HttpRequest) -> HttpResponse:
    """Newest first; a search is on record, as it shows names of open letters."""
    verdict = rules.may_read_letters(request.actor)
    if not verdict:
        raise NotPermitted(verdict.reason)
    form = LetterFilter(request.GET, actor=request.actor)
    rows = form.narrow(matters(request.actor))
    context = {
        "filter": form,
        "pager": page_of(request, rows, order=NEWEST_FIRST),
        "may_enter": bool(rules.may_enter(request.actor)),
        "rejected_feed": rejected_feed(request.actor),
    }
    if form.chosen()["q"]:
        record(request.actor, "complaints.search", "letters", role=request.actor.role)
    return render_page(request, "complaints/letter_list.html", "complaints/_letter_rows.html", context)
