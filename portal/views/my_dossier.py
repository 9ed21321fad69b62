"""One dossier of the citizen's own: where it stands, and everything that is theirs to do with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from egov.workflow.refusal import Refusal
from onestop import public as onestop
from portal.forms.my_dossier import SupplementForm, WithdrawalForm
from portal.forms.rating import RatingForm
from portal.middleware import citizen_of
from portal.models import Citizen
from portal.queries import my_dossiers as own
from portal.queries.my_dossiers import identity_of
from portal.views.citizen_only import citizen_only
from portal.views.unsent import citizen_form, typed_before

FORM_REFUSED = 422


@require_safe
@citizen_only
def my_dossier(request: HttpRequest, code: str) -> HttpResponse:
    """Status and way in plain words, papers, slips, results, and the next step."""
    return _page(request, citizen_of(request), code)


@require_POST
@citizen_only
def my_supplement(request: HttpRequest, code: str) -> HttpResponse:
    """Send all the papers that were asked for at once; success is shown by the page after, never before."""
    citizen = citizen_of(request)
    asked = _waiting(own.my_dossier(citizen, code))
    if asked is None:
        messages.info(request, _("Hồ sơ này không chờ bổ sung giấy tờ."))
        return redirect("portal:my_dossier", code)
    form = SupplementForm(request.POST, request.FILES, asked=asked)
    if not form.is_valid():
        return _page(request, citizen, code, supplement=form, status=FORM_REFUSED)
    try:
        onestop.send_supplement(identity_of(citizen), code, form.files_sent(), at=timezone.now())
    except Refusal as refusal:
        return _page(request, citizen, code, supplement=form, refusal=refusal)
    messages.success(request, _("Đã nhận đủ giấy tờ bổ sung. Thời gian giải quyết được tính tiếp."))
    return redirect("portal:my_dossier", code)


@require_POST
@citizen_only
def my_payment(request: HttpRequest, code: str) -> HttpResponse:
    """The way to the gateway's page, as a link: people see that they are about to leave the portal."""
    citizen = citizen_of(request)
    try:
        page = onestop.my_payment_page(identity_of(citizen), code, at=timezone.now())
    except onestop.DossierUnknown:
        raise
    except Refusal as refusal:
        return _page(request, citizen, code, refusal=refusal)
    return render(request, "portal/my_payment.html", {"code": code, "page_to_pay": page})


@require_http_methods(["GET", "HEAD", "POST"])
@citizen_form
def my_withdrawal(request: HttpRequest, code: str) -> HttpResponse:
    """Take the dossier back, with a reason, while nothing is decided."""
    citizen = citizen_of(request)
    dossier = own.my_dossier(citizen, code)
    form = WithdrawalForm(request.POST if request.method == "POST" else None, initial=typed_before(request))
    refusal, status = "", FORM_REFUSED if form.errors else 200
    if form.is_bound and form.is_valid():
        try:
            onestop.withdraw(identity_of(citizen), code, at=timezone.now(), **form.cleaned_data)
        except Refusal as refused:
            refusal, status = str(refused), refused.status
        else:
            messages.success(request, _("Đã rút hồ sơ."))
            return redirect("portal:my_dossier", code)
    context = {"dossier": dossier, "it": dossier.standing, "form": form, "refusal": refusal}
    return render(request, "portal/my_withdrawal.html", context, status=status)


@sensitive_post_parameters("comment")
@require_http_methods(["GET", "HEAD", "POST"])
@citizen_form
def my_rating(request: HttpRequest, code: str) -> HttpResponse:
    """Say how satisfied one was with a stage, once, unknown to whom it is about (rule 57)."""
    citizen, at = citizen_of(request), timezone.now()
    sheet = onestop.my_rating_sheet(citizen.personal_number, code, at=at)
    given = request.POST if request.method == "POST" else None
    form = RatingForm(given, sheet=sheet, initial=typed_before(request))
    refusal, status = "", FORM_REFUSED if form.errors else 200
    if form.is_bound and form.is_valid():
        try:
            onestop.my_rate(identity_of(citizen), code, at=at, **form.given())
        except Refusal as refused:
            refusal, status = str(refused), refused.status
        else:
            messages.success(request, _("Cảm ơn Quý vị. Đánh giá đã được ghi nhận."))
            return redirect("portal:my_dossier", code)
    context = {"form": form, "sheet": sheet, "code": code, "refusal": refusal}
    return render(request, "portal/my_rating.html", context, status=status)


@require_safe
@citizen_only
def my_result(request: HttpRequest, code: str, result_id: int) -> HttpResponse:
    """The file of a result as it was signed."""
    return _download(own.my_result(citizen_of(request), code, result_id))


@require_safe
@citizen_only
def my_slip(request: HttpRequest, code: str, slip_id: int) -> HttpResponse:
    """A slip that the agency has issued: receipt, request for papers, refusal."""
    identity = identity_of(citizen_of(request))
    return _download(onestop.my_slip(identity, code, slip_id, at=timezone.now()))


def _page(
    request: HttpRequest,
    citizen: Citizen,
    code: str,
    *,
    supplement: SupplementForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = own.my_dossier_page(citizen, code)
    asked = _waiting(shown.dossier)
    context = {
        "dossier": shown.dossier,
        "it": shown.dossier.standing,
        "asked": asked,
        "form": supplement or (SupplementForm(asked=asked) if asked else None),
        "course": shown.course,
        "slips": shown.slips,
        "may_rate": shown.may_rate,
        "refusal": str(refusal) if refusal else "",
    }
    return render(request, "portal/my_dossier.html", context, status=refusal.status if refusal else status)


def _waiting(dossier: onestop.OwnDossier) -> onestop.RequestedSupplement | None:
    return next((asked for asked in dossier.supplements if asked.is_waiting), None)


def _download(file: onestop.ResultFile) -> HttpResponse:
    response = HttpResponse(file.content, content_type=file.media_type)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=file.name) or "attachment"
    )
    return response
