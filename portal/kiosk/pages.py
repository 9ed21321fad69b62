"""The board's first page, procedures, the late list, and the reset that forgets whoever stood there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST, require_safe

from egov.organizations.models import Agency
from onestop import public as onestop
from portal.kiosk.forms import MOST_LETTERS
from portal.kiosk.frame import kiosk_page, show
from portal.kiosk.paper import for_print
from portal.queries.checklist import checklist_pdf
from portal.queries.fee_words import fee_words
from portal.queries.late_list import shown_month
from portal.queries.qr_picture import qr_picture

MOST_SHOWN = 20
# Kept by the browser of the board and told to go with the person.
ALL_KEPT = '"cookies", "storage", "cache"'
OWN_PAGES = {"same-origin", "none", ""}


@require_safe
@kiosk_page
def kiosk_home(request: HttpRequest, agency: Agency) -> HttpResponse:
    """What one can do here, as large fields to touch."""
    return show(request, agency, "portal/kiosk/_home.html", {})


@require_POST
@kiosk_page
def kiosk_reset(request: HttpRequest, agency: Agency) -> HttpResponse:
    """Forget the person who stood there: session, cookies, storage and cache of this browser (rule 58).

    Asked for by another site's page, it clears nothing: nobody is signed out by a link.
    """
    response = redirect("portal:kiosk_home", code=agency.code)
    if request.headers.get("Sec-Fetch-Site", "") not in OWN_PAGES:
        return response
    if request.COOKIES:
        request.session.flush()
    for name in request.COOKIES:
        response.delete_cookie(name)
    response["Clear-Site-Data"] = ALL_KEPT
    return response


@require_safe
@kiosk_page
def kiosk_procedures(request: HttpRequest, agency: Agency) -> HttpResponse:
    """Procedures by words without accents or by code, the list changing with every key."""
    today = timezone.localdate()
    text = " ".join(request.GET.get("q", "")[:MOST_LETTERS].split())
    found = onestop.find_procedures(text, today) if text else onestop.most_used_procedures(today, MOST_SHOWN)
    context = {"text": text, "found": found[:MOST_SHOWN], "more": len(found) > MOST_SHOWN}
    part = "_procedure_hits.html" if "hits" in request.GET else "_procedures.html"
    return show(request, agency, f"portal/kiosk/{part}", context)


@require_safe
@kiosk_page
def kiosk_procedure(request: HttpRequest, agency: Agency, procedure_code: str) -> HttpResponse:
    """What to bring, how long, how much; the rest goes home by the QR code on the screen."""
    detail = onestop.procedure(procedure_code, timezone.localdate())
    case = _case(detail, request.GET.get("case", ""))
    on_portal = request.build_absolute_uri(reverse("portal:procedure_detail", args=[detail.entry.door]))
    context = {
        "detail": detail,
        "case": case,
        "fees": [(fee, fee_words(fee)) for fee in case.fees] if case else [],
        "on_portal": on_portal,
        "qr": _drawn(on_portal),
    }
    return show(request, agency, "portal/kiosk/_procedure.html", context)


@require_safe
@kiosk_page
def kiosk_checklist(request: HttpRequest, agency: Agency, procedure_code: str) -> HttpResponse:  # noqa: ARG001
    """What to bring, on paper from the board's printer."""
    today = timezone.localdate()
    detail = onestop.procedure(procedure_code, today)
    case = _case(detail, request.GET.get("case", ""))
    if case is None:
        raise Http404
    address = request.build_absolute_uri(reverse("portal:procedure_detail", args=[detail.entry.door]))
    return for_print(checklist_pdf(detail, case, "", address=address, on=today), "chuan-bi-ho-so.pdf")


@require_safe
@kiosk_page
def kiosk_late(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The published late list, agencies only."""
    months, month = shown_month(request.GET.get("month", ""))
    return show(request, agency, "portal/kiosk/_late.html", {"months": months[:3], "month": month})


def _case(detail: onestop.ProcedureDetail, text: str) -> onestop.CaseEntry | None:
    """The case asked for, else the first."""
    asked = [case for case in detail.cases if str(case.id) == text]
    return next(iter([*asked, *detail.cases]), None)


def _drawn(text: str) -> SafeString:
    return mark_safe(qr_picture(text))  # noqa: S308  (drawn here, of an address of ours)
