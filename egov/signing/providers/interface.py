"""Where a signing key lives: the software store, a token or HSM, or a service that signs a hash elsewhere."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from egov.signing.models import Certificate


class OpenKey(Protocol):
    """A key opened by its PIN for one ceremony: signs any number of documents until it is put away."""

    @property
    def certificate_der(self) -> bytes: ...

    @property
    def chain_der(self) -> tuple[bytes, ...]:
        """Certificates of the authorities above, without the root; they travel inside the signature."""
        ...

    def sign(self, message: bytes, digest_algorithm: str) -> bytes:
        """The raw signature of the message (not of its hash)."""
        ...


class KeyProvider(Protocol):
    """Opens keys. ``with provider.open(certificate, pin, at=…) as key:`` is a ceremony."""

    def open(self, certificate: "Certificate", pin: str, *, at: datetime) -> AbstractContextManager[OpenKey]:
        """Open the key of a certificate.

        :raises WrongPin: with the number of attempts left
        :raises KeyLocked: after too many wrong attempts
        :raises CertificateNotUsable: not in force at that moment, revoked or withdrawn
        :raises WeakKey: rule 33
        """
        ...


@dataclass(frozen=True, slots=True)
class KeyStrength:
    """Kind and size of a public key."""

    algorithm: str
    bits: int

    @property
    def is_enough(self) -> bool:
        """Rule 33 (Circular 15/2025): RSA from 2048 bits, elliptic curve from 256."""
        return self.bits >= {"RSA": 2048, "EC": 256}.get(self.algorithm, 1 << 30)
