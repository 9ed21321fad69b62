"""How often something may happen: so many times in a window of seconds, counted in the cache for all processes.

Windows stand at fixed times, so a counter is one key that goes away by itself. Whoever counts decides what it
means that the cache is away (``RedisError``).
"""

import hashlib
import time
from contextlib import suppress
from dataclasses import dataclass

from django.core.cache import cache

# (times, seconds)
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
    number, since = divmod(int(time.time()), seconds)
    # The cache takes short plain keys only.
    digest = hashlib.sha256(key.encode(errors="replace")).hexdigest()
    name = f"window:{kind}:{digest}:{number}"
    return Turn(0 if _counted(name, seconds) <= times else seconds - since, name)


def _counted(name: str, seconds: int) -> int:
    try:
        return int(cache.incr(name))
    except ValueError:
        # The first of its window, unless somebody else was faster.
        return 1 if cache.add(name, 1, timeout=seconds) else int(cache.incr(name))
