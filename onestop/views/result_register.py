"""The register of results of one's agency, by year: every number, whatever became of it."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from egov.web.htmx import render_page
from egov.web.pager import page_of
from onestop.queries.results import result_register

FIRST_YEAR = 2015  # the year in which the network began
PAGE, ROWS = "onestop/result_register.html", "onestop/_result_register_rows.html"


@require_GET
def result_register_page(request: HttpRequest) -> HttpResponse:
    """The newest number first."""
    years = list(range(timezone.localdate().year, FIRST_YEAR - 1, -1))
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0  # noqa: PLR2004
    year = year if year in years else years[0]
    entries = result_register(request.actor, year)
    context = {"years": years, "year": year, "pager": page_of(request, entries, order=("-number", "-pk"))}
    return render_page(request, PAGE, ROWS, context)
