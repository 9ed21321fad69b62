"""The software key store: only the right PIN opens a key, and guessing stops whatever happens around it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives import serialization
from django.db import connection, connections, transaction

from egov.signing.models import Certificate, PinCounter, PrivateKey
from egov.signing.pin_guard import PinGuard
from egov.signing.providers.software import provider, store_key, unlock
from egov.signing.refusals import CertificateNotUsable, KeyClosed, KeyLocked, WeakKey, WrongPin
from egov.signing.revocation import add_authority, keep_list
from egov.signing.verification import Status
from egov.signing.verify import verify
from tests.egov.signing.conftest import signed_by
from tests.egov.signing.pki import DAY, NOW, Pki, TestKey, rsa_key
from tests.factories.accounts import UserFactory

PIN = "246813"


@pytest.fixture(autouse=True)
def cheap_guesses(settings: object) -> None:
    """How slow a guess is, is tried in its own test."""
    settings.SIGNING_ARGON2_MEMORY = 64
    settings.SIGNING_ARGON2_ROUNDS = 1


@pytest.fixture(autouse=True)
def forgotten_counts(db: None) -> Iterator[None]:
    """Counts are committed on their own connection, so a test's rollback does not take them back."""
    yield
    own = connection.copy()
    with own.cursor() as cursor:
        cursor.execute("DELETE FROM signing_pincounter")
    own.close()


def stored(key: TestKey, pin: str = PIN) -> Certificate:
    certificate = Certificate.read(key.certificate_der, user=UserFactory())
    certificate.save()
    store_key(certificate, key.key, pin)
    return certificate


def test_the_right_pin_opens_a_key_that_signs_many_documents(prepared: bytes, trusted: Pki) -> None:
    certificate = stored(trusted.person())
    with provider.open(certificate, PIN, at=NOW) as key:
        signed = [signed_by(prepared, key) for _ in range(2)]
    assert all(verify(pdf, at=NOW).signatures[0].status == Status.VALID for pdf in signed)
    # The chain up to the root travels inside the signature.
    assert key.chain_der == (trusted.issuing.public_bytes(serialization.Encoding.DER),)


def test_after_the_ceremony_the_key_signs_nothing(prepared: bytes, trusted: Pki) -> None:
    with provider.open(stored(trusted.person()), PIN, at=NOW) as key:
        pass
    with pytest.raises(KeyClosed, match="mã PIN"):
        signed_by(prepared, key)


def test_the_key_at_rest_is_not_readable_without_pin_and_pepper(trusted: Pki, settings: object) -> None:
    certificate = stored(trusted.person())
    row = PrivateKey.objects.get(certificate=certificate)
    plain = rsa_key(1).private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    assert plain[40:80] not in bytes(row.ciphertext)
    settings.SIGNING_PEPPER = "another server's pepper, long enough"
    with pytest.raises(WrongPin), provider.open(certificate, PIN, at=NOW):
        pass


def test_a_ciphertext_moved_to_another_certificate_does_not_open(trusted: Pki) -> None:
    first, second = stored(trusted.person()), stored(trusted.person(name="Lê Thị Khác"))
    row = PrivateKey.objects.get(certificate=first)
    PrivateKey.objects.filter(certificate=second).update(
        ciphertext=row.ciphertext, nonce=row.nonce, salt=row.salt
    )
    second.refresh_from_db()
    with pytest.raises(WrongPin), provider.open(second, PIN, at=NOW):
        pass


def test_wrong_pins_tell_how_many_are_left_and_then_lock(trusted: Pki) -> None:
    certificate = stored(trusted.person())
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongPin, match=f"Còn {left} lần"), provider.open(certificate, "000000", at=NOW):
            pass
    with pytest.raises(KeyLocked), provider.open(certificate, "000000", at=NOW):
        pass
    with pytest.raises(KeyLocked), provider.open(certificate, PIN, at=NOW):
        pass
    unlock(certificate)
    with provider.open(certificate, PIN, at=NOW):
        pass


def test_a_right_pin_forgets_earlier_slips(trusted: Pki) -> None:
    certificate = stored(trusted.person())
    for _round in range(3):
        for _slip in range(4):
            with pytest.raises(WrongPin), provider.open(certificate, "000000", at=NOW):
                pass
        with provider.open(certificate, PIN, at=NOW):
            pass


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_transaction_forgets_no_wrong_pin(pki: Pki, clock: object) -> None:
    certificate = _committed(pki)
    for _ in range(3):
        with pytest.raises(WrongPin), transaction.atomic(), provider.open(certificate, "000000", at=NOW):
            pass
    assert PinCounter.objects.get(fingerprint=certificate.fingerprint).failed_attempts == 3


@pytest.mark.django_db(transaction=True)
def test_parallel_guesses_get_no_more_attempts_than_the_limit(pki: Pki) -> None:
    certificate = _committed(pki)
    start = threading.Barrier(12)

    def guess(number: int) -> type[Exception]:
        start.wait()
        try:
            with transaction.atomic(), provider.open(certificate, f"99{number:04d}", at=NOW):
                raise AssertionError("a wrong PIN opened the key")
        except (WrongPin, KeyLocked) as refusal:
            return type(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(guess, range(12)))
    assert answers.count(WrongPin) == 4, "the fifth wrong PIN is the one that locks"
    assert answers.count(KeyLocked) == 8
    counter = PinCounter.objects.get(fingerprint=certificate.fingerprint)
    assert (counter.failed_attempts, counter.locked_at is not None) == (5, True)


@pytest.mark.django_db(transaction=True)
def test_many_right_pins_at_once_all_open(pki: Pki) -> None:
    certificate = _committed(pki)

    def ceremony(_number: int) -> bool:
        try:
            with provider.open(certificate, PIN, at=NOW) as key:
                return bool(key.sign(b"x", "sha256"))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        assert all(pool.map(ceremony, range(20)))


@pytest.mark.django_db(transaction=True)
def test_a_process_that_dies_while_guessing_has_used_up_the_attempt(pki: Pki) -> None:
    certificate = _committed(pki)
    guard = PinGuard(certificate.fingerprint, limit=5)
    guard.__enter__()
    guard.__exit__(None, None, None)  # neither right nor wrong was said
    assert PinCounter.objects.get(fingerprint=certificate.fingerprint).failed_attempts == 1


def test_a_revoked_certificate_does_not_open(trusted: Pki, clock: object) -> None:
    key = trusted.person()
    certificate = stored(key)
    trusted.revoke(key, NOW - DAY)
    _keep_lists(trusted, age=0)
    with pytest.raises(CertificateNotUsable, match="thu hồi"), provider.open(certificate, PIN, at=NOW):
        pass


def test_an_expired_withdrawn_or_unknown_certificate_does_not_open(trusted: Pki) -> None:
    certificate = stored(trusted.person())
    with pytest.raises(CertificateNotUsable, match="hết hạn"):
        provider.open(certificate, PIN, at=NOW + 500 * DAY).__enter__()
    certificate.is_active = False
    with pytest.raises(CertificateNotUsable, match="ngừng"):
        provider.open(certificate, PIN, at=NOW).__enter__()
    stranger = stored(Pki("lạ").person())
    with pytest.raises(CertificateNotUsable, match="tin cậy"):
        provider.open(stranger, PIN, at=NOW).__enter__()


@pytest.mark.rule("documents", 33)
def test_a_weak_key_is_not_stored(trusted: Pki) -> None:
    with pytest.raises(WeakKey):
        stored(trusted.person(key=rsa_key(3, 1024)))


def test_a_short_pin_is_not_accepted(trusted: Pki) -> None:
    with pytest.raises(WrongPin, match="6 ký tự"):
        stored(trusted.person(), pin="1234")


def test_the_guess_of_a_production_key_costs_64_megabytes() -> None:
    from egov.settings.topics import signing

    assert signing.SIGNING_ARGON2_MEMORY >= 64 * 1024
    assert signing.SIGNING_ARGON2_ROUNDS >= 2


def _committed(pki: Pki) -> Certificate:
    _keep_lists(pki, age=1)
    return stored(pki.person())


def _keep_lists(pki: Pki, *, age: int) -> None:
    lists = pki.lists(this_update=NOW - age * DAY)
    for certificate, is_root, der in ((pki.root, True, lists[0]), (pki.issuing, False, lists[1])):
        keep_list(add_authority(certificate.public_bytes(serialization.Encoding.DER), is_root=is_root), der)
