"""So many of a thing that costs work, for one address, in a window."""

import hashlib
import time

import structlog
from django.core.cache import cache
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from egov.workflow.refusal import Refusal

log = structlog.get_logger(__name__)


class TooMany(Refusal):
    """The window is used up; ``wait`` says for how many seconds."""

    status = 429

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__(
            _("Quý vị đã gửi quá nhiều yêu cầu. Hãy thử lại sau %(seconds)d giây.") % {"seconds": wait}
        )


def count_one(kind: str, address: str, limit: tuple[int, int]) -> None:
    """One more of this kind from this address; nobody is held up while the cache is away. Raises TooMany."""
    times, seconds = limit
    window, since = divmod(int(time.time()), seconds)
    name = f"portal:{kind}:{hashlib.sha256(address.encode()).hexdigest()}:{window}"
    try:
        cache.add(name, 0, timeout=seconds)
        if cache.incr(name) > times:
            raise TooMany(seconds - since)
    except RedisError as error:
        log.warning("throttle_unreachable", kind=kind, error=str(error))
