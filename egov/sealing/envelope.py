"""An envelope: content under a data key of its own, the data key once for each person who may open.

Content: AES-256-GCM, a fresh 256-bit key and 96-bit nonce for each envelope, so a nonce never meets its key
twice. Data key: HPKE in base mode (RFC 9180: DHKEM X25519, HKDF-SHA256, AES-256-GCM) to each public key.
``context`` names what the envelope belongs to; it is authenticated in both, so that neither content nor
wrapped key opens in another's place. Nobody signs: who may write rows can put an envelope of their own in
place of one, but not read one.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from egov.sealing.personal_key import KEY, NONCE, OpenedKey

CONTENT = b"egov.sealing.content.v1\x00"
WRAPPED = b"egov.sealing.data-key.v1\x00"


class BrokenSeal(Exception):
    """The envelope was changed, belongs elsewhere, or is not for this key; which one cannot be told."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is stored; ``wrapped`` has the data key under each recipient's name."""

    nonce: bytes
    ciphertext: bytes
    wrapped: dict[int, bytes]


def seal(content: bytes, *, recipients: Mapping[int, bytes], context: str) -> Envelope:
    """Close the content for these public keys and forget the data key. ValueError when there is none."""
    if not recipients:
        raise ValueError("an envelope that nobody can open")
    data_key, nonce = AESGCM.generate_key(bit_length=8 * KEY), os.urandom(NONCE)
    ciphertext = AESGCM(data_key).encrypt(nonce, content, CONTENT + context.encode())
    wrapped = {name: wrap(data_key, public_key, context=context) for name, public_key in recipients.items()}
    return Envelope(nonce, ciphertext, wrapped)


def open_envelope(nonce: bytes, ciphertext: bytes, wrapped: bytes, key: OpenedKey, *, context: str) -> bytes:
    """The content. Raises :class:`BrokenSeal`."""
    data_key = unwrap(wrapped, key, context=context)
    try:
        return AESGCM(data_key).decrypt(nonce, ciphertext, CONTENT + context.encode())
    except (InvalidTag, ValueError):
        raise BrokenSeal from None


def rewrap(wrapped: bytes, key: OpenedKey, public_key: bytes, *, context: str) -> bytes:
    """The same data key for somebody else; the content is not touched. Raises :class:`BrokenSeal`."""
    return wrap(unwrap(wrapped, key, context=context), public_key, context=context)


def wrap(secret: bytes, public_key: bytes, *, context: str) -> bytes:
    """A short secret for one public key."""
    return _suite().encrypt(secret, X25519PublicKey.from_public_bytes(public_key), WRAPPED + context.encode())


def unwrap(wrapped: bytes, key: OpenedKey, *, context: str) -> bytes:
    """The secret. Raises :class:`BrokenSeal`."""
    try:
        return _suite().decrypt(wrapped, key.private, WRAPPED + context.encode())
    except (InvalidTag, ValueError):
        raise BrokenSeal from None


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
