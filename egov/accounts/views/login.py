"""Sign-in in two steps, and sign-out."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from egov.accounts.forms import CodeForm, LoginForm
from egov.accounts.login import sessions
from egov.accounts.login.address import address_of
from egov.accounts.login.otp import has_second_factor, verify_code
from egov.accounts.login.password import attempts_left, person_with_password
from egov.accounts.models import User
from egov.accounts.queries import own_account
from egov.accounts.views.performer import performer_of
from egov.audit.record import record
from egov.web.way_back import own_address
from egov.workflow.refusal import Refusal


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """First step: name and password; the second follows when the person has enrolled an authenticator."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(own_address(request, wanted))
    form = LoginForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        user = person_with_password(request, form.cleaned_data["username"], form.cleaned_data["password"])
        if user is not None:
            return _after_password(request, user, wanted)
        form.add_error(None, _wrong_password(request))
    return render(
        request,
        "accounts/login.html",
        {"form": form, "next": wanted},
        status=422 if form.errors else 200,
    )


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second_factor_verify(request: HttpRequest) -> HttpResponse:
    """Second step: an authenticator's code or a backup code; also raises a session that began without one."""
    waiting = sessions.waiting_for_second_step(request)
    if waiting is not None:
        user, wanted = waiting
    elif request.user.is_authenticated:
        user, wanted = own_account(performer_of(request)), request.GET.get("next", "")
    else:
        return redirect(settings.LOGIN_URL)
    if request.user.is_authenticated and not has_second_factor(user):
        return redirect("accounts:second_factor_enrol")
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            device = verify_code(user, form.cleaned_data["code"], address=address_of(request))
        except Refusal as refusal:
            form.add_error("code", str(refusal))
            status = refusal.status
        else:
            if request.user.is_authenticated:
                sessions.raise_to_second_factor(request, device)
                record(performer_of(request), "accounts.second_factor_given", user)
                return redirect(own_address(request, wanted))
            sessions.begin(request, user, device)
            return _into_the_office(request, user, wanted)
    elif form.errors:
        status = 422
    return render(request, "accounts/second_factor_verify.html", {"form": form}, status=status)


@login_not_required
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Sign out here."""
    if request.user.is_authenticated:
        performer = performer_of(request)
        record(performer, "accounts.signed_out", own_account(performer))
    sessions.end(request)
    return redirect(settings.LOGIN_URL)


def _after_password(request: HttpRequest, user: User, wanted: str) -> HttpResponse:
    if has_second_factor(user):
        sessions.wait_for_second_step(request, user, wanted)
        return redirect("accounts:second_factor_verify")
    sessions.begin(request, user)
    return _into_the_office(request, user, wanted)


def _into_the_office(request: HttpRequest, user: User, wanted: str) -> HttpResponse:
    """To the page that the person wanted, in the language that they read."""
    response = redirect(own_address(request, wanted))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        user.language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


def _wrong_password(request: HttpRequest) -> str:
    sentence = _("Tên đăng nhập hoặc mật khẩu không đúng.")
    left = attempts_left(request)
    if not left:
        return sentence
    warning = ngettext(
        "Còn %(left)d lần thử trước khi tạm khóa.", "Còn %(left)d lần thử trước khi tạm khóa.", left
    ) % {"left": left}
    return f"{sentence} {warning}"
