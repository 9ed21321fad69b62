"""Certificates and keys, whom we trust, what was revoked, and what each check found."""

from egov.signing.models.authority import Authority
from egov.signing.models.certificate import Certificate
from egov.signing.models.pin_counter import PinCounter
from egov.signing.models.private_key import PrivateKey
from egov.signing.models.revocation import RevocationList
from egov.signing.models.validation import ValidationReport

__all__ = ["Authority", "Certificate", "PinCounter", "PrivateKey", "RevocationList", "ValidationReport"]
