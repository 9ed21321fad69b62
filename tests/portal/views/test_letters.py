"""A letter from home: sent by anybody, once; followed by two codes; nothing of a denouncer stays behind."""

import json
import logging
import re
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from complaints.actions.take_in_hand import take_in_hand
from complaints.enums import DutyKind, MatterState, Series
from complaints.models import Attachment, Letter, Participant, SealedRecord
from egov.audit.models import AuditEvent
from egov.files.store import read_checked
from egov.organizations.models import Agency
from egov.signing.authority.demo import issue_certificate
from portal.models import LetterReceipt
from tests.factories.documents import pdf_of
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory
from tests.factories.sealing import make_sealed_office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NAME, STREET = "Đỗ Thị Ngọc Lan", "Ngõ 47 phố Lê Quý Đôn"


@pytest.fixture
def body(settings, trust) -> Agency:
    """A body that opens letters and keeps a seal, in an installation that signs receipts."""
    settings.INQUIRIES_PER_ADDRESS = (1000, 60)
    agency = AgencyFactory(name="Ủy ban nhân dân xã Thụy Xuân")
    appointed(agency, DutyKind.INTAKE)
    make_sealed_office(agency, at=timezone.now())
    issue_certificate(pin=settings.SIGNING_SYSTEM_PIN, agency=agency, is_system=True)
    return agency


def typed(to: Agency, /, **more: object) -> dict[str, object]:
    return {
        "key": str(uuid4()),
        "body": to.code,
        "name": NAME,
        "address": STREET,
        "subject": "Quyết định 12/QĐ-UBND về bồi thường",
        "summary": "Đề nghị xem lại diện tích được bồi thường",
        **more,
    }


def send(client, kind: str, data: dict[str, object]):
    return client.post(reverse("portal:letter_send", args=[kind]), data)


def codes(answer) -> dict[str, str]:
    """What the page after sending says, as the form of following wants it."""
    found = re.findall(r'name="(code|secret)" value="([^"]+)"', answer.content.decode())
    return dict(found)


@pytest.mark.rule("complaints", 52)
def test_a_complaint_is_in_the_register_and_its_holder_learns_three_words(client, body):
    answer = send(client, "complaint", typed(body))
    assert answer.status_code == 200
    letter = Letter.objects.get()
    assert (letter.agency, letter.series, letter.number) == (body, Series.LETTERS, 1)
    assert letter.participants.get().name == NAME
    assert not letter.is_signed
    follow = codes(answer)
    page = client.post(reverse("portal:letter_follow"), follow).content.decode()
    assert "Đã tiếp nhận" in page
    for private in (NAME, STREET, "Đề nghị xem lại", "12/QĐ-UBND"):
        assert private not in page
    take_in_hand(appointed(body, DutyKind.HANDLING), letter.matters.get(), at=timezone.now())
    assert "Đang xử lý" in client.post(reverse("portal:letter_follow"), follow).content.decode()
    letter.matters.update(state=MatterState.ANSWERED)
    assert "Đã trả lời" in client.post(reverse("portal:letter_follow"), follow).content.decode()


@pytest.mark.rule("complaints", 52)
def test_unknown_code_and_wrong_secret_are_one_answer(client, body):
    follow = codes(send(client, "suggestion", typed(body)))
    answers = [
        client.post(reverse("portal:letter_follow"), one)
        for one in (follow | {"secret": "WRONG234"}, {"code": "D-X-2025-00001", "secret": "WRONG234"})
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    words = [re.sub(r'csrf[^>]*|value="[^"]*"', "", one.content.decode(), flags=re.I) for one in answers]
    assert words[0] == words[1]
    assert client.post(reverse("portal:letter_receipt"), follow | {"secret": "WRONG234"}).status_code == 404


def test_the_receipt_lists_the_files_names_nobody_and_can_be_checked(client, body):
    paper = pdf_of("Biên bản đo đạc").read()
    files = [SimpleUploadedFile("biên bản.pdf", paper)]
    answer = send(client, "complaint", typed(body, files=files))
    kept = Attachment.objects.get()
    assert read_checked(kept.file) == paper
    receipt = client.post(reverse("portal:letter_receipt"), codes(answer))
    assert receipt["Content-Type"] == "application/pdf"
    content = LetterReceipt.objects.get().content
    assert NAME not in json.dumps(content, ensure_ascii=False)
    checked = client.post(
        reverse("portal:receipt_check"),
        {
            "receipt": SimpleUploadedFile("r.pdf", receipt.content),
            "files": [SimpleUploadedFile("x.pdf", paper)],
        },
    ).content.decode()
    assert "Giấy xác nhận hợp lệ" in checked
    assert "tệp số 1" in checked


def test_sent_twice_it_is_one_letter(client, body):
    data = typed(body)
    first, second = (send(client, "report", dict(data)) for _time in range(2))
    assert codes(first) == codes(second)
    assert Letter.objects.count() == LetterReceipt.objects.count() == 1


@pytest.mark.rule("complaints", 39)
@pytest.mark.rule("complaints", 35)
def test_a_denunciation_leaves_nothing_of_who_sent_it(client, body, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = send(
            client,
            "denunciation",
            typed(body, files=[SimpleUploadedFile(f"{NAME}.pdf", pdf_of(f"Tôi là {NAME}").read())]),
        )
    assert answer.status_code == 200
    letter = Letter.objects.get()
    assert letter.is_protected
    assert not Participant.objects.exists()
    assert not Attachment.objects.exists()
    assert SealedRecord.objects.count() == 2
    events = list(AuditEvent.objects.filter(action__startswith="complaints.send"))
    assert [(one.user_id, one.address) for one in events] == [(None, "")]
    sessions = [one.get_decoded() for one in Session.objects.all()]
    told = " ".join(
        [caplog.text, json.dumps(sessions), json.dumps(LetterReceipt.objects.get().content), str(events)]
    )
    for secret in (NAME, STREET, "127.0.0.1", letter.secret):
        assert secret not in told
    assert NAME not in answer.content.decode()


@pytest.mark.rule("complaints", 39)
def test_who_denounces_is_asked_to_leave_their_name_out_of_the_words(client, body):
    """The words are read by whoever handles the case; the name is the custodian's alone."""
    data = typed(body, summary=f"Tôi là {NAME}, tôi thấy cán bộ nhận tiền")
    answer = send(client, "denunciation", data)
    page = answer.content.decode()
    assert (answer.status_code, "danh tính chỉ ghi ở phần người gửi" in page) == (409, True)
    # What was typed stands in the form again.
    assert "tôi thấy cán bộ nhận tiền" in page
    assert not Letter.objects.exists()
    assert send(client, "denunciation", data | {"summary": "Tôi thấy cán bộ nhận tiền"}).status_code == 200


@pytest.mark.rule("complaints", 4)
def test_information_without_a_name_goes_into_its_own_register(client, body):
    page = client.get(reverse("portal:letter_send", args=["information"])).content.decode()
    assert "Đây không phải là tố cáo" in page
    assert 'name="name"' not in page
    answer = send(client, "information", typed(body, name=NAME))
    assert answer.status_code == 200
    letter = Letter.objects.get()
    assert (letter.series, letter.participants.count()) == (Series.INFORMATION, 0)


def test_a_denunciation_needs_a_body_that_can_seal_it(client, body):
    other = AgencyFactory(name="Sở Xây dựng")
    appointed(other, DutyKind.INTAKE)
    assert "Sở Xây dựng" in client.get(reverse("portal:letter_send", args=["complaint"])).content.decode()
    page = client.get(reverse("portal:letter_send", args=["denunciation"])).content.decode()
    assert "Sở Xây dựng" not in page
    assert send(client, "denunciation", typed(other)).status_code == 422
    assert not Letter.objects.exists()


@pytest.mark.rule("complaints", 53)
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Trường này là bắt buộc"),
        ({"personal_number": "12"}, "12 chữ số"),
        ({"body": "nowhere"}, "Hãy chọn"),
        ({"files": [SimpleUploadedFile("virus.exe", b"MZ")]}, "không được nhận"),
        ({"files": [SimpleUploadedFile("a.pdf", b"not a pdf")]}, "không phải tệp PDF"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, body, change, sentence):
    answer = send(client, "complaint", typed(body, **change))
    assert answer.status_code in {403, 422}
    assert not Letter.objects.exists()
    assert not LetterReceipt.objects.exists()
    if "body" not in change:
        assert sentence in answer.content.decode()


def test_a_flood_from_one_address_is_held_up(client, body, settings):
    settings.INQUIRIES_PER_ADDRESS = (2, 3600)
    settings.CACHES = {
        **settings.CACHES,
        "default": {**settings.CACHES["default"], "KEY_PREFIX": uuid4().hex},
    }
    answers = [send(client, "report", typed(body)).status_code for _time in range(3)]
    assert answers == [200, 200, 429]
    assert Letter.objects.count() == 2


def test_no_such_kind(client, body):
    assert client.get(reverse("portal:letter_send", args=["lawsuit"])).status_code == 404
