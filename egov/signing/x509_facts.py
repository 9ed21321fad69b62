"""What a certificate says about its holder and its key, read once into plain values."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from egov.signing.providers.interface import KeyStrength

# Kinds of identifier that Vietnamese authorities write before the value: tax code, budget unit, decision.
ORGANIZATION_IDENTIFIERS = ("MST:", "MNS:", "QĐ:")


class Holder(StrEnum):
    """Whose certificate it is (Decree 68/2024, Art. 11: individuals, agencies, services)."""

    PERSON = "person"
    AGENCY = "agency"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """Plain values of one certificate."""

    name: str
    organization: str
    agency_code: str
    holder: Holder
    serial: str
    issuer: str
    subject: str
    fingerprint: str
    valid_from: datetime
    valid_to: datetime
    strength: KeyStrength


@lru_cache(maxsize=2048)
def facts(der: bytes) -> CertificateFacts:
    """Read a certificate.

    An agency's certificate carries its identification code (Decision 20/2020) as ``organizationIdentifier``,
    or a tax or budget code as ``UID``; a person's carries a personal identifier (``serialNumber`` or ``UID``)
    and may name the agency as well.
    """
    certificate = x509.load_der_x509_certificate(der)
    subject = certificate.subject
    code = _first(subject, NameOID.ORGANIZATION_IDENTIFIER)
    identifier = _first(subject, NameOID.SERIAL_NUMBER) or _first(subject, NameOID.USER_ID)
    is_organization = identifier.startswith(ORGANIZATION_IDENTIFIERS)
    if _first(subject, NameOID.GIVEN_NAME) or (identifier and not is_organization):
        holder = Holder.PERSON
    elif code or is_organization:
        holder = Holder.AGENCY
    else:
        holder = Holder.UNKNOWN
    return CertificateFacts(
        name=_first(subject, NameOID.COMMON_NAME) or subject.rfc4514_string(),
        organization=_first(subject, NameOID.ORGANIZATION_NAME),
        agency_code=code,
        holder=holder,
        serial=f"{certificate.serial_number:x}",
        issuer=certificate.issuer.rfc4514_string(),
        subject=subject.rfc4514_string(),
        fingerprint=hashlib.sha256(der).hexdigest(),
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
        strength=_strength(certificate),
    )


def _first(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    values = name.get_attributes_for_oid(oid)
    return str(values[0].value) if values else ""


def _strength(certificate: x509.Certificate) -> KeyStrength:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return KeyStrength("RSA", key.key_size)
    if isinstance(key, ec.EllipticCurvePublicKey):
        return KeyStrength("EC", key.key_size)
    return KeyStrength(type(key).__name__, 0)
