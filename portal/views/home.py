"""The front page: one box that finds everything, and what people come for most."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from onestop import public as onestop
from portal.caching import public_page
from portal.queries.front import month_figures, newest

PROCEDURES_SHOWN = 8


@require_safe
@public_page(seconds=60)
def home(request: HttpRequest) -> HttpResponse:
    """What people come for: find a procedure, see where a dossier is, file one, read what is new."""
    today = timezone.localdate()
    context = {
        "life_events": onestop.list_life_events(today),
        "most_used": onestop.most_used_procedures(today, PROCEDURES_SHOWN),
        "news": newest(get_language() or "", at=timezone.now()),
        "month": month_figures(),
    }
    return render(request, "portal/home.html", context)
