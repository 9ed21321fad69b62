"""Anybody checks a receipt: whose signature, unchanged, which files it lists; hostile files are refused."""

import hashlib
import re
import uuid
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client

from egov.files.models import StoredFile
from egov.organizations.models import Agency
from egov.signing.authority.demo import issue_certificate
from egov.signing.sign import sign_attachment
from egov.signing.system import system_key
from portal.actions.sign_receipt import sign_receipt
from portal.models import FilingReceipt
from portal.queries.filing_receipt import FiledFile, FiledWords, receipt_content, receipt_pdf
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.documents import PIN, Office, pdf_of
from tests.factories.organizations import AgencyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
CHECK = "/receipts/check/"
FILES = {"to-khai.pdf": b"the very bytes", "chung-sinh.png": b"others"}


@pytest.fixture(autouse=True)
def throttle_of_this_test(settings) -> None:
    """The counters are in a real Valkey, which outlives a test whose clock stands still."""
    mine = {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}
    settings.CACHES = {**settings.CACHES, "default": mine}


@pytest.fixture
def agency(trust: object) -> Agency:
    agency = AgencyFactory(name="Ủy ban nhân dân tỉnh Thái Bình")
    issue_certificate(pin=settings.SIGNING_SYSTEM_PIN, agency=agency, is_system=True)
    return agency


def unsigned() -> bytes:
    words = FiledWords(
        procedure="Đăng ký khai sinh",
        procedure_code="1.001193.H54",
        case="",
        agency="Ủy ban nhân dân xã Thụy Xuân",
        submitter="Vũ Thị Em",
        owner="Vũ Thị Em",
        received_at=None,
        files=[
            FiledFile("Tờ khai", name, len(body), hashlib.sha256(body).hexdigest())
            for name, body in FILES.items()
        ],
        others=[],
    )
    return receipt_pdf(receipt_content(words, number="H54.01-250915-N0001", filed_at=NOW))


@pytest.fixture
def receipt(agency: Agency) -> bytes:
    with system_key(at=NOW) as key:
        return sign_attachment(unsigned(), key, notation="H54.01-250915-N0001", at=NOW)


def uploaded(body: bytes, name: str) -> BytesIO:
    file = BytesIO(body)
    file.name = name
    return file


def checked(client: Client, pdf: bytes | None, *files: tuple[str, bytes], name: str = "xac-nhan.pdf"):
    form: dict[str, object] = {"files": [uploaded(body, file) for file, body in files]}
    if pdf is not None:
        form["receipt"] = uploaded(pdf, name)
    return client.post(CHECK, form)


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_everybody_may_open_it(client):
    assert client.get(CHECK).status_code == 200
    assert client.get(f"/en{CHECK}").status_code == 200


def test_valid_and_whose_and_which_files_are_in_it(client, receipt):
    page = words(
        checked(client, receipt, ("to-khai.pdf", FILES["to-khai.pdf"]), ("khác.pdf", b"something else"))
    )
    assert "Giấy xác nhận hợp lệ" in page
    assert "Chữ ký hợp lệ của Ủy ban nhân dân tỉnh Thái Bình" in page
    assert "có trong giấy xác nhận, tệp số 1" in page
    assert "KHÔNG có trong giấy xác nhận" in page
    assert "Còn 1 tệp trong giấy xác nhận" in page


def test_nothing_is_kept(client, receipt):
    before = StoredFile.objects.count()
    checked(client, receipt, ("a.pdf", b"x"))
    assert StoredFile.objects.count() == before


def test_a_changed_byte_is_seen(client, receipt):
    """What is printed stays readable, so the signature alone tells."""
    changed = receipt.replace(b"/Producer", b"/Producee", 1) if b"/Producer" in receipt else None
    assert changed is not None
    page = words(checked(client, changed, ("to-khai.pdf", FILES["to-khai.pdf"])))
    assert "Giấy xác nhận hợp lệ" not in page
    assert "KHÔNG hợp lệ" in page
    assert "có trong giấy xác nhận, tệp" not in page


def test_an_unsigned_one_is_none(client, agency):
    page = words(checked(client, unsigned(), ("to-khai.pdf", FILES["to-khai.pdf"])))
    assert "Tệp không có chữ ký số" in page
    assert "Giấy xác nhận KHÔNG hợp lệ" in page
    assert "có trong giấy xác nhận, tệp" not in page


def test_one_signed_with_an_agencys_own_seal_is_not_the_systems(client, agency, office: Office):
    """The seal of an agency is valid, and yet not the word of the system."""
    from documents.actions.ceremony import agency_key

    with agency_key(office.registry, pin=PIN, at=NOW) as key:
        forged = sign_attachment(unsigned(), key, notation="x", at=NOW)
    page = words(checked(client, forged, ("to-khai.pdf", FILES["to-khai.pdf"])))
    assert "không phải giấy xác nhận do Cổng" in page
    assert "có trong giấy xác nhận, tệp" not in page


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"", "r.pdf"),
        (b"%PDF-1.7\n" + b"\0" * 500, "r.pdf"),
        (b"MZ" * 100, "r.exe"),
        (b"%PDF-1.7\n" + b" " * (6 * 1024 * 1024), "r.pdf"),
    ],
)
def test_hostile_files_are_refused_in_words(client, agency, body, name):
    answer = checked(client, body, name=name)
    assert answer.status_code in {413, 422}
    assert "Chưa kiểm tra được" in words(answer)


def test_without_a_receipt_it_says_so(client):
    assert checked(client, None, ("a", b"x")).status_code == 422
    assert client.post(CHECK, {"receipt": "a text"}).status_code == 422


def test_any_other_pdf_is_not_a_receipt(client, agency):
    page = words(checked(client, pdf_of("Một văn bản khác").read()))
    assert "KHÔNG hợp lệ" in page


def test_so_many_an_address(client, receipt, settings):
    settings.RECEIPT_CHECKS = (1, 600)
    assert checked(client, receipt).status_code == 200
    assert checked(client, receipt).status_code == 429


def test_the_system_alone_signs_receipts():
    from egov.workflow.refusal import NotPermitted
    from tests.factories.citizens import CitizenFactory

    with pytest.raises(NotPermitted):
        sign_receipt(CitizenFactory(), FilingReceipt(), at=NOW)
