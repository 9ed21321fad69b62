"""The one search: what there is for a text, and what each of it is."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from egov.web.htmx import render_page
from portal.caching import public_page
from portal.enums import FindableKind
from portal.queries.finding import MOST_LETTERS, find

SHOWN = 40
PAGE, PART = "portal/find.html", "portal/_find_hits.html"


@require_safe
@public_page(seconds=60)
def find_page(request: HttpRequest) -> HttpResponse:
    """Best first; ``kind`` in the address narrows it to one kind of thing."""
    text, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    kinds = [FindableKind(kind)] if kind in FindableKind else []
    found = find(text, language=get_language() or "", kinds=kinds, limit=SHOWN)
    context = {
        "found": found,
        "kind": kinds[0] if kinds else None,
        "is_cut": len(text) > MOST_LETTERS,
        "limit": MOST_LETTERS,
    }
    return render_page(request, PAGE, PART, context)
