"""Celery doors of the portal: one call each, retry policy visible."""

import structlog
from celery import shared_task
from django.utils import timezone

from egov.workflow.performer import SYSTEM
from portal.actions import contacts, notices
from portal.actions import refresh_index as refreshing
from portal.actions import sign_receipt as signing
from portal.actions import sweep_filings as sweeping
from portal.actions import tell_author as answering
from portal.actions import tell_filing as telling
from portal.models import FilingReceipt

log = structlog.get_logger(__name__)


@shared_task(name="portal.refresh_index", expires=240)
def refresh_index() -> None:
    """Let the search follow the catalogue; beat sends this every five minutes, so it is not retried."""
    changed = refreshing.refresh_index(timezone.localdate())
    if changed:
        log.info("index_refreshed", changed=changed)


@shared_task(name="portal.sign_receipt", expires=600)
def sign_receipt(receipt_id: int) -> None:
    """Sign a receipt that was not signed with its filing; not retried, the next task signs what is left."""
    receipt = FilingReceipt.objects.filter(pk=receipt_id).first()
    if receipt is not None:
        signing.sign_receipt(SYSTEM, receipt, at=timezone.now())


@shared_task(name="portal.sign_waiting", expires=60)
def sign_waiting() -> None:
    """Sign receipts that still wait; beat sends this every minute, so it is not retried."""
    signed = signing.sign_waiting(timezone.now())
    if signed:
        log.info("receipts_signed", signed=signed)


@shared_task(name="portal.sweep_filings", expires=1800)
def sweep_filings() -> None:
    """End drafts and uploads that nobody goes on with; beat sends this every hour, so it is not retried."""
    now = timezone.now()
    telling.warn_of_end(now)
    drafts, parts = sweeping.end_drafts(now), sweeping.sweep_uploads(now)
    if drafts or parts:
        log.info("filings_swept", drafts=drafts, parts=parts)


@shared_task(name="portal.send_notice", expires=600)
def send_notice(notice_id: int) -> None:
    """Tell one citizen over one channel. Not retried: the notice knows when it is tried again."""
    notices.send_notice(notice_id, timezone.now())


@shared_task(name="portal.sweep_notices", expires=60)
def sweep_notices() -> None:
    """Send what no message reached and what is due again; beat sends this every minute."""
    notices.sweep_notices(timezone.now())


@shared_task(
    name="portal.send_contact_code",
    autoretry_for=contacts.NOT_SENT,
    dont_autoretry_for=contacts.NEVER_SENT,
    retry_backoff=5,  # seconds, doubling: a person waits for it
    max_retries=6,
)
def send_contact_code(contact_code_id: int) -> None:
    """Send a code; a code that is no longer good is not sent."""
    contacts.send_contact_code(contact_code_id, timezone.now())


@shared_task(
    name="portal.tell_author",
    autoretry_for=contacts.NOT_SENT,
    dont_autoretry_for=contacts.NEVER_SENT,
    retry_backoff=60,  # seconds, doubling: the answer itself waits on its page
    retry_backoff_max=3600,
    max_retries=8,
)
def tell_author(inquiry_id: int) -> None:
    """Tell whoever left an address that there is an answer."""
    answering.tell_author(inquiry_id)
