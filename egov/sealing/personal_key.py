"""A person's key pair: everybody may seal for them, they alone open, with a passphrase that nobody keeps.

X25519; the private half is encrypted with AES-256-GCM under Argon2id of the passphrase. The server's pepper
is Argon2id's secret value (RFC 9106, 3.1): guessing needs it besides the stored row. The cost is kept with
each key, so that it can be raised for new ones.
"""

import os
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

NONCE, SALT, KEY = 12, 16, 32  # bytes
CONTEXT = b"egov.sealing.private-key.v1\x00"


class WrongPassphrase(Exception):
    """The passphrase does not open this key, or the stored key was changed; which one cannot be told."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs. As it stands: RFC 9106, section 4, second recommended option (64 MiB)."""

    memory_kib: int = 64 * 1024
    rounds: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class LockedKey:
    """A key pair as it may be stored."""

    public_key: bytes
    ciphertext: bytes
    nonce: bytes
    salt: bytes
    cost: Cost


class OpenedKey:
    """A private key in memory for the length of one step. Shows nothing of itself."""

    __slots__ = ("private", "public_key")

    def __init__(self, private: X25519PrivateKey) -> None:
        self.private = private
        self.public_key = private.public_key().public_bytes_raw()

    def __repr__(self) -> str:
        return "OpenedKey(…)"

    def __reduce__(self) -> str:
        raise TypeError("an opened key does not leave the process")


def make_key(passphrase: str, *, pepper: bytes, cost: Cost | None = None) -> LockedKey:
    """A new pair under this passphrase."""
    return lock_key(OpenedKey(X25519PrivateKey.generate()), passphrase, pepper=pepper, cost=cost)


def lock_key(opened: OpenedKey, passphrase: str, *, pepper: bytes, cost: Cost | None = None) -> LockedKey:
    """The pair under this passphrase, with salt and nonce of its own."""
    cost = cost or Cost()
    nonce, salt = os.urandom(NONCE), os.urandom(SALT)
    cipher = AESGCM(_wrapping_key(passphrase, salt, cost, pepper))
    ciphertext = cipher.encrypt(nonce, opened.private.private_bytes_raw(), CONTEXT + opened.public_key)
    return LockedKey(opened.public_key, ciphertext, nonce, salt, cost)


def open_key(locked: LockedKey, passphrase: str, *, pepper: bytes) -> OpenedKey:
    """The private key. Raises :class:`WrongPassphrase`."""
    cipher = AESGCM(_wrapping_key(passphrase, locked.salt, locked.cost, pepper))
    try:
        raw = cipher.decrypt(locked.nonce, locked.ciphertext, CONTEXT + locked.public_key)
    except InvalidTag:
        raise WrongPassphrase from None
    opened = OpenedKey(X25519PrivateKey.from_private_bytes(raw))
    if opened.public_key != locked.public_key:
        raise WrongPassphrase
    return opened


def _wrapping_key(passphrase: str, salt: bytes, cost: Cost, pepper: bytes) -> bytes:
    # One keyboard composes Vietnamese letters, another leaves accents apart: the same words either way.
    words = unicodedata.normalize("NFC", passphrase).encode()
    return Argon2id(
        salt=salt,
        length=KEY,
        iterations=cost.rounds,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
        secret=pepper,
    ).derive(words)
