"""Django's cache in Valkey, which also counts in one step: Django's ``incr`` asks twice and sets no end."""

from functools import cached_property
from typing import Any

from django.core.cache.backends.redis import RedisCache


class CountingCache(RedisCache):
    """The cache of this project."""

    def count(self, key: str, seconds: int) -> int:
        """One more of what that key counts, and how many there are; a new counter ends after so many seconds.

        Raises RedisError.
        """
        name = self.make_and_validate_key(key)
        steps = self._counter.pipeline(transaction=False)
        steps.set(name, 0, ex=seconds, nx=True)
        steps.incr(name)
        return int(steps.execute()[-1])

    @cached_property
    def _counter(self) -> Any:
        """Made once: Django makes a client for each command, which costs more than the command."""
        return self._cache.get_client(write=True)
