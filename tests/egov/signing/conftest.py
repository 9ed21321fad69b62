"""A directive of the province, set by the system itself, and a throw-away authority whose root is trusted."""

import pytest
from cryptography.hazmat.primitives import serialization

from egov.printing.official import OfficialDocument, Printed, official_document
from egov.signing.revocation import add_authority, keep_list
from egov.signing.sign import place_number_and_date, prepare, sign_personal, sign_seal
from tests.egov.signing.pki import NOW, Pki, TestKey

AGENCY = "Ủy ban nhân dân tỉnh Thái Bình"
SIGNER = "Trần Văn Bình"


@pytest.fixture(scope="session")
def printed() -> Printed:
    return official_document(
        OfficialDocument(
            agency=AGENCY,
            notation="QĐ-UBND",
            place="Thái Bình",
            kind="Quyết định",
            abstract="Về việc phê duyệt kế hoạch chuyển đổi số",
            body="Căn cứ Luật Tổ chức chính quyền địa phương;\n\nĐiều 1. Phê duyệt kế hoạch.",
            capacity=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
            signer_name=SIGNER,
            recipients=("Như Điều 3", "Lưu: VT, NC"),
        )
    )


@pytest.fixture(scope="session")
def prepared(printed: Printed) -> bytes:
    return prepare(printed.pdf, printed.places)


@pytest.fixture
def pki() -> Pki:
    return Pki()


@pytest.fixture
def trusted(pki: Pki, db: None, clock: object) -> Pki:
    """The authority is known to the system, with fresh revocation lists."""
    lists = pki.lists()
    for certificate, is_root, der in ((pki.root, True, lists[0]), (pki.issuing, False, lists[1])):
        keep_list(add_authority(certificate.public_bytes(serialization.Encoding.DER), is_root=is_root), der)
    return pki


def signed_by(pdf: bytes, key: TestKey, **options: object) -> bytes:
    details = {"at": NOW, "name": SIGNER, "position": "Phó Chủ tịch", "agency": AGENCY} | options
    return sign_personal(pdf, key, **details)


def numbered(pdf: bytes) -> bytes:
    return place_number_and_date(pdf, number_text="07/QĐ-UBND", date_text="ngày 15 tháng 9 năm 2025")


def sealed(pdf: bytes, key: TestKey, **options: object) -> bytes:
    return sign_seal(pdf, key, **({"at": NOW, "agency_name": AGENCY} | options))


@pytest.fixture
def personally_signed(prepared: bytes, pki: Pki) -> bytes:
    return signed_by(prepared, pki.person())


@pytest.fixture
def finished(prepared: bytes, trusted: Pki) -> bytes:
    """Signed, numbered, sealed."""
    return sealed(numbered(signed_by(prepared, trusted.person())), trusted.agency())
