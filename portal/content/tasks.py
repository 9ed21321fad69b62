"""Celery door: what is due to be public, or no longer, by its time."""

from celery import shared_task
from django.core.management import call_command


@shared_task(name="content.keep_schedule", expires=60)
def keep_schedule() -> None:
    """Publish what was approved for a time that has come, withdraw what has run out; beat sends this."""
    call_command("publish_scheduled")
