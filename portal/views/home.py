"""The front page: one box that finds everything, and what people come for most."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onestop import public as onestop
from portal.caching import public_page


@require_safe
@public_page(seconds=60)
def home(request: HttpRequest) -> HttpResponse:
    """What people come for: find a procedure, see where a dossier is, file one, read what is new."""
    return render(
        request, "portal/home.html", {"life_events": onestop.list_life_events(timezone.localdate())}
    )
