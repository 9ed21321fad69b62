"""Signing: only by adding to the file, only with strong keys in force, the agency only over a person."""

import itertools
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from egov.printing.official import Printed
from egov.signing.places import Places
from egov.signing.refusals import (
    AlreadySigned,
    CertificateNotUsable,
    PdfNotSignable,
    PersonalSignatureMissing,
    SignedBytesChanged,
    TimestampUnavailable,
    WeakKey,
)
from egov.signing.sign import is_incremental_update, prepare, sign_attachment
from egov.signing.update import only_added
from egov.signing.verification import Status
from egov.signing.verify import verify
from tests.egov.signing.conftest import numbered, sealed, signed_by
from tests.egov.signing.pki import DAY, NOW, Pki, ec_key, rsa_key


@pytest.mark.rule("documents", 11)
def test_every_step_only_adds_to_the_file(prepared: bytes, trusted: Pki, printed: Printed) -> None:
    steps = [printed.pdf, prepared]
    steps.append(signed_by(prepared, trusted.person()))
    steps.append(numbered(steps[-1]))
    steps.append(sealed(steps[-1], trusted.agency()))
    for before, after in itertools.pairwise(steps):
        assert is_incremental_update(before, after)
    assert verify(steps[-1], at=NOW).status == Status.VALID


def test_incremental_update_is_judged_byte_for_byte() -> None:
    assert is_incremental_update(b"abc", b"abcd")
    assert not is_incremental_update(b"abc", b"abc")
    assert not is_incremental_update(b"abc", b"abXd")
    with pytest.raises(SignedBytesChanged):
        only_added(b"abc", b"Xbcd")


def test_another_implementation_agrees(finished: bytes, trusted: Pki) -> None:
    """pyHanko's own validation, with its own rules for locks, finds both signatures sound."""
    context = ValidationContext(
        trust_roots=list(trusted.store().roots),
        moment=NOW,
        crls=list(trusted.lists()),
        revocation_mode="require",
    )
    signatures = PdfFileReader(BytesIO(finished)).embedded_signatures
    assert [signature.field_name for signature in signatures] == ["ChuKyNguoiKy", "ChuKyCoQuan"]
    assert [signature.docmdp_level for signature in signatures] == [MDPPerm.FILL_FORMS, MDPPerm.NO_CHANGES]
    assert all(validate_pdf_signature(signature, context).docmdp_ok for signature in signatures)
    assert all(str(signature.sig_object["/SubFilter"]) == "/ETSI.CAdES.detached" for signature in signatures)


@pytest.mark.rule("documents", 7)
def test_no_seal_without_a_personal_signature(prepared: bytes, trusted: Pki) -> None:
    with pytest.raises(PersonalSignatureMissing):
        sealed(prepared, trusted.agency())


@pytest.mark.rule("documents", 7)
def test_no_seal_over_a_signature_that_does_not_hold(prepared: bytes, trusted: Pki) -> None:
    signed = bytearray(signed_by(prepared, trusted.person()))
    signed[len(prepared) // 2] ^= 1
    with pytest.raises(PersonalSignatureMissing):
        sealed(bytes(signed), trusted.agency())
    stranger = signed_by(prepared, Pki("lạ").person())
    with pytest.raises(PersonalSignatureMissing, match="cơ quan chứng thực tin cậy"):
        sealed(stranger, trusted.agency())


@pytest.mark.rule("documents", 7)
def test_an_agency_key_in_the_persons_place_does_not_open_the_way_to_the_seal(
    prepared: bytes, trusted: Pki
) -> None:
    with pytest.raises(PersonalSignatureMissing):
        sealed(signed_by(prepared, trusted.agency()), trusted.agency())


@pytest.mark.rule("documents", 7)
def test_a_check_of_other_bytes_does_not_open_the_way_to_the_seal(prepared: bytes, trusted: Pki) -> None:
    sound = signed_by(prepared, trusted.person())
    checked = verify(sound, at=NOW)
    assert sealed(sound, trusted.agency(), checked=checked)
    altered = bytearray(sound)
    altered[len(prepared) // 2] ^= 1
    with pytest.raises(PersonalSignatureMissing):
        sealed(bytes(altered), trusted.agency(), checked=checked)


@pytest.mark.rule("documents", 33)
@pytest.mark.parametrize("key", [lambda: rsa_key(3, 1024), lambda: ec_key("secp192r1")])
def test_weak_keys_do_not_sign(prepared: bytes, pki: Pki, key: object) -> None:
    with pytest.raises(WeakKey, match="2048"):
        signed_by(prepared, pki.person(key=key()))


@pytest.mark.rule("documents", 33)
def test_elliptic_curve_of_256_bits_signs(prepared: bytes, pki: Pki) -> None:
    signed = signed_by(prepared, pki.person(key=ec_key()))
    assert verify(signed, at=NOW, trust=pki.store()).signatures[0].status == Status.VALID


@pytest.mark.parametrize("at", [NOW - DAY * 400, NOW + DAY * 400])
def test_a_certificate_out_of_its_period_does_not_sign(prepared: bytes, pki: Pki, at: object) -> None:
    with pytest.raises(CertificateNotUsable, match="hết hạn"):
        signed_by(prepared, pki.person(), at=at)


def test_nothing_is_signed_numbered_or_sealed_twice(finished: bytes, trusted: Pki) -> None:
    with pytest.raises(AlreadySigned):
        signed_by(finished, trusted.person())
    with pytest.raises(AlreadySigned):
        numbered(finished)
    with pytest.raises(AlreadySigned):
        sealed(finished, trusted.agency())
    with pytest.raises(AlreadySigned):
        prepare(finished, Places())
    with pytest.raises(AlreadySigned):
        sign_attachment(finished, trusted.agency(), notation="07/QĐ-UBND", at=NOW)


def test_a_file_without_places_is_not_signed(printed: Printed, pki: Pki) -> None:
    with pytest.raises(PdfNotSignable):
        signed_by(printed.pdf, pki.person())
    with pytest.raises(PdfNotSignable):
        numbered(printed.pdf)


@pytest.mark.parametrize("rubbish", [b"", b"not a pdf", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"<<" * 5000])
def test_what_is_not_a_pdf_is_refused_in_words(rubbish: bytes, pki: Pki) -> None:
    for step in (
        lambda: prepare(rubbish, Places()),
        lambda: signed_by(rubbish, pki.person()),
        lambda: numbered(rubbish),
        lambda: sign_attachment(rubbish, pki.agency(), notation="1/QĐ", at=NOW),
    ):
        with pytest.raises(PdfNotSignable, match="PDF"):
            step()


def test_a_locked_pdf_is_refused_in_words(printed: Printed) -> None:
    buffer = BytesIO()
    with pikepdf.open(BytesIO(printed.pdf)) as document:
        document.save(buffer, encryption=pikepdf.Encryption(owner="chủ", user="mở"))
    with pytest.raises(PdfNotSignable):
        prepare(buffer.getvalue(), Places())


def test_attachment_verifies_as_attachment_only(printed: Printed, trusted: Pki) -> None:
    signed = sign_attachment(printed.pdf, trusted.agency(), notation="07/QĐ-UBND", at=NOW)
    assert verify(signed, at=NOW, attachment=True).status == Status.VALID
    assert verify(signed, at=NOW).status == Status.INVALID


def test_a_silent_time_stamp_authority_stops_the_signature(
    prepared: bytes, pki: Pki, settings: object
) -> None:
    settings.SIGNING_TIMESTAMP_URL = "http://127.0.0.1:9/tsa"
    with pytest.raises(TimestampUnavailable, match="dấu thời gian"):
        signed_by(prepared, pki.person())


def test_signing_time_in_the_file_is_the_time_given(prepared: bytes, pki: Pki) -> None:
    at = NOW + timedelta(seconds=7)
    signature = verify(signed_by(prepared, pki.person(), at=at), at=at, trust=pki.store()).signatures[0]
    assert signature.claimed_at == at
