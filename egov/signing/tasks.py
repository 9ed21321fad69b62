"""Celery door: keep the revocation lists fresh."""

from celery import shared_task

from egov.signing.revocation import refresh_revocation


@shared_task(name="signing.refresh_revocation")
def refresh() -> int:
    """Fetch the newest lists; returns how many authorities did not answer (each is in the log)."""
    return sum(bool(result.problem) for result in refresh_revocation())
