"""Certificates of the demo's cast: made, kept under a PIN, revoked."""

import hashlib
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID
from django.db import transaction
from django.utils import timezone

from egov.accounts.models import User
from egov.organizations.models import Agency
from egov.signing.authority.hierarchy import YEAR, DemoAuthority, new_key
from egov.signing.models import Certificate
from egov.signing.providers.software import SigningKey, store_key

COMMON_NAME_BYTES = 64


def issue_certificate(
    *,
    pin: str,
    user: User | None = None,
    agency: Agency | None = None,
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
    key: SigningKey | None = None,
    is_system: bool = False,
) -> Certificate:
    """A certificate for a person or an agency; its key, new unless given, is kept under the PIN."""
    if (user is None) == (agency is None):
        raise ValueError("a certificate belongs to one person or to one agency")
    start = valid_from or timezone.now()
    key = key or new_key()
    subject = subject_of_agency(agency) if agency else subject_of_person(user)  # type: ignore[arg-type]
    issued = DemoAuthority.here().issue(
        subject, key.public_key(), valid_from=start, valid_to=valid_to or start + 2 * YEAR
    )
    with transaction.atomic():
        certificate = Certificate.read(
            issued.public_bytes(serialization.Encoding.DER), user=user, agency=agency
        )
        certificate.is_system = is_system
        certificate.save()
        store_key(certificate, key, pin)
    return certificate


def revoke(certificate: Certificate, *, at: datetime) -> None:
    """Revoke a certificate from that moment and publish the list; the system holds the new list at once."""
    authority = DemoAuthority.here()
    authority.revoke(int(certificate.serial, 16), at=at)
    authority.trust()


def subject_of_person(user: User) -> x509.Name:
    """One certificate a person; it names them, never their office (Decree 68/2024)."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.COMMON_NAME, _short(user.full_name)),
            # The real authority writes the number of the identity card here; the demo has none.
            x509.NameAttribute(
                NameOID.SERIAL_NUMBER, "TK:" + hashlib.sha256(user.get_username().encode()).hexdigest()[:12]
            ),
        ]
    )


def subject_of_agency(agency: Agency) -> x509.Name:
    """An agency's certificate carries its identification code, so it can be compared with the sender's."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, agency.name),
            x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, agency.code),
            x509.NameAttribute(NameOID.COMMON_NAME, _short(agency.short_name or agency.name)),
        ]
    )


def _short(name: str) -> str:
    """As many whole words as a common name holds (64 bytes)."""
    words = name.split()
    while len(" ".join(words).encode()) > COMMON_NAME_BYTES and len(words) > 1:
        words.pop()
    return " ".join(words).encode()[:COMMON_NAME_BYTES].decode(errors="ignore")
