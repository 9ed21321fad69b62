"""Celery door of the e-mail channel."""

from smtplib import SMTPException

from celery import shared_task

from egov.notifications.channels.email import send_by_email


@shared_task(
    name="notifications.email",
    autoretry_for=(SMTPException, OSError),
    retry_backoff=30,  # seconds, doubling
    retry_backoff_max=3600,
    max_retries=6,
)
def email(keys: list[str]) -> None:
    """Send notifications by e-mail."""
    send_by_email(keys)
