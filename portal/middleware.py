"""Who of the public is in front of the page."""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from egov.accounts.login.address import address_of
from portal.actions import citizen_session
from portal.models import Citizen


class CitizenMiddleware:
    """Sets ``request.citizen``: who has signed in with an electronic identity; empty (falsy) for all others.

    Read when first asked for, so a public page costs nothing and stays the same for everybody. It has
    nothing to do with ``request.user``: an official may also be signed in, in the same browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        read = cache(lambda: _read(request))
        request.citizen = SimpleLazyObject(read)  # type: ignore[attr-defined]
        request.read_citizen = read  # type: ignore[attr-defined]
        return self.get_response(request)


def signed_in(request: HttpRequest) -> Citizen | None:
    """The citizen of a request that has passed the middleware; None for a visitor."""
    citizen: Citizen | None = request.read_citizen()  # type: ignore[attr-defined]
    return citizen


def citizen_of(request: HttpRequest) -> Citizen:
    """The citizen on a page that is for citizens only."""
    citizen = signed_in(request)
    assert citizen is not None, "the view lacks @citizen_only"  # noqa: S101
    return citizen


def _read(request: HttpRequest) -> Citizen | None:
    key = request.COOKIES.get(settings.CITIZEN_COOKIE_NAME, "")
    if not key:
        return None
    return citizen_session.read(key, network_address=address_of(request), at=timezone.now())
