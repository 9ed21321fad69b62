"""The one search box: documents by number, abstract, agencies, people; what other apps find below."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from documents.queries import queues
from egov.audit.record import record
from egov.search.query import matching
from egov.web.finding import found_with

SHOWN = 30
WORDS_LENGTH = 200


@require_GET
def search_results(request: HttpRequest) -> HttpResponse:
    """The newest of each kind; the lists, with the same words, show the rest."""
    words = request.GET.get("q", "").replace("\0", " ").strip()[:WORDS_LENGTH]
    actor = request.actor
    deliveries, documents = [], []
    if words:
        incoming = matching(queues.incoming(actor), words, vector="document__search")
        deliveries = list(incoming.order_by("-arrived_at", "-pk")[: SHOWN + 1])
        documents = list(matching(queues.outgoing(actor), words).order_by("-created_at", "-pk")[: SHOWN + 1])
        record(actor, "documents.search", words)
    context = {
        "search_words": words,
        "deliveries": deliveries[:SHOWN],
        "more_deliveries": len(deliveries) > SHOWN,
        "documents": documents[:SHOWN],
        "more_documents": len(documents) > SHOWN,
        "findings": found_with(actor, words) if words else [],
    }
    return render(request, "documents/search_results.html", context)
