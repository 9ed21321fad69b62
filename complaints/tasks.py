"""What runs by itself: reminders, sweeps, the feed. Each task calls one action."""

import structlog
from celery import shared_task
from django.utils import timezone

from complaints.actions import open_seal
from complaints.actions import remind_settlers as reminding

log = structlog.get_logger(__name__)


@shared_task(name="complaints.remind_settlers", expires=3600)
def remind_settlers() -> None:
    """Tell settlers how much of a term has passed; beat sends this every hour, so it is not retried."""
    told = reminding.remind_settlers(timezone.now())
    if told:
        log.info("settlers_reminded", occasions=told)


@shared_task(name="complaints.close_openings", expires=300)
def close_openings() -> None:
    """Take back the keys of readings whose hours are over; beat sends this every five minutes."""
    closed = open_seal.close_openings(timezone.now())
    if closed:
        log.info("openings_closed", keys=closed)
