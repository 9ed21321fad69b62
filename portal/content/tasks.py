"""Celery doors: what is due to be public, or no longer, by its time; mails to editors."""

from smtplib import SMTPException

import structlog
from celery import shared_task
from django.utils import timezone

from portal.content.mails import write_mails
from portal.content.schedule import keep_times

log = structlog.get_logger(__name__)


@shared_task(name="content.keep_schedule", expires=60)
def keep_schedule() -> None:
    """Beat sends this every minute, so it is not retried."""
    published, withdrawn = keep_times(timezone.now())
    if published or withdrawn:
        log.info("schedule_kept", published=published, withdrawn=withdrawn)


@shared_task(
    name="content.tell_editors",
    autoretry_for=(SMTPException, OSError),
    retry_backoff=30,  # seconds, doubling
    retry_backoff_max=3600,
    max_retries=6,
)
def tell_editors(name: str, pk: int, user_id: int | None) -> None:
    """Tell editors by e-mail what waits for them, or what became of what they sent."""
    write_mails(name, pk, user_id)
