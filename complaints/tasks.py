"""What runs by itself: reminders, sweeps, the feed. Each task calls one action."""

from datetime import timedelta

import structlog
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from complaints.actions import keep_print, open_seal
from complaints.actions import reconcile_feed as reconciling
from complaints.actions import remind_settlers as reminding
from complaints.actions import tell_feed as telling
from complaints.exchange.national_feed.http import HttpNationalDatabase

log = structlog.get_logger(__name__)


@shared_task(name="complaints.remind_settlers", expires=3600)
def remind_settlers() -> None:
    """Tell settlers how much of a term has passed; beat sends this every hour, so it is not retried."""
    told = reminding.remind_settlers(timezone.now())
    if told:
        log.info("settlers_reminded", occasions=told)


@shared_task(name="complaints.print_orders", expires=300)
def print_orders() -> None:
    """Print decisions that wait for their first print; beat sends this every five minutes."""
    printed = keep_print.print_waiting_orders(timezone.now())
    if printed:
        log.info("orders_printed", orders=printed)


@shared_task(name="complaints.close_openings", expires=300)
def close_openings() -> None:
    """Take back the keys of readings whose hours are over; beat sends this every five minutes."""
    closed = open_seal.close_openings(timezone.now())
    if closed:
        log.info("openings_closed", keys=closed)


@shared_task(name="complaints.tell_feed", expires=60)
def tell_feed(record_id: int) -> None:
    """Tell the national database of one record. Not retried: each entry knows when it is tried again."""
    if settings.LETTER_FEED_URL:
        with HttpNationalDatabase.configured() as database:
            telling.tell_record(database, record_id, timezone.now())


@shared_task(name="complaints.sweep_feed", expires=15)
def sweep_feed() -> None:
    """Send a task for each record that has something to tell; beat sends this every 15 s."""
    if settings.LETTER_FEED_URL:
        telling.sweep_feed(timezone.now())


@shared_task(name="complaints.reconcile_feed", expires=3600)
def reconcile_feed() -> None:
    """Compare yesterday with the national database's list; beat sends this once a day, early."""
    if settings.LETTER_FEED_URL:
        now = timezone.now()
        with HttpNationalDatabase.configured() as database:
            done = reconciling.reconcile_feed(database, timezone.localdate(now) - timedelta(days=1), now)
        log.info("feed_reconciled", day=str(done.day), differences=done.differences.count())
