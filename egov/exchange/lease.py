"""One worker at a time speaks to another system of one thing; when it is spoken of again after a failure.

Whoever speaks holds a lease. It ends by itself: a worker that was killed holds nobody up for long.
"""

from datetime import timedelta

from django.db.models import Model, Q
from django.db.models.functions import Now

# Longer than all calls of one event take together when each runs into its time limit.
LEASE = timedelta(minutes=5)
# After the first failure, the second …; the last one again and again.
DELAYS = tuple(timedelta(seconds=seconds) for seconds in (30, 60, 120, 300, 900, 3600, 10_800, 21_600))


def hold(row: Model, lease: str) -> bool:
    """Take or prolong the lease of a row with ``held_by`` and ``held_until``; by the database's clock, which
    all workers share."""
    free = Q(held_by=lease) | Q(held_until=None) | Q(held_until__lte=Now())
    rows = type(row)._default_manager.filter(free, pk=row.pk)
    return rows.update(held_by=lease, held_until=Now() + LEASE) == 1


def release(row: Model, lease: str) -> None:
    """Let others speak of it."""
    rows = type(row)._default_manager.filter(pk=row.pk, held_by=lease)
    rows.update(held_by="", held_until=None)


def delay(attempts: int, *, asked: int = 0) -> timedelta:
    """How long to wait after so many attempts before this one; at least the seconds that were asked for."""
    return max(timedelta(seconds=asked), DELAYS[min(attempts, len(DELAYS) - 1)])
