"""Filing what was prepared, and what the applicant holds in hand afterwards."""

from uuid import UUID

import structlog
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from egov.audit.record import record
from egov.files.store import read_checked
from egov.web.faults import is_away
from egov.workflow.performer import SYSTEM
from egov.workflow.refusal import NotPermitted, Refusal
from portal.actions.sign_receipt import sign_receipt
from portal.actions.submit_draft import submit_draft
from portal.forms.preparation import CHECK, Preparation
from portal.models import Citizen, FilingReceipt
from portal.views.draft_steps import changed_procedure, draft_page, own_draft, prepare, show_step

log = structlog.get_logger(__name__)


@draft_page
@require_POST
def draft_submit(request: HttpRequest, draft_pk: UUID) -> HttpResponse:
    """File it. Success is shown only by the page after: a lost answer shows none (rule 50), and sending the
    form again leads to the same dossier."""
    citizen, draft = own_draft(request, draft_pk)
    if draft.submitted_at is not None:
        return redirect("portal:draft_filed", draft_pk=draft.pk)
    prepared = prepare(citizen, draft)
    if isinstance(prepared, Refusal) or prepared.is_superseded:
        return changed_procedure(request, draft, prepared)
    objection = _objection(request, prepared)
    if objection is not None:
        return objection
    return _file(request, citizen, prepared)


def _file(request: HttpRequest, citizen: Citizen, prepared: Preparation) -> HttpResponse:
    draft = prepared.draft
    try:
        receipt = submit_draft(
            citizen, draft, submitted=prepared.submitted(), words=prepared.words(), at=timezone.now()
        )
    except NotPermitted:
        raise
    except Refusal as refusal:
        return show_step(request, prepared, CHECK, refusal=refusal, status=refusal.status)
    except DatabaseError as error:
        # The database as a whole being away has its own page, which says the same.
        if is_away(error):
            raise
        log.exception("filing_failed", draft=str(draft.pk))
        return render(request, "portal/filing_unavailable.html", {"draft": draft}, status=503)
    _sign_now(receipt)
    return redirect("portal:draft_filed", draft_pk=draft.pk)


def _objection(request: HttpRequest, prepared: Preparation) -> HttpResponse | None:
    """The check page once more when something is missing, was changed elsewhere, or was not declared."""
    if prepared.lacking:
        return show_step(request, prepared, CHECK, status=422)
    if request.POST.get("stand") != prepared.stand:
        changed = _("Hồ sơ đã được sửa ở cửa sổ hoặc thiết bị khác. Hãy xem lại rồi nộp.")
        return show_step(request, prepared, CHECK, refusal=changed, status=409)
    if request.POST.get("declared") != "yes":
        return show_step(request, prepared, CHECK, undeclared=True, status=422)
    return None


@draft_page
@require_safe
def draft_filed(request: HttpRequest, draft_pk: UUID) -> HttpResponse:
    """What was filed: its number, the secret of the lookup, the receipt, and what comes next."""
    _citizen, receipt = _own_receipt(request, draft_pk)
    return render(request, "portal/draft_filed.html", {"draft": receipt.draft, "receipt": receipt})


@draft_page
@require_safe
def draft_receipt(request: HttpRequest, draft_pk: UUID) -> HttpResponse:
    """The signed receipt; signed now where it was not yet. Raises what signing raises, as a page in words."""
    citizen, receipt = _own_receipt(request, draft_pk)
    if receipt.file is None:
        receipt = sign_receipt(SYSTEM, receipt, at=timezone.now())
    if receipt.file is None:
        raise Http404
    record(citizen, "portal.receipt_read", receipt)
    response = HttpResponse(read_checked(receipt.file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="xac-nhan-{receipt.number}.pdf"'
    return response


def _own_receipt(request: HttpRequest, draft_pk: UUID) -> tuple[Citizen, FilingReceipt]:
    citizen, draft = own_draft(request, draft_pk)
    receipt = (
        FilingReceipt.objects.visible_to(citizen).select_related("draft", "file").filter(draft=draft).first()
    )
    if receipt is None:
        raise Http404
    return citizen, receipt


def _sign_now(receipt: FilingReceipt) -> None:
    """Usually a tenth of a second; when it cannot be, the worker does it and the filing stands."""
    try:
        sign_receipt(SYSTEM, receipt, at=timezone.now())
    except Refusal as refusal:
        log.warning("receipt_not_signed", receipt=receipt.pk, reason=str(refusal))
