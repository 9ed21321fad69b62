"""The pages: written, followed by code and secret, sorted and answered at the desk, read by everybody."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from egov.audit.models import AuditEvent
from portal.actions.inquiry import publish_inquiry
from portal.models import Inquiry
from tests.conftest import MONDAY_MORNING
from tests.factories.inquiries import InquiryOffice, answered, make_inquiry_office, proposed, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AT = MONDAY_MORNING
FORM = {
    "kind": "question",
    "subject": "Khai sinh",
    "text": "Khai sinh ở đâu?",
    "author_name": "Phạm Thị Em",
    "may_publish": "on",
}
NOWHERE = {"LOCATION": "redis://127.0.0.1:1/0"}
ACCUSING = FORM | {"kind": "report", "text": "Cán bộ ở xã nhận tiền của dân mới trả kết quả"}


@pytest.fixture
def office(settings) -> InquiryOffice:
    # All tests write from one address; what stops a flood has a test of its own.
    settings.INQUIRIES_PER_ADDRESS = (1000, 60)
    return make_inquiry_office(settings)


def test_from_the_question_to_the_answer(client, office):
    answer = client.post(reverse("portal:question_ask"), FORM)
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    inquiry = Inquiry.objects.get()
    assert inquiry.code in page
    assert inquiry.secret in page
    follow = {"code": inquiry.code.lower(), "secret": inquiry.secret.lower()}
    assert "Đã tiếp nhận" in client.post(reverse("portal:inquiry_standing"), follow).content.decode()
    read = AuditEvent.objects.filter(action="portal.follow_inquiry", subject_id=str(inquiry.pk))
    assert read.count() == 2, "the page after sending, and the look by code and secret"


def test_the_secret_is_shown_to_no_other_browser(client, office):
    sent(AT)
    assert client.get(reverse("portal:inquiry_sent")).status_code == 302


def test_wrong_secret_and_unknown_code_are_answered_alike(client, office):
    inquiry = sent(AT)
    pages = [
        client.post(reverse("portal:inquiry_standing"), one)
        for one in (
            {"code": inquiry.code, "secret": "WRONG234"},
            {"code": "HD-2025-999999", "secret": "WRONG234"},
        )
    ]
    assert [page.status_code for page in pages] == [404, 404]
    words = [re.sub(r'csrf[^>]*|"X-CSRFToken[^}]*', "", page.content.decode(), flags=re.I) for page in pages]
    assert words[0] == words[1]


@pytest.mark.rule("onestop", 56)
def test_who_tells_of_wrongdoing_is_offered_the_protected_path(client, office):
    page = client.post(reverse("portal:feedback_send"), ACCUSING)
    assert page.status_code == 422
    assert reverse("portal:protected_path") in page.content.decode()
    assert "nhận tiền của dân" in page.content.decode(), "what was typed stays"
    assert not Inquiry.objects.exists()
    client.post(reverse("portal:feedback_send"), ACCUSING | {"wrongdoing_confirmed": "1"})
    assert Inquiry.objects.get().names_wrongdoing
    assert "nhận tiền" not in client.get(reverse("portal:feedback")).content.decode()


def test_one_address_cannot_flood_the_desk(client, office, settings):
    settings.INQUIRIES_PER_ADDRESS = (2, 3600)
    # Another one in each run: the counts of the last hour are still there.
    address = f"2001:db8::{uuid4().hex[:4]}:{uuid4().hex[:4]}"
    answers = [client.post(reverse("portal:question_ask"), FORM, REMOTE_ADDR=address) for _ in "123"]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert FORM["text"] in answers[2].content.decode(), "what was typed stays"


def test_nobody_is_held_up_while_nobody_counts(client, office, settings):
    settings.CACHES = {**settings.CACHES, "default": settings.CACHES["default"] | NOWHERE}
    assert client.post(reverse("portal:question_ask"), FORM).status_code == 302
    inquiry = Inquiry.objects.get()
    follow = {"code": inquiry.code, "secret": inquiry.secret}
    assert client.post(reverse("portal:inquiry_standing"), follow).status_code == 200


def test_the_public_reads_what_was_published_and_nothing_of_the_author(client, office):
    inquiry = proposed(office, AT, author_email="em@example.vn")
    shown = publish_inquiry(office.head, inquiry, at=AT)
    for address in (reverse("portal:questions"), reverse("portal:question_detail", args=[shown.pk])):
        page = client.get(address).content.decode()
        assert "Đăng ký khai sinh cho con" in page
        assert "Phạm Thị Em" not in page
        assert "em@example.vn" not in page
        assert inquiry.code not in page


def test_the_desk_shows_its_own_and_nothing_of_others(sign_in, office):
    inquiry = sent(AT)
    listed = reverse("portal_desk:inquiry_list")
    assert inquiry.subject in sign_in(office.editor).get(listed).content.decode()
    for stranger in (office.outsider, office.answerer):
        assert inquiry.subject not in sign_in(stranger).get(listed).content.decode()
        assert (
            sign_in(stranger).get(reverse("portal_desk:inquiry_detail", args=[inquiry.pk])).status_code == 404
        )


def test_what_waits_stands_before_what_is_done(sign_in, office):
    done, waiting = answered(office, AT), sent(AT)
    page = sign_in(office.editor).get(reverse("portal_desk:inquiry_list")).content.decode()
    assert page.index(waiting.code) < page.index(done.code)


def test_the_steps_at_the_desk(sign_in, office):
    inquiry = sent(AT)

    def step(actor, name, **values):
        return sign_in(actor).post(reverse("portal_desk:inquiry_step", args=[inquiry.pk, name]), values)

    assert step(office.editor, "assign", agency=office.answering.pk).status_code == 302
    refused = step(office.answerer, "answer", answer=" ")
    assert refused.status_code == 422
    assert step(office.answerer, "answer", answer="Tại xã nơi cư trú.").status_code == 302
    values = {"subject": "Khai sinh", "text": "Ở đâu? Gọi 0912345678", "answer": "Tại xã."}
    refused = step(office.editor, "propose", **values)
    assert refused.status_code == 422
    assert "0912345678" in refused.content.decode()
    assert step(office.editor, "propose", **(values | {"text": "Ở đâu?"})).status_code == 302
    assert step(office.editor, "publish").status_code == 403
    assert step(office.head, "publish").status_code == 302
    assert step(office.head, "withdraw", reason="Đã thay đổi").status_code == 302
    assert step(office.head, "nothing").status_code == 404


def test_the_same_queries_at_one_and_at_thirty_rows(sign_in, office, django_assert_max_num_queries):
    client = sign_in(office.editor)
    address = reverse("portal_desk:inquiry_list")
    answered(office, AT)
    client.get(address)
    counts = []
    for _round in range(2):
        with django_assert_max_num_queries(12) as captured:
            client.get(address)
        counts.append(len(captured))
        for _one in range(29):
            sent(AT)
    assert counts[0] == counts[1]


@pytest.mark.parametrize("value", ["\x00", "x" * 10_000, "\u202e\u200f", "'; DROP TABLE"])
def test_hostile_words_get_an_answer(client, office, value):
    for field in FORM:
        assert client.post(reverse("portal:question_ask"), FORM | {field: value}).status_code in {302, 422}
    code = client.post(reverse("portal:inquiry_standing"), {"code": value, "secret": value}).status_code
    assert code in {404, 422, 429}
