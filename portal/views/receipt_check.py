"""Anybody checks a receipt of an online filing: the PDF, and the files that it should list."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from egov.accounts.login.address import address_of
from egov.workflow.refusal import Refusal
from portal.queries.receipt_check import ReceiptCheck, check_receipt
from portal.throttles import count_one

TEMPLATE = "portal/receipt_check.html"


@login_not_required
@require_http_methods(["GET", "POST"])
def receipt_check(request: HttpRequest) -> HttpResponse:
    """Works without scripts and without a sign-in; what is sent is looked at and forgotten."""
    context: dict[str, object] = {"found": None, "refusal": None, "most": settings.FILES_MAX_BYTES}
    if request.method == "GET":
        return render(request, TEMPLATE, context)
    try:
        context["found"] = _checked(request)
    except Refusal as refusal:
        context["refusal"] = refusal
        return render(request, TEMPLATE, context, status=refusal.status)
    return render(request, TEMPLATE, context)


def _checked(request: HttpRequest) -> ReceiptCheck:
    count_one("receipt_check", address_of(request), settings.RECEIPT_CHECKS)
    pdf = request.FILES.get("receipt")
    if pdf is None:
        raise NothingToCheck
    files = [(file.name or "", file) for file in request.FILES.getlist("files")]
    return check_receipt(pdf, pdf.name or "", files, at=timezone.now())  # type: ignore[arg-type]  # streams of bytes


class NothingToCheck(Refusal):
    """The receipt itself is missing."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Hãy chọn tệp PDF của giấy xác nhận."))
