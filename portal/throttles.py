"""So many of a thing that costs work, for one address, in a window."""

import structlog
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from egov.web.windows import Limit, take_turn
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


def count_one(kind: str, address: str, limit: Limit) -> None:
    """One more of this kind from this address; nobody is held up while the cache is away. Raises TooMany."""
    try:
        turn = take_turn(f"portal:{kind}", address, limit)
    except RedisError as error:
        log.warning("throttle_unreachable", kind=kind, error=str(error))
        return
    if turn.wait:
        raise TooMany(turn.wait)
