"""A document on its way: the live tree for its sender, and the list of its recipients."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from documents.forms.filters import RecipientFilter
from documents.models import Document
from documents.queries.movement import movement, recipients_of
from documents.views.history import told_events
from egov.organizations.actor import Actor
from egov.web.htmx import render_page, wants_part
from egov.web.pager import page_of

# Seconds between two looks: every second while copies travel, then only now and then.
TRAVELLING, WAITING = 1, 15


@require_GET
def document_movement(request: HttpRequest, pk: int) -> HttpResponse:
    """The tree with its counts: alone for the page that asks each second, else as a page of its own."""
    document = issued_document(request, pk)
    context = {"document": document, **movement_context(request, document)}
    page = "documents/_movement.html" if wants_part(request) else "documents/document_movement.html"
    return render(request, page, context)


@require_GET
def document_recipients(request: HttpRequest, pk: int) -> HttpResponse:
    """Every recipient with its state and the statuses that it sent back, by name, state and level."""
    document = issued_document(request, pk)
    form = RecipientFilter(request.GET)
    rows = form.narrow(recipients_of(request.actor, document))
    page = page_of(request, rows, order=("agency__code", "pk"))
    recipients = [(row, told_events(row.told)) for row in page.rows]
    context = {"document": document, "filter": form, "pager": page, "recipients": recipients}
    return render_page(
        request, "documents/document_recipients.html", "documents/_recipient_rows.html", context
    )


def movement_context(request: HttpRequest, document: Document) -> dict[str, Any]:
    """What the tree shows; nothing for an agency that only received the document."""
    if document.agency_id != request.actor.agency_id:
        return {"movement": None}
    found = movement(document)
    pause = 0 if found.is_answered else WAITING if found.has_arrived else TRAVELLING
    return {"movement": found, "pause": pause}


def issued_document(request: HttpRequest, pk: int) -> Document:
    """A document that the actor's own agency issued and the actor may see."""
    actor: Actor = request.actor
    own = Document.objects.visible_to(actor).filter(agency_id=actor.agency_id, issued_at__isnull=False)
    return get_object_or_404(own.select_related("agency", "kind"), pk=pk)
