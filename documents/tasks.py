"""Celery doors: deliver a hop, sweep what no message reached, raise alerts.

Each task may run twice and in any order. Retries are for a database that is away for a while; when they are
used up, the next sweep takes over, so no document depends on a message.
"""

from typing import Any

import structlog
from celery import shared_task
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from documents.actions import alert, deliver, sweep

log = structlog.get_logger(__name__)

RETRY: dict[str, Any] = {
    "autoretry_for": (OperationalError, InterfaceError),
    "retry_backoff": 1,  # seconds, doubling
    "retry_backoff_max": 60,
    "retry_jitter": True,
    "max_retries": 8,
}


@shared_task(name="documents.deliver_hop", **RETRY)
def deliver_hop(document_id: int, node_id: int) -> None:
    """Let a document arrive at the direct recipients of one node, and send it on."""
    deliver.deliver_hop(document_id, node_id, timezone.now())


@shared_task(name="documents.sweep_deliveries", expires=30)
def sweep_deliveries() -> None:
    """Do the hops that no message reached; beat sends this every 15 s, so it is not retried."""
    done = sweep.sweep_deliveries(timezone.now())
    if done:
        log.warning("deliveries_swept", hops=done)


@shared_task(name="documents.raise_alerts", expires=300)
def raise_alerts() -> None:
    """Tell registries of what is late; beat sends this every five minutes, so it is not retried."""
    told = alert.raise_alerts(timezone.now())
    if told:
        log.info("alerts_raised", documents=told)
