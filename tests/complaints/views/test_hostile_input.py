"""Files that could do harm and words that are none, at every door of letters: refused in words, nothing kept,
nothing of what was typed lost."""

import zlib
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from complaints.actions.verify import Assignment, assign_verification
from complaints.enums import DutyKind
from complaints.models import Attachment, Evidence, Letter, RedactedCopy, SealedRecord
from egov.files.models import StoredFile
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from portal.models import LetterReceipt
from tests.complaints.views.test_letter_entry import typed
from tests.egov.files.zoo import ACTIVE, changed, word
from tests.factories.letters import LetterFactory, MatterFactory, appointed
from tests.factories.organizations import AgencyFactory
from tests.factories.sealing import make_sealed_office
from tests.factories.settlements import accepted, make_bench
from tests.factories.visits import make_desk
from tests.support.signed_in import signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("trust", "own_file_store"),
    pytest.mark.rule("complaints", 53),
]
KEPT: tuple[type[models.Model], ...] = (
    Letter, Attachment, Evidence, RedactedCopy, SealedRecord, LetterReceipt, StoredFile,
)  # fmt: skip
REFUSED = {403, 422}


def giant_picture() -> bytes:
    """A picture that says it is 20,000 × 20,000 points, in a few bytes."""
    out = BytesIO()
    Image.new("RGB", (20, 10)).save(out, "PNG")
    small = out.getvalue()
    header = b"IHDR" + (20_000).to_bytes(4, "big") * 2 + small[24:29]
    return small[:12] + header + zlib.crc32(header).to_bytes(4, "big") + small[33:]


SCRIPT = next(iter(ACTIVE.values()))
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "don.pdf": (lambda: changed(SCRIPT[0]), SCRIPT[1]),
    "don.docx": (lambda: word("x", word__media__a_bin=bytes(40 * 1024 * 1024)), "quá lớn"),
    "anh.png": (giant_picture, "quá lớn"),
    "don.exe": (lambda: b"MZ", "không được nhận"),
    "anh.jpg": (lambda: word("Không phải ảnh"), "bị hỏng"),
    "d\u202efdp.docm": (lambda: word("x"), "không được nhận"),
}


CHEAP = ("don.exe", "anh.png", "anh.jpg")


@pytest.fixture(scope="module")
def files() -> dict[str, tuple[bytes, str]]:
    """Made once: a bomb takes a second."""
    return {name: (make(), words) for name, (make, words) in FILES.items()}


@pytest.fixture
def agency(settings) -> Agency:
    settings.INQUIRIES_PER_ADDRESS = (1000, 60)
    agency = AgencyFactory()
    make_sealed_office(agency, at=timezone.now())
    return agency


@pytest.fixture
def clerk(agency) -> Actor:
    return appointed(agency, DutyKind.INTAKE, DutyKind.PROTECTED)


Door = tuple[Client, str, dict[str, object], str]


def at_entry(agency: Agency, clerk: Actor) -> Door:
    yesterday = f"{timezone.localdate() - timedelta(days=1):%d/%m/%Y}"
    sent = typed(received_on=yesterday, written_on=yesterday)
    return signed_in(clerk), reverse("complaints:letter_enter"), sent, "paper-0-file"


def at_a_letter(agency: Agency, clerk: Actor) -> Door:
    matter = MatterFactory(letter=LetterFactory(agency=agency))
    address = reverse("complaints:letter_step", args=[matter.pk, "attach"])
    return signed_in(clerk), address, {"kind": "evidence", "name": "Ảnh"}, "file"


def beside_the_seal(agency: Agency, clerk: Actor, *, view: str, name: str) -> Door:
    matter = MatterFactory(letter=LetterFactory(agency=agency, protected=True), kind="denunciation")
    return signed_in(clerk), reverse(f"complaints:{view}", args=[matter.pk]), {}, name


def in_a_verification(agency: Agency, clerk: Actor) -> Door:
    bench = make_bench(agency)
    matter = accepted(
        bench, at=timezone.now() - timedelta(days=20), received=timezone.now() - timedelta(days=25)
    )
    task = Assignment(leader=bench.handler.membership, content="Thu tiền", due_on=timezone.localdate())
    assign_verification(bench.leader, matter, task, at=timezone.now())
    piece = {"kind": "document", "name": "Sổ thu", "taken_on": f"{timezone.localdate():%d/%m/%Y}"}
    address = reverse("complaints:settlement_step", args=[matter.pk, "add_evidence"])
    return signed_in(bench.handler), address, piece, "file"


def from_home(agency: Agency, clerk: Actor, *, kind: str) -> Door:
    letter = {
        "key": str(uuid4()),
        "body": agency.code,
        "name": "Đỗ Thị Ngọc Lan",
        "address": "Ngõ 47",
        "subject": "Cán bộ xã",
        "summary": "Nhận tiền khi xét duyệt hồ sơ",
    }
    return Client(), reverse("portal:letter_send", args=[kind]), letter, "files"


DOORS: dict[str, Callable[[Agency, Actor], Door]] = {
    "entry": at_entry,
    "letter": at_a_letter,
    "copy": lambda agency, clerk: beside_the_seal(agency, clerk, view="sealed_copy_add", name="copy-file"),
    "original": lambda agency, clerk: beside_the_seal(
        agency, clerk, view="sealed_original_add", name="original-file"
    ),
    "verification": in_a_verification,
    "complaint": lambda agency, clerk: from_home(agency, clerk, kind="complaint"),
    "denunciation": lambda agency, clerk: from_home(agency, clerk, kind="denunciation"),
}


@pytest.mark.parametrize("door", DOORS)
def test_a_file_that_could_do_harm_is_refused_in_words(agency, clerk, files, door):
    """The desk of entry is shown all; the other doors, which look with the same eyes, the cheap ones."""
    client, address, fields, name = DOORS[door](agency, clerk)
    before = {model: model._default_manager.count() for model in KEPT}
    shown = files if door == "entry" else {one: files[one] for one in CHEAP}
    for file_name, (content, words) in shown.items():
        answer = client.post(address, {**fields, name: SimpleUploadedFile(file_name, content)})
        text = answer.content.decode()
        assert answer.status_code in REFUSED, (file_name, answer.status_code)
        assert words in text, file_name
        for kept in ("summary", "content-0-summary", "name"):
            assert (str(fields.get(kept, "")) in text) is True, "what was typed is still there"
    assert {model: model._default_manager.count() for model in KEPT} == before


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("summary", "x" * 10_001),
        ("summary", "Nhận tiền\0 của dân"),
        ("name", "Đỗ\0Lan"),
        ("name", "x" * 10_000),
        ("subject", "\0"),
        ("key", "\0"),
        ("body", "\0"),
        ("personal_number", "٠٣٤١٩٠٠٠٤٧١١"),
    ],
)
@pytest.mark.parametrize("kind", ["complaint", "denunciation"])
def test_words_that_are_none_are_told_at_home(agency, clerk, kind, field, wrong):
    client, address, fields, _files = from_home(agency, clerk, kind=kind)
    answer = client.post(address, fields | {field: wrong})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "error" in text
    for name, value in fields.items():
        assert name in {field, "key", "body"} or str(value) in text
    assert not Letter.objects.exists()


def test_control_characters_reach_no_register(agency, clerk):
    """What a terminal or a mark from right to left would make of a name is gone before it is kept."""
    client, address, fields, _file = at_entry(agency, clerk)
    odd = "Vũ\x1b[31m Thị\u202e Lan\u200b\x07"
    answer = client.post(address, {**fields, "person-0-name": odd, "content-0-summary": f"Đất\x0b\n{odd}"})
    assert answer.status_code == 302
    letter = Letter.objects.get()
    name = "Vũ[31m Thị Lan"
    assert letter.participants.get().name == name
    assert letter.matters.get().summary.split() == ["Đất", *name.split()]
    assert client.get(answer["Location"]).status_code == 200
    slip = client.get(reverse("complaints:letter_slip", args=[letter.pk]))
    assert b"".join(slip).startswith(b"%PDF-")


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30, "x", "\0"])
def test_odd_counts_of_lines_make_no_odd_page(agency, clerk, number):
    client, address, fields, _file = at_entry(agency, clerk)
    for count in ("person-count", "content-count", "paper-count", "people"):
        assert client.post(address, {**fields, count: number}).status_code in {302, 422}


def test_a_code_that_is_none_names_no_letter(agency):
    desk = make_desk(agency)
    visit = desk.closed(at=timezone.now())
    address = reverse("complaints:visit_link", args=[visit.pk])
    for code in ("\0", "D\0-1", "x" * 10_000):
        answer = signed_in(desk.officer).post(address, {"letter": code}, follow=True)
        assert "Không tìm thấy đơn có mã này" in answer.content.decode()
