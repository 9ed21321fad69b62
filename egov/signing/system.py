"""The key with which the system signs by itself: receipts of what it took in, never a decision.

Nobody stands by to type a PIN, so the installation holds it (``SIGNING_SYSTEM_PIN``). The certificate is one
of the agency that answers for the system, marked for this use alone: the agency's seal is another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from egov.signing.models import Certificate
from egov.signing.providers.interface import OpenKey
from egov.signing.providers.software import provider
from egov.signing.refusals import SigningRefusal


class SystemKeyMissing(SigningRefusal):
    """The installation has no certificate of its own, or its PIN is not set."""

    status = 503
    default = _("Hệ thống chưa có chứng thư số để tự ký; việc ký được thực hiện sau.")


@contextmanager
def system_key(*, at: datetime) -> Iterator[OpenKey]:
    """The system's own key, open. Raises SystemKeyMissing, and what opening any key raises."""
    certificate = Certificate.objects.usable(at).of_system().first()
    if certificate is None or not settings.SIGNING_SYSTEM_PIN:
        raise SystemKeyMissing
    with provider.open(certificate, settings.SIGNING_SYSTEM_PIN, at=at) as key:
        yield key


def is_of_system(fingerprint: str) -> bool:
    """Whether a certificate is, or was, the system's own."""
    return Certificate.objects.of_system().filter(fingerprint=fingerprint).exists()
