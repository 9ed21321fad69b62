"""Incoming documents that one may see: search, filters, queues."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from documents import rules
from documents.forms.filters import IncomingFilter
from documents.queries import queues
from egov.web.htmx import render_page
from egov.web.pager import page_of

# A queue is worked off from its oldest deadline; the whole list shows what came last.
WORK_ORDER = ("due_on", "arrived_at", "pk")
NEWEST_FIRST = ("-arrived_at", "-pk")


@require_GET
def incoming_list(request: HttpRequest) -> HttpResponse:
    """One queue by deadline, or everything by arrival."""
    form = IncomingFilter(request.GET)
    queue = request.GET.get("queue", "")
    rows = form.narrow(queues.incoming(request.actor, queue))
    context = {
        "filter": form,
        "queue": queue,
        "queues": queues.queues_of(request.actor, queues.INCOMING),
        "pager": page_of(request, rows, order=WORK_ORDER if queue else NEWEST_FIRST),
        "may_enter_paper": rules.may_enter_paper(request.actor, None),
    }
    return render_page(request, "documents/incoming_list.html", "documents/_incoming_rows.html", context)
