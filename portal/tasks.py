"""Celery doors of the portal: one call each, retry policy visible."""

import structlog
from celery import shared_task
from django.utils import timezone

from portal.actions import refresh_index as refreshing

log = structlog.get_logger(__name__)


@shared_task(name="portal.refresh_index", expires=240)
def refresh_index() -> None:
    """Let the search follow the catalogue; beat sends this every five minutes, so it is not retried."""
    changed = refreshing.refresh_index(timezone.localdate())
    if changed:
        log.info("index_refreshed", changed=changed)
