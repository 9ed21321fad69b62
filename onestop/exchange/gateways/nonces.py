"""A nonce is taken once: a recorded call played again within its minutes is not heard."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

from onestop.exchange.gateways.interface import NoticeNotGenuine
from onestop.exchange.gateways.signature import WINDOW

log = structlog.get_logger(__name__)

# A call may be signed a window ahead of our clock and is good for a window after: then it is out of date.
KEPT_SECONDS = int(2 * WINDOW.total_seconds())


@contextmanager
def used_once(nonce: str) -> Iterator[None]:
    """Hear the call that carries this nonce. Raises NoticeNotGenuine when it was heard before.

    What goes wrong while it is being heard gives the nonce back, so that the same call may be made again. A
    second line of defence: the database takes each transaction once, whatever the nonces say (rule 35), so a
    cache that is away holds up nobody's payment.
    """
    key = f"onestop.payment_nonce.{nonce}"
    try:
        fresh = cache.add(key, "1", timeout=KEPT_SECONDS)
    except RedisError as error:
        log.warning("payment_nonces_unreachable", error=str(error))
        fresh = True
    if not fresh:
        raise NoticeNotGenuine("this call was heard before")
    try:
        yield
    except BaseException:
        with suppress(RedisError):
            cache.delete(key)
        raise
