"""How often the public may ask: so many questions a window, for an address and for a code."""

import structlog
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from egov.web.windows import Limit, Turn, take_turn
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


def take_lookup(kind: str, key: str, limit: Limit) -> Turn:
    """One more of that kind. Raises TooManyLookups; RedisError without the cache."""
    turn = take_turn(f"lookup:{kind}", key, limit)
    if turn.wait:
        raise TooManyLookups(turn.wait)
    return turn


def count_address(address: str, limit: Limit) -> None:
    """One more question of an address; while the cache is away nobody is held up. Raises TooManyLookups."""
    try:
        take_lookup("address", address, limit)
    except RedisError as error:
        log.warning("lookup_limit_unreachable", error=str(error))
