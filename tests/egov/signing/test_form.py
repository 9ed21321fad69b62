"""The empty fields of a paper: on whichever pages its signature, number and date stand."""

from dataclasses import replace
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from egov.printing.official import OfficialDocument, official_document
from egov.signing.form import prepare
from egov.signing.verification import Status
from egov.signing.verify import verify
from tests.egov.signing.conftest import AGENCY, SIGNER, numbered, sealed, signed_by
from tests.egov.signing.pki import NOW, Pki

SHORT = OfficialDocument(
    agency=AGENCY,
    notation="QĐ-UBND",
    place="Thái Bình",
    kind="Quyết định",
    abstract="Về việc giải quyết khiếu nại",
    body="Điều 1. Công nhận nội dung khiếu nại.",
    capacity=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    signer_name=SIGNER,
    recipients=("Như Điều 3",),
)


def test_a_paper_whose_signature_is_on_a_later_page_than_its_number_is_signed_and_sealed(trusted: Pki):
    lines = "\n\n".join(f"Điều {number}. Thực hiện theo quy định của pháp luật." for number in range(1, 61))
    printed = official_document(replace(SHORT, body=lines))
    assert printed.places.signature.page > 0
    paper = prepare(printed.pdf, printed.places)
    done = sealed(numbered(signed_by(paper, trusted.person())), trusted.agency())
    assert len(list(enumerate_sig_fields(PdfFileReader(BytesIO(done)), filled_status=True))) == 2
    checked = verify(done, at=NOW)
    assert [one.status for one in checked.signatures] == [Status.VALID, Status.VALID]
