"""The published late list: agencies and numbers, a month at a time, nothing of a person or a dossier."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.caching import public_page
from portal.queries.late_list import shown_month


@require_safe
@public_page(seconds=3600)
def late_list(request: HttpRequest) -> HttpResponse:
    """Results that came late and apologies, by agency; closed months never change."""
    months, month = shown_month(request.GET.get("month", ""))
    return render(request, "portal/late_list.html", {"months": months[:24], "month": month})
