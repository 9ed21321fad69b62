"""The demo signs receipts: the system has a certificate of the demo's own authority."""

from django.conf import settings
from django.utils import timezone

from egov.organizations.queries.tree import root
from egov.signing.authority.demo import issue_certificate
from egov.signing.models import Certificate


def seed_filing() -> str:
    """In the name of the agency on top of the tree; whose it is, empty where there is nobody to sign for."""
    now = timezone.now()
    there = Certificate.objects.usable(now).of_system().first()
    if there is not None:
        return str(there)
    agency = root(timezone.localdate(now))
    if agency is None or not settings.SIGNING_SYSTEM_PIN:
        return ""
    return str(issue_certificate(pin=settings.SIGNING_SYSTEM_PIN, agency=agency, is_system=True))
