"""A citizen's settings page, and the counter's list of what was sent."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.actions.contacts import code_of
from portal.models import Citizen, ContactCode, Notice
from tests.factories.cast import Cast
from tests.factories.citizens import CitizenFactory, signed_in_citizen
from tests.factories.one_stop import make_unit
from tests.support.signed_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def em(db: None) -> Citizen:
    return CitizenFactory()


@pytest.fixture
def browser(em: Citizen) -> Client:
    return signed_in_citizen(Client(), em)


def test_an_address_is_asked_for_confirmed_and_used(browser: Client, em: Citizen):
    sent = browser.post("/citizen/settings/contact/email/", {"contact": "em@thu.example"})
    assert sent.status_code == 302
    assert "Đã gửi mã đến em@thu.example" in browser.get("/citizen/settings/").content.decode()
    wrong = browser.post("/citizen/settings/confirm/email/", {"code": "x"})
    assert wrong.status_code == 422
    assert "Mã không đúng" in wrong.content.decode()
    code = code_of(ContactCode.objects.get())
    assert browser.post("/citizen/settings/confirm/email/", {"code": f" {code} "}).status_code == 302
    em.refresh_from_db()
    assert em.by_email
    assert browser.post("/citizen/settings/channels/", {"language": "en"}).status_code == 302
    em.refresh_from_db()
    assert (em.by_email, em.language) == (False, "en")


def test_a_channel_without_an_address_is_refused_in_words(browser: Client):
    response = browser.post("/citizen/settings/channels/", {"by_sms": "on", "language": "vi"})
    assert response.status_code == 422
    assert "Hãy xác nhận địa chỉ thư hoặc số điện thoại" in response.content.decode()


@pytest.mark.parametrize("typed", ["0912 345 678", "+84912345678", "0912.345.678"])
def test_a_number_is_taken_however_it_is_written(browser: Client, typed: str):
    assert browser.post("/citizen/settings/contact/sms/", {"contact": typed}).status_code == 302
    assert ContactCode.objects.get().contact == "0912345678"


@pytest.mark.parametrize(
    ("channel", "typed"),
    [
        ("sms", "12345"),
        ("sms", "٠٩١٢٣٤٥٦٧٨"),
        ("email", "a@b\nBcc: c@d.vn"),
        ("email", "x" * 400),
        ("email", ""),
    ],
)
def test_what_is_no_address_is_told_beside_the_field(browser: Client, channel: str, typed: str):
    response = browser.post(f"/citizen/settings/contact/{channel}/", {"contact": typed})
    assert response.status_code == 422
    assert not ContactCode.objects.exists()


def test_there_are_two_channels(browser: Client):
    assert browser.post("/citizen/settings/contact/fax/", {"contact": "1"}).status_code == 404


class TestNoticeList:
    """Staff of the receiving agency see whether people were reached, without their whole address."""

    @pytest.fixture
    def notice(self, em: Citizen) -> Notice:
        self.unit = make_unit()
        em.email = "nguyenthiem@thu.example"
        em.save(update_fields=["email"])
        return Notice.objects.create(
            citizen=em,
            agency=self.unit.agency,
            channel="email",
            event="onestop.result",
            subject_code="000.00.00.H54-250915-0001",
            subject_name="Đăng ký khai sinh",
            key="k",
            sending="failed",
            attempts=1,
            last_error="SMTP [550]",
            made_at=timezone.now(),
            next_try_at=timezone.now(),
        )

    def test_the_counter_sees_what_became_of_it(self, notice: Notice, em: Citizen):
        text = signed_in(self.unit.counter).get("/portal-desk/notices/").content.decode()
        for told in (notice.subject_code, "Không gửi được", "SMTP [550]", "ng***em@thu.example"):
            assert told in text
        for hidden in (em.email, em.name, em.personal_number):
            assert hidden not in text

    def test_another_agency_s_counter_sees_nothing_of_it(self, notice: Notice):
        text = signed_in(make_unit().counter).get("/portal-desk/notices/").content.decode()
        assert notice.subject_code not in text

    def test_who_has_no_part_is_refused(self, notice: Notice, cast: Cast, browser: Client):
        assert signed_in(self.unit.specialist).get("/portal-desk/notices/").status_code == 403
        assert signed_in(cast.dung).get("/portal-desk/notices/").status_code == 403
        assert browser.get("/portal-desk/notices/").status_code == 302

    def test_it_is_narrowed_by_state_and_code(self, notice: Notice):
        client = signed_in(self.unit.counter)
        for query, shown in (
            ({"sending": "failed"}, True),
            ({"sending": "sent"}, False),
            ({"code": notice.subject_code.lower()}, True),
            ({"code": "x\0" * 3000}, False),
        ):
            text = client.get("/portal-desk/notices/", query).content.decode()
            assert ("SMTP [550]" in text) is shown, query
