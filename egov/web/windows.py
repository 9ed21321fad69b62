"""How often something may happen: so many times in a window, counted in the cache for all processes.

Windows stand at fixed times, so a counter is one key that goes away by itself. Whoever counts decides what it
means that the cache is away (``RedisError``).
"""

import hashlib
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from django.core.cache import cache

from egov.web.counting_cache import CountingCache

# How many times in how many seconds.
Limit = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Turn:
    """One that was counted; ``wait``: seconds until there is room for another one, 0 while there is room."""

    wait: int
    name: str

    def give_back(self) -> None:
        """It does not count after all. Raises RedisError."""
        # Its window may have ended, and its counter with it.
        with suppress(ValueError):
            cache.decr(self.name)


def take_turn(kind: str, key: str, limit: Limit) -> Turn:
    """Count one more of a kind for a key (an address, a code: whatever was typed). Raises RedisError.

    Counting comes first and asking after, so that many at once cannot slip through between the two.
    """
    times, seconds = limit
    window, since = divmod(int(time.time()), seconds)
    # The cache takes short plain keys only.
    digest = hashlib.sha256(key.encode(errors="replace")).hexdigest()
    name = f"window:{kind}:{digest}:{window}"
    number = cast("CountingCache", cache).count(name, seconds)
    return Turn(0 if number <= times else seconds - since, name)
