"""Signs of life."""

from celery import shared_task

from egov.taskqueue.heartbeat import beat as note_beat


@shared_task(name="taskqueue.beat", expires=30)
def beat() -> None:
    """A worker took a message that beat sent: both are alive."""
    note_beat()
