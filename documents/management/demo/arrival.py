"""Waits until real workers have carried a document to every recipient."""

import time
from collections.abc import Callable, Mapping

from celery import current_app
from django.db.models import Count, Q
from kombu.exceptions import OperationalError

from documents.enums import DeliveryState
from documents.models import Delivery, Document
from egov.organizations.enums import Level

PAUSE = 0.1
# Seconds: workers who answer nobody for so long are not there; copies that do not move so long are stuck.
WORKERS_ANSWER = 30.0
STANDSTILL = 90.0


class WorkersNotAlive(Exception):
    """Nobody takes messages from the queue, or the broker cannot be reached."""


class StandStill(Exception):
    """Copies have stopped moving before the last one arrived."""


def require_workers(queue: str, *, seconds: float = WORKERS_ANSWER) -> None:
    """Return when a worker says that it listens to the queue. Raises WorkersNotAlive."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            answers = current_app.control.inspect(timeout=1.0).active_queues() or {}
        except (OperationalError, OSError) as error:
            raise WorkersNotAlive(f"The broker cannot be reached ({error}).") from error
        if any(one["name"] == queue for queues in answers.values() for one in queues):
            return
    raise WorkersNotAlive(
        f"No worker listens to the queue “{queue}”: start one with "
        f"celery -A egov worker --queues {queue}, and celery -A egov beat beside it."
    )


def wait_for_all(document: Document, show: Callable[[Mapping[str, tuple[int, int]]], None]) -> int:
    """Watch the copies arrive, level by level; return how many did. Raises StandStill."""
    last, moved_at = -1, time.monotonic()
    while True:
        counts = _counts(document)
        show(counts)
        done = sum(arrived for arrived, _of in counts.values())
        total = sum(of for _arrived, of in counts.values())
        if done == total:
            return done
        if done != last:
            last, moved_at = done, time.monotonic()
        elif time.monotonic() - moved_at > STANDSTILL:
            raise StandStill(
                f"{done} of {total} copies arrived, none for {STANDSTILL:.0f} s: look into the workers' logs."
            )
        time.sleep(PAUSE)


def _counts(document: Document) -> dict[str, tuple[int, int]]:
    """Arrived and all, by level, from the province down."""
    rows = (
        Delivery.objects.filter(document=document)
        .order_by()
        .values_list("agency__level")
        .annotate(done=Count("pk", filter=~Q(state=DeliveryState.PENDING)), total=Count("pk"))
    )
    found = {level: (done, total) for level, done, total in rows}
    return {level.value: found[level] for level in Level if level in found}
