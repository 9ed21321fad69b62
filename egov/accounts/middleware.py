"""What holds for every request: where it comes from, whether the sign-in lasts, what is due first."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from egov.accounts.login import sessions
from egov.accounts.login.address import client_address


class ClientAddressMiddleware:
    """Puts the person's address where everything looks for it, when the peer is a proxy of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        peer = request.META.get("REMOTE_ADDR", "")
        request.META["REMOTE_ADDR"] = client_address(peer, request.META.get("HTTP_X_FORWARDED_FOR", ""))
        return self.get_response(request)


class AccountMiddleware:
    """Ends sign-ins that have lasted long enough; a password given out must be changed before all else."""

    # Open to a person who must change their password: the change itself, the way out, the language.
    OPEN = frozenset({"accounts:password_change", "accounts:logout", "accounts:language"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        if user.is_authenticated and not sessions.keep(request, user):
            messages.info(request, _("Phiên làm việc đã hết hạn. Hãy đăng nhập lại."))
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Send the person to the password page when that is due."""
        user: Any = request.user
        if not (user.is_authenticated and user.must_change_password):
            return None
        if request.resolver_match is not None and request.resolver_match.view_name in self.OPEN:
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": reverse("accounts:password_change")})
        return redirect("accounts:password_change")
