"""Time stamps: what they prove, and false ones that prove nothing."""

import hashlib
from datetime import datetime, timedelta

import pytest
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from egov.signing.verification import Question, Status
from egov.signing.verify import verify
from tests.egov.signing.conftest import signed_by
from tests.egov.signing.pki import DAY, NOW, Pki, TestKey, rsa_key
from tests.egov.signing.test_verify import answer


class Stamper(DummyTimeStamper):
    """pyHanko's own time-stamp logic; a dishonest one stamps something else than it was asked."""

    def __init__(self, key: TestKey, at: datetime, *, honest: bool = True) -> None:
        private = key.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        super().__init__(
            asn1_x509.Certificate.load(key.certificate_der), keys.PrivateKeyInfo.load(private), fixed_dt=at
        )
        self.honest = honest

    def request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        if not self.honest:
            req["message_imprint"]["hashed_message"] = hashlib.sha256(b"another signature").digest()
        return super().request_tsa_response(req)


def authority(pki: Pki, **options: object) -> TestKey:
    return pki.issue([(NameOID.COMMON_NAME, "Dấu thời gian")], key=rsa_key(4), **({"stamps": True} | options))


@pytest.fixture
def stamped_by(prepared: bytes, settings: object, monkeypatch: pytest.MonkeyPatch) -> object:
    """Signs with a stamper in the place of the one that asks over HTTP."""

    def sign(key: TestKey, stamper: Stamper) -> bytes:
        settings.SIGNING_TIMESTAMP_URL = "http://127.0.0.1:9/tsa"
        monkeypatch.setattr("egov.signing.sign.RequestsHTTPTimeStamper", lambda *_args, **_options: stamper)
        return signed_by(prepared, key)

    return sign


def test_a_stamp_fixes_the_time_of_signing(pki: Pki, stamped_by: object) -> None:
    at = NOW + timedelta(seconds=3)
    pdf = stamped_by(pki.person(), Stamper(authority(pki), at))
    found = verify(pdf, at=NOW + 3 * DAY, trust=pki.store()).signatures[0]
    assert (found.status, found.has_timestamp, found.signed_at) == (Status.VALID, True, at)
    assert answer(found, Question.TIMESTAMP) == (Status.VALID, "stamped")


@pytest.mark.rule("documents", 34)
def test_a_stamp_from_before_the_revocation_keeps_the_signature_valid(pki: Pki, stamped_by: object) -> None:
    key = pki.person()
    pdf = stamped_by(key, Stamper(authority(pki), NOW))
    pki.revoke(key, NOW + DAY)
    store = pki.store(lists=pki.lists(NOW + 2 * DAY, NOW + 9 * DAY))
    assert verify(pdf, at=NOW + 3 * DAY, trust=store).signatures[0].status == Status.VALID


def test_a_stamp_of_something_else_is_told_and_proves_no_time(pki: Pki, stamped_by: object) -> None:
    pdf = stamped_by(pki.person(), Stamper(authority(pki), NOW, honest=False))
    found = verify(pdf, at=NOW, trust=pki.store()).signatures[0]
    assert answer(found, Question.TIMESTAMP) == (Status.INVALID, "bad_stamp")
    assert (found.status, found.has_timestamp) == (Status.INVALID, False)


def test_a_stamp_from_the_future_of_the_receipt_is_false(pki: Pki, stamped_by: object) -> None:
    pdf = stamped_by(pki.person(), Stamper(authority(pki), NOW + DAY))
    found = verify(pdf, at=NOW, trust=pki.store()).signatures[0]
    assert answer(found, Question.TIMESTAMP) == (Status.INVALID, "bad_stamp")


def test_only_a_time_stamp_authority_may_stamp(pki: Pki, stamped_by: object) -> None:
    for stranger in (authority(pki, stamps=False), authority(Pki("lạ"))):
        pdf = stamped_by(pki.person(), Stamper(stranger, NOW))
        found = verify(pdf, at=NOW, trust=pki.store()).signatures[0]
        assert answer(found, Question.TIMESTAMP) == (Status.INVALID, "bad_stamp")


@pytest.mark.rule("documents", 34)
def test_a_stamp_whose_authority_cannot_be_checked_is_not_determined(pki: Pki, stamped_by: object) -> None:
    pdf = stamped_by(pki.person(), Stamper(authority(pki), NOW))
    found = verify(pdf, at=NOW, trust=pki.store(lists=())).signatures[0]
    assert found.status == Status.NOT_DETERMINED
    assert answer(found, Question.TIMESTAMP) == (Status.NOT_DETERMINED, "unsure_stamp")
