"""A key that exists only when two people come together: each half alone says nothing, whatever one computes.

The private key is masked with random bytes of its own length (a one-time pad): mask and masked key are the
two shares. The whole key is made, split and forgotten in one step; nobody ever has it until both give theirs.
"""

import os

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from egov.sealing.envelope import BrokenSeal
from egov.sealing.personal_key import KEY, OpenedKey


def make_shared_key() -> tuple[bytes, tuple[bytes, bytes]]:
    """The public key of a new pair, and the two shares of its private key."""
    private = X25519PrivateKey.generate()
    mask = os.urandom(KEY)
    return private.public_key().public_bytes_raw(), (mask, _xor(mask, private.private_bytes_raw()))


def join_shares(first: bytes, second: bytes, *, public_key: bytes) -> OpenedKey:
    """The key from both shares. Raises BrokenSeal when they are not the two of this key."""
    opened = OpenedKey(X25519PrivateKey.from_private_bytes(_xor(first, second)))
    if opened.public_key != public_key:
        raise BrokenSeal
    return opened


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
