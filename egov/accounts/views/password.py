"""Changing a password, and setting the first one by invitation."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from egov.accounts.actions.accept_invitation import accept_invitation
from egov.accounts.actions.change_password import change_password
from egov.accounts.actions.invite import invite
from egov.accounts.forms import NewPasswordForm, PasswordChangeForm
from egov.accounts.login import invitation, sessions
from egov.accounts.login.address import address_of
from egov.accounts.login.password import proves_identity
from egov.accounts.models import User
from egov.accounts.person import Person
from egov.accounts.queries import own_account
from egov.accounts.views.performer import performer_of
from egov.workflow.refusal import Refusal


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    """The person changes their password; every other browser is signed out."""
    performer = performer_of(request)
    user = own_account(performer)
    form = PasswordChangeForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        if not proves_identity(request, user, form.cleaned_data["current"]):
            form.add_error("current", _("Mật khẩu đang dùng không đúng."))
        elif _changed(request, user, form):
            messages.success(request, _("Đã đổi mật khẩu. Các trình duyệt khác đã được đăng xuất."))
            return redirect("accounts:profile")
    return render(
        request,
        "accounts/password_change.html",
        {"form": form, "due": user.must_change_password},
        status=422 if form.errors else 200,
    )


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, name: str, proof: str) -> HttpResponse:
    """A person sets their password by the one-time link, then signs in with it."""
    user = invitation.invited_person(name, proof)
    if user is None:
        return render(request, "accounts/invitation_spent.html", status=410)
    form = NewPasswordForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        try:
            accept_invitation(
                Person(user=user, address=address_of(request)),
                user,
                proof=proof,
                password=form.cleaned_data["new"],
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã đặt mật khẩu. Hãy đăng nhập bằng mật khẩu mới."))
            return redirect("accounts:login")
    return render(
        request,
        "accounts/invitation_accept.html",
        {"form": form, "person": user},
        status=422 if form.errors else 200,
    )


@never_cache
@require_POST
def invitation_create(request: HttpRequest, pk: int) -> HttpResponse:
    """An administrator gets the link to hand to a person; it is shown once."""
    user = get_object_or_404(User, pk=pk)
    name, proof = invite(performer_of(request), user)
    link = request.build_absolute_uri(reverse("accounts:invitation_accept", args=[name, proof]))
    return render(request, "accounts/invitation_created.html", {"person": user, "link": link})


def _changed(request: HttpRequest, user: User, form: PasswordChangeForm) -> bool:
    try:
        changed = change_password(
            performer_of(request), user, password=form.cleaned_data["new"], here=request.session.session_key
        )
    except Refusal as refusal:
        form.add_error("new", str(refusal))
        return False
    before = request.session.session_key
    update_session_auth_hash(request, changed)
    sessions.follow_key(before, request.session.session_key)
    return True
