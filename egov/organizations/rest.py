"""Who comes in at the machine door: a system with the key of one position, never a browser's session.

``Authorization: Bearer <prefix>.<secret>``. Nothing is read from cookies, so there is nothing to forge
across sites, and no second factor: what asks for one is refused here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import structlog
from django.utils import timezone
from django.utils.translation import gettext as _
from redis.exceptions import RedisError
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, Throttled
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from egov.accounts.login.address import address_of
from egov.accounts.models import User
from egov.organizations.actor import Actor
from egov.organizations.models import MachineKey
from egov.organizations.queries.machine_keys import key_with_prefix, note_use, position_of

if TYPE_CHECKING:
    # The framework's views ask the settings for the classes below while they are being read themselves.
    from rest_framework.views import APIView

BEARER = re.compile(r"Bearer +(?P<prefix>egov-[0-9a-f]{12})\.(?P<secret>[A-Za-z0-9_-]{43})", re.IGNORECASE)
# Compared with where no key has the prefix: the answer takes as long as for a wrong secret.
NO_KEY = MachineKey(secret_sha256="0" * 64)
log = structlog.get_logger(__name__)


class MachineKeyAuthentication(BaseAuthentication):
    """The key's position of this very moment becomes ``request.actor``."""

    def authenticate(self, request: Request) -> tuple[User, MachineKey]:
        """Raises NotAuthenticated, AuthenticationFailed, or Throttled after too many wrong keys."""
        header = request.META.get("HTTP_AUTHORIZATION", "")
        if not header:
            raise NotAuthenticated(_("Thiếu khóa kết nối: gửi kèm tiêu đề Authorization: Bearer <khóa>."))
        try:
            key, actor = _admitted(request, header)
        except AuthenticationFailed:
            WrongKeyThrottle().count(request)
            raise
        request._request.actor = actor  # type: ignore[attr-defined]
        return actor.user, key

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002
        """What makes a refusal a 401 (RFC 6750)."""
        return 'Bearer realm="egov"'


def _admitted(request: Request, header: str) -> tuple[MachineKey, Actor]:
    said = BEARER.fullmatch(header.strip())
    key = key_with_prefix(said["prefix"]) if said else None
    if not (key or NO_KEY).opens_with(said["secret"] if said else "") or key is None:
        raise AuthenticationFailed(_("Khóa kết nối không đúng."))
    # Only who knows the secret is told more.
    if key.revoked_at is not None:
        raise AuthenticationFailed(
            _("Khóa kết nối đã bị thu hồi. Hãy đề nghị quản trị cơ quan cấp khóa mới.")
        )
    now = timezone.now()
    position = position_of(key, now)
    if position is None:
        raise AuthenticationFailed(
            _("Vị trí văn thư gắn với khóa kết nối, hoặc cơ quan, đã kết thúc hoạt động.")
        )
    note_use(key, now)
    actor = Actor(
        user=position.user,
        membership=position,
        agency=position.agency,
        address=address_of(request._request),
        machine_key=key.prefix,
    )
    return key, actor


def calling(request: Request) -> Actor:
    """Who acts in a request that the key has let in."""
    actor: Actor = request._request.actor  # type: ignore[attr-defined]
    return actor


class _Throttle(SimpleRateThrottle):
    """Counts in Valkey; while that is away nobody is held up, because delivery matters more."""

    def allow_request(self, request: Request, view: APIView | None) -> bool:
        try:
            return bool(super().allow_request(request, view))  # type: ignore[arg-type]  # no view is needed
        except RedisError as error:
            log.warning("throttle_unreachable", error=str(error))
            return True


class MachineKeyThrottle(_Throttle):
    """So many requests a minute for one key."""

    scope = "machine_key"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:  # noqa: ARG002
        key = request.auth
        return f"throttle_{self.scope}_{key.prefix}" if isinstance(key, MachineKey) else None


class WrongKeyThrottle(_Throttle):
    """So many wrong keys a minute from one address; right keys from there are not held up."""

    scope = "wrong_machine_key"

    def get_cache_key(self, request: Request, view: APIView | None) -> str:  # noqa: ARG002
        return f"throttle_{self.scope}_{address_of(request._request)}"

    def count(self, request: Request) -> None:
        """Count one more. Raises Throttled when there were too many."""
        if not self.allow_request(request, None):
            raise Throttled(self.wait())
