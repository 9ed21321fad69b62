"""The software key store: keys encrypted in the database, opened by the holder's PIN.

Argon2id makes each guess slow, the server's pepper makes a stolen database worthless, and a counter on a
connection of its own stops guessing even when the transaction around it is rolled back.
"""

import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from egov.signing.judgement import Purpose
from egov.signing.models import Certificate, PrivateKey
from egov.signing.pin_guard import PinGuard
from egov.signing.providers.interface import KeyStrength
from egov.signing.refusals import CertificateNotUsable, KeyClosed, KeyLocked, WeakKey, WrongPin
from egov.signing.trust import chain_of, judge_der
from egov.signing.verification import Status

SigningKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
HASHES: dict[str, type[hashes.SHA256 | hashes.SHA384 | hashes.SHA512]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


class SoftwareKey:
    """A key in memory for the length of a ceremony."""

    def __init__(self, certificate_der: bytes, chain_der: tuple[bytes, ...], key: SigningKey) -> None:
        self.certificate_der = certificate_der
        self.chain_der = chain_der
        self._key: SigningKey | None = key

    def sign(self, message: bytes, digest_algorithm: str) -> bytes:
        """PKCS#1 v1.5 with RSA, ECDSA with elliptic curves; SHA-256 or stronger."""
        if self._key is None:
            raise KeyClosed
        digest = HASHES[digest_algorithm]()
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(message, padding.PKCS1v15(), digest)
        return self._key.sign(message, ec.ECDSA(digest))

    def close(self) -> None:
        """Put the key away; signing with it is refused from now on."""
        self._key = None


class SoftwareProvider:
    """Keys of :class:`PrivateKey`."""

    @contextmanager
    def open(self, certificate: Certificate, pin: str, *, at: datetime) -> Iterator[SoftwareKey]:
        """Check the certificate, then the PIN; the key is loaded once and put away at the end."""
        _require_usable(certificate, at=at)
        try:
            stored = certificate.private_key
        except PrivateKey.DoesNotExist as error:
            raise CertificateNotUsable(_("Khóa của chứng thư số này không lưu trên hệ thống.")) from error
        with PinGuard(certificate.fingerprint, limit=settings.SIGNING_PIN_ATTEMPTS) as guard:
            if guard.is_locked:
                raise KeyLocked
            pkcs8 = _decrypted(stored, certificate.fingerprint, pin)
            if pkcs8 is None:
                left = guard.wrong()
                if not left:
                    raise KeyLocked
                raise WrongPin(_("Mã PIN không đúng. Còn %(left)s lần thử.") % {"left": left})
            guard.right()
        key = SoftwareKey(bytes(certificate.der), chain_of(bytes(certificate.der)), _loaded(pkcs8))
        try:
            yield key
        finally:
            key.close()


def store_key(certificate: Certificate, key: SigningKey, pin: str) -> PrivateKey:
    """Keep a key under its holder's PIN; refuses a weak key and a short PIN."""
    if not KeyStrength(certificate.key_algorithm, certificate.key_bits).is_enough:
        raise WeakKey
    if len(pin) < settings.SIGNING_PIN_MIN_LENGTH:
        raise WrongPin(
            _("Mã PIN phải có ít nhất %(length)s ký tự.") % {"length": settings.SIGNING_PIN_MIN_LENGTH}
        )
    pkcs8 = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    salt, nonce = os.urandom(16), os.urandom(12)
    memory_cost, time_cost = settings.SIGNING_ARGON2_MEMORY, settings.SIGNING_ARGON2_ROUNDS
    cipher = AESGCM(_wrapping_key(pin, salt, memory_cost=memory_cost, time_cost=time_cost))
    return PrivateKey.objects.create(
        certificate=certificate,
        ciphertext=cipher.encrypt(nonce, pkcs8, certificate.fingerprint.encode()),
        nonce=nonce,
        salt=salt,
        memory_cost=memory_cost,
        time_cost=time_cost,
    )


def unlock(certificate: Certificate) -> None:
    """Forget the wrong attempts of a key; the authority does this after checking who asks."""
    with PinGuard(certificate.fingerprint, limit=settings.SIGNING_PIN_ATTEMPTS) as guard:
        guard.right()


def _require_usable(certificate: Certificate, *, at: datetime) -> None:
    """Decree 68/2024, Art. 29: before signing the certificate and its path are checked."""
    if not KeyStrength(certificate.key_algorithm, certificate.key_bits).is_enough:
        raise WeakKey
    if not certificate.is_active:
        raise CertificateNotUsable(_("Chứng thư số đã ngừng sử dụng."))
    judgement = judge_der(bytes(certificate.der), at=at, purpose=Purpose.SIGNING)
    faults = [check.sentence for check in judgement.checks if check.status == Status.INVALID]
    if faults:
        raise CertificateNotUsable(" ".join([str(CertificateNotUsable.default), *faults]))


def _decrypted(stored: PrivateKey, fingerprint: str, pin: str) -> bytes | None:
    wrapping_key = _wrapping_key(
        pin, bytes(stored.salt), memory_cost=stored.memory_cost, time_cost=stored.time_cost
    )
    try:
        return AESGCM(wrapping_key).decrypt(
            bytes(stored.nonce), bytes(stored.ciphertext), fingerprint.encode()
        )
    except InvalidTag:
        return None


def _wrapping_key(pin: str, salt: bytes, *, memory_cost: int, time_cost: int) -> bytes:
    derived = hash_secret_raw(
        pin.encode(),
        salt,
        time_cost=time_cost,
        memory_cost=memory_cost,
        parallelism=1,
        hash_len=32,
        type=Type.ID,
    )
    return hmac.digest(settings.SIGNING_PEPPER.encode(), derived, "sha256")


def _loaded(pkcs8: bytes) -> SigningKey:
    # The numbers of the key were checked when it was stored and AES-GCM proves that they are the same.
    key = serialization.load_der_private_key(pkcs8, password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise CertificateNotUsable
    return key


provider = SoftwareProvider()
