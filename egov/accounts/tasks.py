"""Celery door: clear away what expired."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from egov.accounts.models import UserSession


@shared_task(name="accounts.clear_sessions")
def clear_sessions() -> None:
    """Remove sessions that nobody can use any more. Running twice, or not for a week, does no harm."""
    UserSession.objects.expired(timezone.now()).delete()
    call_command("clearsessions")
