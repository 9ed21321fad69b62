"""Works out who acts in this request."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from egov.accounts.login.address import address_of
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.duties import duties_of, with_duties
from egov.organizations.models import Membership
from egov.workflow.middleware import refusal_page
from egov.workflow.refusal import NotPermitted

SESSION_KEY = "membership"
# Apps whose pages need no position: one's own account, and whether the site is alive.
WITHOUT_POSITION = frozenset({"accounts", "web"})


class NoPosition(NotPermitted):
    """The account is sound, but no agency has appointed its holder today."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Tài khoản của Quý vị hiện không giữ chức vụ nào trong cơ quan. "
                "Hãy liên hệ quản trị cơ quan để được bổ nhiệm trên hệ thống."
            )
        )


class ActorMiddleware:
    """Sets ``request.actor``: the chosen position of the signed-in person, else their first one of today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _arguments: object, _keywords: object
    ) -> HttpResponse | None:
        """Who has signed in but serves nowhere today keeps their own account's pages, and the public's."""
        actor = acting(request)
        match = request.resolver_match
        if (
            isinstance(actor, Actor)
            or actor.user is None
            or match is None
            or match.app_name in WITHOUT_POSITION
            or settings.PUBLIC_NAMESPACE in match.namespaces
        ):
            return None
        return refusal_page(request, NoPosition())


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
    today = timezone.localdate()
    held = Membership.objects.current(today).filter(user=user).select_related("agency", "department")
    chosen = request.session.get(SESSION_KEY)
    memberships = list(with_duties(held, today))
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
        duties=duties_of(membership),
    )
