"""What is printed of a visit: slip of papers, notice of refusal, minutes, the register; and its closing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from complaints.actions.keep_print import print_visit_slip
from complaints.actions.visit_register import close_register
from complaints.models import ReceptionRefusal
from complaints.queries.visit_register import (
    FIRST_YEAR,
    FORM,
    HEADINGS,
    TITLE,
    closing_of,
    register_entries,
    register_pdf,
    register_rows,
    year_figures,
)
from complaints.queries.visits import VisitNotFound, read_visit
from complaints.rules import reception as law
from complaints.views.visits import reader
from egov.audit.record import record
from egov.files.views.download import PDF, POLICY_OF_PDF, file_response
from egov.web.pager import page_of

LONGEST_YEAR = 4
SHOWN_YEARS = 5


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A PDF made for this request, to be seen in the browser."""
    response = HttpResponse(content, content_type=PDF)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=False, filename=name) or "inline"
    )
    response["Content-Security-Policy"] = POLICY_OF_PDF
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def visit_slip(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The slip of papers that were taken, the same bytes at every print; each print is on record."""
    visit = read_visit(request.actor, pk)
    if visit.is_protected or not visit.papers.exists():
        raise VisitNotFound(_("Lượt tiếp này không có giấy tờ để lập giấy biên nhận."))
    kept = print_visit_slip(request.actor, visit, at=timezone.now())
    assert kept.file is not None  # noqa: S101  (printing gives one or refuses)
    return file_response(request, kept.file, f"bien-nhan-{visit.code}.pdf", inline=True)


@require_GET
def visit_notice(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The notice of a refusal, the same bytes at every print."""
    visit = read_visit(request.actor, pk)
    refusal = ReceptionRefusal.objects.filter(visit=visit).select_related("file").first()
    if refusal is None:
        raise VisitNotFound(_("Lượt tiếp này không bị từ chối."))
    record(request.actor, "complaints.print_refusal", visit)
    return file_response(request, refusal.file, f"tu-choi-{visit.code}.pdf", inline=True)


@require_GET
def visit_minutes_print(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The minutes: signed, or as they were printed for the visitor to hear."""
    visit = read_visit(request.actor, pk)
    minutes = getattr(visit, "minutes", None)
    if minutes is None:
        raise VisitNotFound(_("Lượt tiếp này chưa có biên bản."))
    record(request.actor, "complaints.print_minutes", visit)
    stored = minutes.signed_file or minutes.file
    return file_response(request, stored, f"bien-ban-{visit.code}.pdf", inline=True)


@require_GET
def visit_register(request: HttpRequest) -> HttpResponse:
    """One year with the form's columns, its totals, and whether it was closed."""
    actor = reader(request)
    year = _year(request)
    pager = page_of(request, register_entries(actor, year), order=("number",))
    today = timezone.localdate()
    context = {
        "title": TITLE,
        "form_words": FORM,
        "year": year,
        "years": range(today.year, max(FIRST_YEAR, today.year - SHOWN_YEARS) - 1, -1),
        "headings": HEADINGS,
        "pager": pager,
        # A number is one word: an identity number is never broken between two lines.
        "lines": [
            [(label, cell, cell.isdigit()) for label, cell in zip(HEADINGS, line, strict=True)]
            for line in register_rows(pager.rows)
        ],
        "figures": year_figures(actor.agency, year),
        "closing": closing_of(actor.agency, year),
        "may_close": year < today.year and bool(law.may_close_register(actor, actor.agency)),
        "tab": "register",
    }
    return render(request, "complaints/visit_register.html", context)


@require_GET
def visit_register_print(request: HttpRequest) -> HttpResponseBase:
    """The whole year as PDF/A; a closed one as it was closed."""
    actor = reader(request)
    year = _year(request)
    name = f"so-tiep-cong-dan-{year}.pdf"
    closing = closing_of(actor.agency, year)
    if closing is not None:
        record(actor, "complaints.print_visit_register", str(TITLE), year=year)
        return file_response(request, closing.file, name, inline=True)
    return pdf_response(register_pdf(actor, year), name)


@require_POST
def visit_register_close(request: HttpRequest) -> HttpResponse:
    """Close a year that is over."""
    actor = reader(request)
    year = _year(request)
    close_register(actor, actor.agency, year=year, at=timezone.now())
    messages.success(request, _("Đã khóa sổ tiếp công dân năm %(year)s.") % {"year": year})
    return redirect("complaints:visit_register")


def _year(request: HttpRequest) -> int:
    text = (request.POST if request.method == "POST" else request.GET).get("year", "")
    today = timezone.localdate().year
    year = int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_YEAR else today
    return year if FIRST_YEAR <= year <= today else today
