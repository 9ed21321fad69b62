"""Celery doors of one-stop handling: ids in, one call, retry policy visible."""

import structlog
from celery import shared_task
from django.utils import timezone

from onestop.actions import apply_decisions as decided
from onestop.actions import close_month as closing
from onestop.actions import remind as reminding

log = structlog.get_logger(__name__)


@shared_task(name="onestop.apply_decisions", expires=300)
def apply_decisions() -> None:
    """Let states follow the days of decisions; beat sends this every five minutes, so it is not retried."""
    changed = decided.apply_decisions(timezone.now())
    if changed:
        log.info("decisions_applied", changed=changed)


@shared_task(name="onestop.close_months", expires=3600)
def close_months() -> None:
    """Close the months that have ended; beat sends this every hour, so it is not retried."""
    closing.close_months(timezone.now())


@shared_task(name="onestop.remind", expires=600)
def remind() -> None:
    """Tell of what is due, late or unanswered; beat sends this every ten minutes, so it is not retried."""
    told = reminding.remind(timezone.now())
    if told:
        log.info("reminders_told", occasions=told)
