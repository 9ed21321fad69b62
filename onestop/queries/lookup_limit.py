"""Counts of public questions, in the cache: so many a window, for an address or for a code."""

import hashlib
import time

import structlog
from django.core.cache import cache
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from egov.workflow.refusal import Refusal

log = structlog.get_logger(__name__)


class TooManyLookups(Refusal):
    """The window is used up; ``wait`` says for how many seconds."""

    status = 429

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__(
            _("Quý vị đã tra cứu quá nhiều lần. Hãy thử lại sau %(seconds)d giây.") % {"seconds": wait}
        )


class LookupUnavailable(Refusal):
    """Secrets are not compared while nobody can count how often that happens."""

    status = 503

    def __init__(self) -> None:
        super().__init__(_("Tạm thời chưa tra cứu bằng mã bí mật được. Hãy thử lại sau ít phút."))


def require_room(kind: str, key: str, limit: tuple[int, int]) -> None:
    """Raises TooManyLookups when the window is full; counts nothing. Raises RedisError without the cache."""
    times, seconds = limit
    name, left = _window(kind, key, seconds)
    if int(cache.get(name, 0)) >= times:
        raise TooManyLookups(left)


def count(kind: str, key: str, limit: tuple[int, int]) -> None:
    """Count one. Raises RedisError without the cache."""
    name, _left = _window(kind, key, limit[1])
    cache.add(name, 0, timeout=limit[1])
    cache.incr(name)


def count_address(address: str, limit: tuple[int, int]) -> None:
    """One more question of an address; while the cache is away nobody is held up. Raises TooManyLookups."""
    try:
        require_room("address", address, limit)
        count("address", address, limit)
    except RedisError as error:
        log.warning("lookup_limit_unreachable", error=str(error))


def _window(kind: str, key: str, seconds: int) -> tuple[str, int]:
    """The counter of this moment's window, and how long the window still is."""
    number, since = divmod(int(time.time()), seconds)
    # What was typed may be anything; the cache takes short plain keys.
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"lookup:{kind}:{digest}:{number}", seconds - since
