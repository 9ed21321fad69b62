"""Open the key of a person or of an agency for one ceremony of signing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.signing.models import Certificate
from egov.signing.providers.interface import OpenKey
from egov.signing.providers.software import provider
from egov.signing.refusals import CertificateNotUsable
from egov.workflow.refusal import Refusal


class NoCertificate(Refusal):
    """Neither certificate nor key to sign with."""

    status = 403


@contextmanager
def personal_key(actor: Actor, *, pin: str, at: datetime) -> Iterator[OpenKey]:
    """The actor's own key, opened once by their PIN for any number of documents."""
    certificate = Certificate.objects.usable(at).of_user(actor.user).first()
    if certificate is None:
        raise NoCertificate(
            _("Quý vị chưa có chứng thư số cá nhân còn hiệu lực. Hãy liên hệ bộ phận quản lý chứng thư số.")
        )
    with provider.open(certificate, pin, at=at) as key:
        yield key


@contextmanager
def agency_key(actor: Actor, *, pin: str, at: datetime) -> Iterator[OpenKey]:
    """The key of the actor's agency, which its registry opens in person (Decree 30/2020, Art. 32)."""
    certificate = Certificate.objects.usable(at).of_agency(actor.agency).first()
    if certificate is None:
        raise NoCertificate(
            _("Cơ quan chưa có chứng thư số còn hiệu lực. Hãy liên hệ bộ phận quản lý chứng thư số.")
        )
    with provider.open(certificate, pin, at=at) as key:
        yield key


def require_owner(key: OpenKey, **owner: object) -> None:
    """Refuse a key whose certificate does not belong to ``user`` or ``agency_id``."""
    if not Certificate.objects.filter(der=key.certificate_der, **owner).exists():
        raise CertificateNotUsable(_("Chứng thư số không thuộc về người hoặc cơ quan đang ký."))
