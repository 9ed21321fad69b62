"""What the demo's authority keeps on disk: certificates, revocation lists, keys closed by a passphrase.

Everything lies in ``SIGNING_PKI_DIR`` (0700, files 0600), which is never in git. Files are written beside
their place and moved into it, so a stop in the middle leaves the old file whole.
"""

import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

PASSPHRASE = "passphrase"  # noqa: S105  (the name of a file)
CERTIFICATE = ".crt"
KEY = ".key"
REVOCATION_LIST = ".crl"


def write(path: Path, content: bytes) -> None:
    """Write a file that only the service reads."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    beside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def passphrase(folder: Path) -> bytes:
    """What closes the authority's keys; made once, never leaves the folder."""
    path = folder / PASSPHRASE
    if not path.exists():
        write(path, secrets.token_urlsafe(32).encode())
    return path.read_bytes()


def save_pair(folder: Path, name: str, certificate: x509.Certificate, key: rsa.RSAPrivateKey) -> None:
    """Keep a certificate and its key; the key first, so that a certificate on disk always has one."""
    closed = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase(folder)),
    )
    write(folder / (name + KEY), closed)
    write(folder / (name + CERTIFICATE), certificate.public_bytes(serialization.Encoding.PEM))


def load_certificate(folder: Path, name: str) -> x509.Certificate | None:
    """A certificate of the authority, when it was made."""
    path = folder / (name + CERTIFICATE)
    return x509.load_pem_x509_certificate(path.read_bytes()) if path.exists() else None


def load_key(folder: Path, name: str) -> rsa.RSAPrivateKey:
    """A key of the authority; opened once per process, as opening costs a hundred signatures."""
    path = folder / (name + KEY)
    return _opened_key(path.read_bytes(), passphrase(folder))


@lru_cache(maxsize=8)
def _opened_key(closed: bytes, secret: bytes) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(closed, secret)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("the authority's keys are RSA keys")
    return key
