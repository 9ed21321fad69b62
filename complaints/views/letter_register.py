"""The registers of letters, by series and year: as a page, as PDF for binding."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from complaints.enums import Series
from complaints.queries.letter_register import (
    BOOKS,
    HEADINGS,
    counts,
    register_entries,
    register_pdf,
    register_rows,
)
from complaints.views.reading import reads_once
from egov.audit.record import record
from egov.files.views.download import PDF, POLICY_OF_PDF
from egov.organizations.actor import Actor
from egov.web.pager import page_of
from egov.workflow.refusal import NotPermitted

SHOWN_YEARS = 3
FIRST_YEAR = 2012


@require_GET
@reads_once
def letter_register(request: HttpRequest) -> HttpResponse:
    """One register of one year, as it was entered; the read is on record, as it shows names."""
    actor, series, year = _asked(request)
    entries = register_entries(actor, series, year)
    pager = page_of(request, entries, order=("number",))
    record(actor, "complaints.read_register", f"{series} {year}")
    this_year = timezone.localdate().year
    context = {
        "series": series,
        "books": BOOKS,
        "year": year,
        "years": range(this_year, this_year - SHOWN_YEARS, -1),
        "headings": HEADINGS,
        "pager": pager,
        "total": counts(entries),
        "lines": [list(zip(HEADINGS, line, strict=True)) for line in register_rows(pager.rows)],
    }
    return render(request, "complaints/letter_register.html", context)


@require_GET
def letter_register_print(request: HttpRequest) -> HttpResponse:
    """The whole year as PDF/A."""
    actor, series, year = _asked(request)
    response = HttpResponse(register_pdf(actor, series, year), content_type=PDF)
    name = f"so-{series.value}-{year}.pdf"
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=False, filename=name) or "inline"
    )
    response["Content-Security-Policy"] = POLICY_OF_PDF
    return response


def _asked(request: HttpRequest) -> tuple[Actor, Series, int]:
    """Actor, register and year; what makes no sense is the register of letters of this year."""
    if not isinstance(request.actor, Actor):
        raise NotPermitted(_("Hãy chọn chức vụ đang giữ để xem sổ đơn."))
    wanted = request.GET.get("series", "")
    series = next((one for one in BOOKS if one.value == wanted), Series.LETTERS)
    today, text = timezone.localdate(), request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today.year  # noqa: PLR2004
    return request.actor, series, year if FIRST_YEAR <= year <= today.year else today.year
