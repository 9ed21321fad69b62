"""The register of dossiers, by month: as a page, as PDF for binding."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from egov.files.views.download import PDF, POLICY_OF_PDF
from egov.organizations.actor import Actor
from egov.web.pager import page_of
from egov.workflow.refusal import NotPermitted
from onestop.queries.dossier_register import (
    FIRST_YEAR,
    HEADINGS,
    TITLE,
    Month,
    register_entries,
    register_pdf,
    register_rows,
)

MONTHS = range(12, 0, -1)
SHOWN_YEARS = 2


@require_GET
def dossier_register(request: HttpRequest) -> HttpResponse:
    """One month with the form's columns."""
    actor, month = _asked(request)
    pager = page_of(request, register_entries(actor, month), order=("received_at", "pk"))
    lines = register_rows(pager.rows)
    context = {
        "title": TITLE,
        "month": month,
        "months": _months(),
        "headings": HEADINGS[1:],
        "pager": pager,
        # The number of a line is that of the bound book; a page of a list has no numbers.
        "lines": [list(zip(HEADINGS[1:], line[1:], strict=True)) for line in lines],
    }
    return render(request, "onestop/dossier_register.html", context)


@require_GET
def dossier_register_print(request: HttpRequest) -> HttpResponse:
    """The whole month as PDF/A."""
    actor, month = _asked(request)
    response = HttpResponse(register_pdf(actor, month), content_type=PDF)
    name = f"so-theo-doi-ho-so-{month.first:%Y-%m}.pdf"
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=False, filename=name) or "inline"
    )
    response["Content-Security-Policy"] = POLICY_OF_PDF
    return response


def _asked(request: HttpRequest) -> tuple[Actor, Month]:
    if not isinstance(request.actor, Actor):
        raise NotPermitted(_("Hãy chọn chức vụ đang giữ để xem sổ theo dõi hồ sơ."))
    return request.actor, Month.parse(request.GET.get("month", ""), timezone.localdate())


def _months() -> list[Month]:
    """Those that can be chosen, this one first; older ones by address."""
    today = timezone.localdate()
    years = range(today.year, max(FIRST_YEAR, today.year - SHOWN_YEARS) - 1, -1)
    months = [Month(year, month) for year in years for month in MONTHS]
    return [month for month in months if month.first <= today]
