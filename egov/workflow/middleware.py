"""A refusal becomes a page in words, never a stack trace."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from egov.web.htmx import wants_part
from egov.web.way_back import way_back
from egov.workflow.refusal import Refusal


class RefusalMiddleware:
    """Shows what an action said where no view did; a view with a form shows it beside what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The refusal's own sentence and status; any other exception stays what it is."""
        return refusal_page(request, exception) if isinstance(exception, Refusal) else None


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal in words with a way back; for a part of a page, only the words."""
    if wants_part(request):
        alert = {"kind": "refused", "text": refusal.sentence}
        response = render(request, "components/c_alert.html", alert, status=refusal.status)
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML"
        return response
    match = request.resolver_match
    is_public = match is not None and settings.PUBLIC_NAMESPACE in match.namespaces
    context = {
        "frame": "base/citizen.html" if is_public else "base/office.html",
        "sentence": refusal.sentence,
        "back_url": way_back(request),
    }
    return render(request, "refused.html", context, status=refusal.status)
