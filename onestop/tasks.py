"""Celery doors of one-stop handling: ids in, one call, retry policy visible."""

from datetime import timedelta

import structlog
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from onestop.actions import apply_decisions as decided
from onestop.actions import close_month as closing
from onestop.actions import reconcile_portal as reconciling
from onestop.actions import remind as reminding
from onestop.actions import resend_difference as resending
from onestop.actions import settle as settling
from onestop.actions import sync_dossier as syncing
from onestop.exchange.gateways.http import HttpGateway
from onestop.exchange.national_portal.http import HttpPortal

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


@shared_task(name="onestop.sync_dossier", expires=60)
def sync_dossier(dossier_id: int) -> None:
    """Tell the national portal of one dossier. Not retried: each event knows when it is tried again."""
    if settings.NATIONAL_PORTAL_URL:
        with HttpPortal.configured() as portal:
            syncing.sync_dossier(portal, dossier_id, timezone.now())


@shared_task(name="onestop.sweep_sync", expires=15)
def sweep_sync() -> None:
    """Send a task for each dossier that has something to tell; beat sends this every 15 s."""
    if settings.NATIONAL_PORTAL_URL:
        syncing.sweep_sync(timezone.now())
        resending.sweep_resends(timezone.now())


@shared_task(name="onestop.resend_difference", expires=60)
def resend_difference(difference_id: int) -> None:
    """Tell of a dossier all over again. Not retried: the difference knows when it is tried again."""
    if settings.NATIONAL_PORTAL_URL:
        with HttpPortal.configured() as portal:
            resending.resend_difference(portal, difference_id, timezone.now())


@shared_task(name="onestop.reconcile_portal", expires=3600)
def reconcile_portal() -> None:
    """Compare yesterday with the portal's list; beat sends this once a day, early in the morning."""
    if settings.NATIONAL_PORTAL_URL:
        now = timezone.now()
        with HttpPortal.configured() as portal:
            done = reconciling.reconcile_portal(portal, timezone.localdate(now) - timedelta(days=1), now)
        log.info("portal_reconciled", day=str(done.day), differences=done.differences.count())


@shared_task(name="onestop.settle_payments", expires=3600)
def settle_payments() -> None:
    """Compare yesterday's payments with the gateway's own list; beat sends this once a day."""
    gateway = HttpGateway.configured()
    if gateway is not None:
        now = timezone.now()
        done = settling.settle_day(gateway, timezone.localdate(now) - timedelta(days=1), now)
        log.info("payments_settled", day=str(done.day), differences=done.differences.count())
