"""The person's own page: contact details, security, where they are signed in, language."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from egov.accounts.actions.edit_profile import choose_language, edit_profile
from egov.accounts.actions.end_session import end_other_sessions, end_session
from egov.accounts.forms import ProfileForm
from egov.accounts.models import UserSession
from egov.accounts.queries import own_account, own_second_factor, own_sessions
from egov.accounts.views.performer import performer_of


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, positions, contact details, and how the account is protected."""
    performer = performer_of(request)
    user = own_account(performer)
    form = ProfileForm(
        request.POST if request.method == "POST" else None, initial={"email": user.email, "phone": user.phone}
    )
    if form.is_valid():
        edit_profile(performer, user, **form.cleaned_data)
        messages.success(request, _("Đã lưu thông tin liên hệ."))
        return redirect("accounts:profile")
    return render(
        request,
        "accounts/profile.html",
        {
            "form": form,
            "person": user,
            "second_factor": own_second_factor(performer),
            "verified": performer.second_factor,
            "sessions": len(own_sessions(performer, current_key=request.session.session_key)),
        },
        status=422 if form.errors else 200,
    )


def session_list(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in."""
    lines = own_sessions(performer_of(request), current_key=request.session.session_key)
    return render(
        request,
        "accounts/session_list.html",
        {"sessions": lines, "elsewhere": sum(not line.here for line in lines)},
    )


@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out in one browser; one that has ended, or is another person's, looks the same from here."""
    performer = performer_of(request)
    session = UserSession.objects.filter(pk=pk, user=own_account(performer)).first()
    if session is not None:
        end_session(performer, session)
    messages.success(request, _("Đã đăng xuất khỏi trình duyệt đó."))
    return redirect("accounts:session_list")


@require_POST
def session_end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    performer = performer_of(request)
    ended = end_other_sessions(performer, own_account(performer), here=request.session.session_key)
    messages.success(
        request,
        ngettext(
            "Đã đăng xuất khỏi %(count)d trình duyệt khác.",
            "Đã đăng xuất khỏi %(count)d trình duyệt khác.",
            ended,
        )
        % {"count": ended},
    )
    return redirect("accounts:session_list")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language of the pages; remembered with the account, so that it holds on every machine."""
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        performer = performer_of(request)
        choose_language(performer, own_account(performer), language=chosen)
    return set_language(request)
