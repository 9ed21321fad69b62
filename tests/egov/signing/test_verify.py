"""What a check says of sound, altered, expired, revoked, unknown and weak signatures."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from asn1crypto import parser
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.validation.dss import DocumentSecurityStore

from egov.signing.models import ValidationReport
from egov.signing.sign import KeptKeySigner, is_incremental_update
from egov.signing.verification import Question, SignatureResult, Status, Verification
from egov.signing.verify import keep_report, verify
from egov.signing.x509_facts import Holder
from tests.egov.signing.conftest import numbered, signed_by
from tests.egov.signing.pki import DAY, NOW, YEAR, Pki


def answer(result: SignatureResult, question: Question) -> tuple[Status, str]:
    check = next(check for check in result.checks if check.question == question)
    return check.status, check.reason


def test_a_finished_document_is_valid_and_names_person_agency_and_code(finished: bytes) -> None:
    found = verify(finished, at=NOW)
    assert found.status == Status.VALID, found.sentences
    assert [signature.holder for signature in found.signatures] == [Holder.PERSON, Holder.AGENCY]
    assert found.personal is not None
    assert found.personal.signer == "Trần Văn Bình"
    assert found.agency is not None
    assert found.agency.organization == "Ủy ban nhân dân tỉnh Thái Bình"
    assert found.agency.agency_code == "H54"


@pytest.mark.rule("documents", 35)
def test_sentences_are_vietnamese_and_name_signer_time_and_integrity(finished: bytes) -> None:
    first, second, roles = verify(finished, at=NOW).sentences
    assert first == (
        "Chữ ký hợp lệ của Trần Văn Bình lúc 08:00:00 15/09/2025; nội dung không thay đổi từ khi ký."
    )
    assert "Ủy ban nhân dân tỉnh Thái Bình" in second
    assert roles == "Chữ ký đầu là của cá nhân, chữ ký cuối là của cơ quan."


def test_every_question_has_its_own_line(finished: bytes) -> None:
    for signature in verify(finished, at=NOW).signatures:
        assert {check.question for check in signature.checks} == set(Question) - {Question.ROLES}
        assert all(check.sentence and check.label for check in signature.checks)


@pytest.mark.rule("documents", 14)
def test_one_changed_byte_is_found(prepared: bytes, pki: Pki) -> None:
    signed = signed_by(prepared, pki.person())
    gap = signed.index(b"/Contents <", len(prepared)) + len(b"/Contents <")
    length = 2 * parser.peek(bytes.fromhex(signed[gap : signed.index(b">", gap)].decode()))
    for position in [*range(20, len(signed) - 20, 1511), gap + length + 100]:
        if gap <= position < gap + length:
            continue  # the signature's own structure; certificates sent along say nothing about the content
        altered = bytearray(signed)
        altered[position] ^= 1
        found = verify(bytes(altered), at=NOW, trust=pki.store())
        assert not any(signature.status == Status.VALID for signature in found.signatures), position


def test_a_changed_letter_of_the_page_is_told_as_such(prepared: bytes, pki: Pki) -> None:
    signed = signed_by(prepared, pki.person())
    # Inside the bytes of a compressed stream the file still reads; only the signature knows.
    position = signed.index(b"stream", 20_000) + 30
    altered = signed[:position] + bytes([signed[position] ^ 1]) + signed[position + 1 :]
    found = verify(altered, at=NOW, trust=pki.store()).signatures[0]
    assert answer(found, Question.INTACT) == (Status.INVALID, "altered")
    assert "Nội dung đã bị thay đổi sau khi ký." in found.sentence


def test_what_a_certification_forbids_is_found(prepared: bytes, pki: Pki) -> None:
    """A signature of another system that allows no filling at all: number and date then break it."""
    metadata = PdfSignatureMetadata(
        field_name="ChuKyNguoiKy", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES, md_algorithm="sha256"
    )
    writer = IncrementalPdfFileWriter(BytesIO(prepared))
    buffer = BytesIO()
    PdfSigner(metadata, KeptKeySigner(pki.person())).sign_pdf(writer, output=buffer, bytes_reserved=8192)
    sound = verify(buffer.getvalue(), at=NOW, trust=pki.store()).signatures[0]
    assert sound.status == Status.VALID, sound.sentence
    filled = verify(numbered(buffer.getvalue()), at=NOW, trust=pki.store()).signatures[0]
    assert answer(filled, Question.ADDITIONS) == (Status.INVALID, "forbidden_added")


@pytest.mark.rule("documents", 11)
def test_an_appended_revision_that_changes_the_page_is_found(finished: bytes) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(finished))
    stream = writer.add_object(generic.StreamObject(stream_data=b"BT /F1 40 Tf 100 400 Td (GIA MAO) Tj ET"))
    writer.add_stream_to_page(0, stream)
    buffer = BytesIO()
    writer.write(buffer)
    found = verify(buffer.getvalue(), at=NOW)
    assert found.status == Status.INVALID
    assert [answer(signature, Question.INTACT)[1] for signature in found.signatures] == ["intact", "intact"]
    assert [answer(signature, Question.ADDITIONS)[1] for signature in found.signatures] == [
        "forbidden_added",
        "forbidden_added",
    ]


def test_evidence_added_after_the_seal_leaves_both_signatures_valid(finished: bytes, trusted: Pki) -> None:
    """The document security store (PAdES B-LT) is the one thing that may still be added."""
    buffer = BytesIO(finished)
    DocumentSecurityStore.add_dss(
        buffer,
        sig_contents=None,
        certs=list(trusted.store().others),
        crls=[held.parsed for held in trusted.store().lists],
    )
    assert is_incremental_update(finished, buffer.getvalue())
    found = verify(buffer.getvalue(), at=NOW)
    assert found.status == Status.VALID, found.sentences


def test_a_number_changed_after_the_seal_is_found(finished: bytes) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(finished))
    for reference in writer.root["/AcroForm"]["/Fields"]:
        field = reference.get_object()
        if field["/T"] == "SoVanBan":
            field[generic.pdf_name("/V")] = generic.TextStringObject("99")
            writer.mark_update(reference)
    buffer = BytesIO()
    writer.write(buffer)
    found = verify(buffer.getvalue(), at=NOW)
    assert found.agency is not None
    assert answer(found.agency, Question.ADDITIONS) == (Status.INVALID, "forbidden_added")


def test_a_page_rewritten_by_another_program_is_found(finished: bytes) -> None:
    with pikepdf.open(BytesIO(finished)) as document:
        buffer = BytesIO()
        document.save(buffer)
    assert verify(buffer.getvalue(), at=NOW).status == Status.INVALID


@pytest.mark.rule("documents", 11)
def test_number_and_date_leave_the_personal_signature_valid(personally_signed: bytes, pki: Pki) -> None:
    found = verify(numbered(personally_signed), at=NOW, trust=pki.store())
    assert found.personal is not None
    assert found.personal.status == Status.VALID, found.sentences
    assert answer(found.personal, Question.ADDITIONS) == (Status.VALID, "allowed_added")


def test_a_certificate_that_expired_before_receipt_is_invalid(prepared: bytes, pki: Pki) -> None:
    key = pki.person(until=NOW + DAY)
    found = verify(signed_by(prepared, key), at=NOW + 2 * DAY, trust=pki.store())
    assert answer(found.signatures[0], Question.PERIOD) == (Status.INVALID, "expired")
    assert "16/09/2025" in found.signatures[0].sentence


@pytest.mark.rule("documents", 34)
@pytest.mark.parametrize(
    ("revoked_at", "status", "reason"),
    [
        (NOW - timedelta(hours=1), Status.INVALID, "revoked"),
        (NOW + timedelta(hours=1), Status.VALID, "revoked_later"),
    ],
)
def test_revoked_before_signing_is_invalid_and_after_it_still_valid(
    prepared: bytes, pki: Pki, revoked_at: object, status: Status, reason: str
) -> None:
    key = pki.person()
    signed = signed_by(prepared, key)
    pki.revoke(key, revoked_at)
    store = pki.store(lists=pki.lists(NOW + DAY, NOW + 8 * DAY))
    found = verify(signed, at=NOW, trust=store).signatures[0]
    assert (found.status, answer(found, Question.REVOCATION)) == (status, (status, reason))


@pytest.mark.rule("documents", 34)
def test_no_list_or_a_stale_one_is_not_determined(prepared: bytes, pki: Pki) -> None:
    signed = signed_by(prepared, pki.person())
    for lists in ((), pki.lists(NOW - 9 * DAY, NOW - 2 * DAY)):
        found = verify(signed, at=NOW, trust=pki.store(lists=lists)).signatures[0]
        assert found.status == Status.NOT_DETERMINED
        assert answer(found, Question.REVOCATION) == (Status.NOT_DETERMINED, "no_answer")
        assert found.sentence.startswith("Chưa xác định được")


def test_a_path_found_good_is_not_believed_beyond_the_list_that_proved_it(prepared: bytes, pki: Pki) -> None:
    signed = signed_by(prepared, pki.person())
    store = pki.store()
    assert verify(signed, at=NOW, trust=store).signatures[0].status == Status.VALID
    later = verify(signed, at=NOW + 30 * DAY, trust=store).signatures[0]
    assert later.status == Status.NOT_DETERMINED
    assert verify(signed, at=NOW + 2 * YEAR, trust=store).signatures[0].status == Status.INVALID


def test_an_unknown_root_is_not_valid(prepared: bytes, pki: Pki) -> None:
    signed = signed_by(prepared, Pki("lạ").person())
    found = verify(signed, at=NOW, trust=pki.store()).signatures[0]
    assert answer(found, Question.PATH) == (Status.INVALID, "unknown_root")


def test_a_certificate_for_another_purpose_is_not_valid(prepared: bytes, pki: Pki) -> None:
    found = verify(signed_by(prepared, pki.person(usage=False)), at=NOW, trust=pki.store()).signatures[0]
    assert answer(found, Question.PATH) == (Status.INVALID, "wrong_purpose")


def test_sha1_is_flagged(prepared: bytes, pki: Pki, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("egov.signing.sign.HASH", "sha1")
    found = verify(signed_by(prepared, pki.person()), at=NOW, trust=pki.store()).signatures[0]
    assert answer(found, Question.ALGORITHM) == (Status.INVALID, "weak_hash")


@pytest.mark.parametrize(
    "rubbish",
    [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"\x00" * 2000, b"PK\x03\x04", b"%PDF-1.7\n" + b"[" * 9000],
)
def test_what_is_not_a_pdf_is_invalid_and_no_error(rubbish: bytes, pki: Pki) -> None:
    found = verify(rubbish, at=NOW, trust=pki.store())
    assert found.status == Status.INVALID


def test_truncated_files_are_invalid_and_no_error(finished: bytes, pki: Pki) -> None:
    for length in range(1000, len(finished), 7919):
        assert verify(finished[:length], at=NOW).status != Status.VALID


def test_an_unsigned_file_is_not_valid(printed: object, pki: Pki) -> None:
    assert verify(printed.pdf, at=NOW, trust=pki.store()).sentences == ["Tệp không có chữ ký số."]


def test_the_report_keeps_result_and_evidence(finished: bytes) -> None:
    found = verify(finished, at=NOW)
    report = ValidationReport.objects.get(pk=keep_report(found).pk)
    assert report.verification == found
    assert Verification.from_json(found.as_json()) == found
    assert report.evidence.count() == 2
    assert {row.sha256 for row in report.evidence.all()} == set(found.evidence)
