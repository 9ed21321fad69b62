"""Are the workers alive? Asked by the health page and by the page head of administrators."""

from datetime import timedelta

from django.utils import timezone

from egov.taskqueue.models import Heartbeat

LATE = timedelta(seconds=45)


def beat(queue: str = "default") -> None:
    """Note that a worker of this queue has just taken a message."""
    Heartbeat.objects.update_or_create(queue=queue, defaults={"at": timezone.now()})


def is_alive(queue: str = "default") -> bool:
    """Whether a worker of this queue took a message lately (beat sends one every 10 s)."""
    return Heartbeat.objects.filter(queue=queue, at__gte=timezone.now() - LATE).exists()
