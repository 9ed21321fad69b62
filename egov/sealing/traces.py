"""What lets a body ask "do we already have this person?" without keeping who they are.

A trace is HMAC-SHA256 of a folded value under a key that is not in the database, cut to 32 bits: equal values
have equal traces, a trace gives nothing back without the key, and an equal trace is a possible match only.
Whoever has the key and the rows can try names that they think of: see docs/threat-model.md.
"""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LENGTH = 4  # bytes


def derive(secret: bytes, purpose: str) -> bytes:
    """A key for one purpose from the server's secret (HKDF-SHA256); no key tells of another's."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret)


def trace(value: str, *, key: bytes, kind: str) -> bytes:
    """The trace of a value that was folded by the caller; kinds (name, number) do not mix."""
    mac = HMAC(key, SHA256())
    mac.update(kind.encode() + b"\x00" + value.encode())
    return mac.finalize()[:LENGTH]
