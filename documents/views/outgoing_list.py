"""Outgoing documents of one's own agency: search, filters, queues."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from documents import rules
from documents.forms.filters import OutgoingFilter
from documents.queries import queues
from egov.web.htmx import render_page
from egov.web.pager import page_of


@require_GET
def outgoing_list(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    form = OutgoingFilter(request.GET)
    queue = request.GET.get("queue", "")
    rows = form.narrow(queues.outgoing(request.actor, queue))
    context = {
        "filter": form,
        "queue": queue,
        "queues": queues.queues_of(request.actor, queues.OUTGOING),
        "pager": page_of(request, rows, order=("-created_at", "-pk")),
        "may_draft": rules.may_draft(request.actor, None),
    }
    return render_page(request, "documents/outgoing_list.html", "documents/_outgoing_rows.html", context)
