"""Works out who acts in this request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from egov.accounts.login.address import address_of
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.models import Membership

SESSION_KEY = "membership"


class ActorMiddleware:
    """Sets ``request.actor``: the chosen position of the signed-in person, else their first one of today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def acting(request: HttpRequest) -> Actor | SignedOut:
    """Who acts in a request that has passed the middleware."""
    actor: Actor | SignedOut = request.actor  # type: ignore[attr-defined]
    return actor


def actor_of(request: HttpRequest) -> Actor | SignedOut:
    """The actor of a request; positions are read anew each time, so an ended one ends at once."""
    address = address_of(request)
    user = request.user
    if not user.is_authenticated:
        return SignedOut(address=address)
    held = (
        Membership.objects.current(timezone.localdate())
        .filter(user=user)
        .select_related("agency", "department")
    )
    chosen = request.session.get(SESSION_KEY)
    memberships = list(held)
    if not memberships:
        return SignedOut(address=address, user=user, user_id=user.pk)
    membership = next((one for one in memberships if one.pk == chosen), memberships[0])
    return Actor(
        user=user,
        membership=membership,
        agency=membership.agency,
        second_factor=bool(user.is_verified()),  # type: ignore[attr-defined]  # added by django-otp
        address=address,
        positions=tuple(memberships),
    )
