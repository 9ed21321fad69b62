"""Linking an authenticator, and backup codes."""

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from egov.accounts import rules
from egov.accounts.actions.enrol_second_factor import enrol_second_factor, offered_device
from egov.accounts.actions.regenerate_backup_codes import regenerate_backup_codes
from egov.accounts.actions.reset_second_factor import reset_second_factor
from egov.accounts.forms import ConfirmPasswordForm, EnrolForm
from egov.accounts.login import sessions
from egov.accounts.login.otp import grouped_key
from egov.accounts.login.password import proves_identity
from egov.accounts.models import User
from egov.accounts.queries import own_account, own_second_factor
from egov.accounts.views.performer import performer_of
from egov.web.way_back import way_back
from egov.workflow.refusal import NotPermitted, Refusal


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def second_factor_enrol(request: HttpRequest) -> HttpResponse:
    """Scan, type the first code, receive the backup codes."""
    performer = performer_of(request)
    user = own_account(performer)
    verdict = rules.may_enrol_second_factor(performer, user)
    if not verdict:
        raise NotPermitted(verdict.reason)
    form = EnrolForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        codes = _enrolled(request, user, form)
        if codes is not None:
            return _show_codes(request, codes)
    device = offered_device(user)
    return render(
        request,
        "accounts/second_factor_enrol.html",
        {
            "form": form,
            "picture": _picture(device.config_url),
            "key": grouped_key(device),
            "replaces": own_second_factor(performer).enrolled,
        },
        status=422 if form.errors else 200,
    )


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def backup_codes(request: HttpRequest) -> HttpResponse:
    """How many backup codes are left; new ones in their place."""
    performer = performer_of(request)
    user = own_account(performer)
    form = ConfirmPasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if proves_identity(request, user, form.cleaned_data["current"]):
            return _show_codes(request, regenerate_backup_codes(performer, user))
        form.add_error("current", _("Mật khẩu đang dùng không đúng."))
    return render(
        request,
        "accounts/backup_codes.html",
        {"form": form, "second_factor": own_second_factor(performer), "verified": performer.second_factor},
        status=422 if form.errors else 200,
    )


@require_POST
def second_factor_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """An administrator takes away a second factor that its owner has lost."""
    user = reset_second_factor(performer_of(request), get_object_or_404(User, pk=pk))
    messages.success(
        request,
        _("Đã gỡ xác thực hai lớp của %(person)s. Người này cần liên kết lại trước khi ký văn bản.")
        % {"person": user.full_name},
    )
    return redirect(way_back(request))


def _enrolled(request: HttpRequest, user: User, form: EnrolForm) -> list[str] | None:
    if not proves_identity(request, user, form.cleaned_data["current"]):
        form.add_error("current", _("Mật khẩu đang dùng không đúng."))
        return None
    try:
        device, codes = enrol_second_factor(
            performer_of(request), user, code=form.cleaned_data["code"], here=request.session.session_key
        )
    except Refusal as refusal:
        form.add_error("code", str(refusal))
        return None
    sessions.raise_to_second_factor(request, device)
    return codes


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "accounts/backup_codes_shown.html", {"codes": codes})


def _picture(address: str) -> SafeString:
    """The QR code as inline SVG: no style attribute, nothing to load, sharp at any size."""
    picture = segno.make(address, error="l").svg_inline(
        border=4,
        light="#fff",
        omitsize=True,
        svgclass="qr",
        lineclass=None,
        title=_("Mã QR để liên kết ứng dụng xác thực"),
    )
    return mark_safe(picture)  # noqa: S308  (segno's own drawing; the address appears in it as squares only)
