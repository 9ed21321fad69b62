"""Celery door: what is due to be public, or no longer, by its time."""

import structlog
from celery import shared_task
from django.utils import timezone

from portal.content.schedule import keep_times

log = structlog.get_logger(__name__)


@shared_task(name="content.keep_schedule", expires=60)
def keep_schedule() -> None:
    """Beat sends this every minute, so it is not retried."""
    published, withdrawn = keep_times(timezone.now())
    if published or withdrawn:
        log.info("schedule_kept", published=published, withdrawn=withdrawn)
