"""Send a task to the workers once the transaction is committed."""

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def enqueue(task: str, *, queue: str = "default", countdown: float = 0, **arguments: object) -> None:
    """Hand ``task`` its ids after commit, by name, so that actions know nothing of tasks.

    A message is only a hint: when the broker cannot be reached this is logged and the sweep finds the work.
    Raises NotRegistered at once when no task has that name.
    """
    signature = current_app.tasks[task]

    def send() -> None:
        try:
            signature.apply_async(kwargs=arguments, queue=queue, countdown=countdown)
        except (OperationalError, OSError) as error:
            log.warning("broker_unreachable", task=task, error=str(error))

    transaction.on_commit(send)
