"""Load the roots and authorities that an administrator put into a folder (``SIGNING_PKI_DIR``)."""

from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization

from egov.signing.models import Authority
from egov.signing.revocation import add_authority

SUFFIXES = frozenset({".pem", ".crt", ".cer", ".der"})
ADDRESS_SUFFIX = ".crl-url"


def load_trust_folder(folder: Path) -> list[Authority]:
    """Trust every self-signed authority of the folder and know the others; again changes nothing.

    Where an authority publishes its list is read from the certificates that it issued; for one whose
    certificates are not here, a text file beside its own (``name.crl-url``) holds the address.

    :raises ValueError: a file is not a certificate; the message names it
    """
    found: dict[str, x509.Certificate] = {}
    addresses: dict[x509.Name, str] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in SUFFIXES:
            continue
        for number, certificate in enumerate(_read(path)):
            found[f"{path.name} {number}"] = certificate
            if address := _address_in(certificate):
                addresses.setdefault(certificate.issuer, address)
            beside = path.with_suffix(ADDRESS_SUFFIX)
            if beside.exists():
                addresses[certificate.subject] = beside.read_text(encoding="utf-8").strip()
    return [
        add_authority(
            certificate.public_bytes(serialization.Encoding.DER),
            is_root=_is_root(certificate),
            crl_url=addresses.get(certificate.subject, ""),
        )
        for certificate in found.values()
        if _is_authority(certificate)
    ]


def _read(path: Path) -> list[x509.Certificate]:
    content = path.read_bytes()
    try:
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_certificates(content)
        return [x509.load_der_x509_certificate(content)]
    except ValueError as error:
        raise ValueError(f"{path}: not a certificate") from error


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return bool(certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except x509.ExtensionNotFound:
        return False


def _is_root(certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(certificate)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _address_in(certificate: x509.Certificate) -> str:
    """Where the issuer of this certificate publishes its list."""
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return ""
    for point in points:
        for name in point.full_name or ():
            if isinstance(name, x509.UniformResourceIdentifier) and name.value.startswith("http"):
                return str(name.value)
    return ""
