"""Where is my dossier: what the page tells with and without the secret, and what guessing brings."""

import re
import statistics
import time
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from egov.audit.models import AuditEvent
from onestop.actions.receive import receive
from onestop.actions.request_supplement import Asked, SupplementContent, request_supplement
from onestop.models import Dossier, PaymentRequest
from tests.conftest import MONDAY_MORNING
from tests.factories.dossiers import OWNER_NUMBER
from tests.factories.filings import filing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.procedures import ProcedureVersionFactory
from tests.onestop.conftest import standard_forms  # noqa: F401  (fixture: slips have their forms)
from tests.support.payment_fixture import gateway, gateway_process  # noqa: F401  (fixtures)

NOW = MONDAY_MORNING
UNKNOWN = "000.00.00.H54-250915-9999"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "counters_of_this_test")]


@pytest.fixture
def counters_of_this_test(settings) -> None:
    """The counters are in a real Valkey, which outlives a test whose clock stands still."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit()


@pytest.fixture
def dossier(unit: Unit) -> Dossier:
    return receive(unit.counter, filing(ProcedureVersionFactory(), unit.agency), at=NOW)


def asked(client: Client, code: str, secret: str = "", path: str = "/lookup/"):
    return client.post(path, {"code": code, "secret": secret})


def words(answer) -> str:
    return answer.content.decode()


class TestWhatIsTold:
    """Section 4.3: the code tells of the matter, the secret of what its bearer needs."""

    PERSONAL = (
        OWNER_NUMBER,
        "Vũ Thị Em",
        "Thôn Bắc",
        "0912345678",
        "Hoàng Thị Quầy",
        "Đăng ký khai sinh cho",
    )

    @pytest.mark.rule("onestop", 39)
    def test_the_code_alone_names_nobody(self, client, dossier):
        page = words(asked(client, dossier.code))
        for told in (dossier.code, dossier.version.name, "Được tiếp nhận", "08:00, 18/09/2025", "Hẹn trả"):
            assert told in page
        for hidden in (*self.PERSONAL, "V***", "Quá trình giải quyết", dossier.secret):
            assert hidden not in page

    @pytest.mark.rule("onestop", 39)
    def test_the_secret_adds_the_way_and_the_counted_days_but_no_person(self, client, dossier):
        page = words(asked(client, dossier.code, dossier.secret.lower()))
        for told in ("V*** T*** E***", "Hồ sơ đã được tiếp nhận", "Thời hạn giải quyết là 3 ngày làm việc"):
            assert told in page
        days = re.findall(r'<time datetime="(2025-09-1\d)">', page)
        assert days == ["2025-09-15", "2025-09-16", "2025-09-17", "2025-09-18"]
        assert [one for one in self.PERSONAL if one in page] == []

    @pytest.mark.rule("onestop", 42)
    def test_a_look_with_the_secret_is_noted_and_one_without_names_nobody(self, client, dossier):
        for secret in ("", "AAAA"):
            asked(client, dossier.code, secret)
        read = AuditEvent.objects.filter(action="onestop.read_with_secret")
        assert not read.exists()
        client.post("/lookup/", {"code": dossier.code, "secret": dossier.secret}, REMOTE_ADDR="203.0.113.7")
        assert [(one.subject_id, one.address) for one in read] == [(str(dossier.pk), "203.0.113.7")]

    def test_what_is_asked_for_is_listed_and_the_clock_is_said_to_stand(self, client, unit, dossier, clock):
        wanted = dossier.version.cases.get().requirements.first()
        content = SupplementContent(
            papers=[Asked(wanted.pk, "Bản rõ hơn")],
            reason="Tờ khai mờ",
            deadline_on=NOW.date() + timedelta(9),
        )
        clock.shift(timedelta(hours=1))
        request_supplement(unit.counter, dossier, content, at=NOW + timedelta(hours=1))
        page = words(asked(client, dossier.code, dossier.secret))
        for told in ("Cần bổ sung giấy tờ trước hết ngày 24/09/2025", "Bản rõ hơn", "tạm dừng tính"):
            assert told in page

    @pytest.mark.parametrize("path", ["/lookup/", "/en/lookup/"])
    def test_nothing_is_kept_and_no_cookie_is_set(self, client, dossier, path):
        for answer in (client.get(path), asked(client, dossier.code, dossier.secret, path)):
            assert answer.status_code == 200
            assert "no-store" in answer["Cache-Control"]
            assert not answer.cookies

    def test_the_whole_text_of_a_scanned_slip_may_stand_in_the_field(self, client, dossier):
        scanned = f"https://dichvucong.example/lookup/#{dossier.code}/{dossier.secret}"
        assert "V*** T*** E***" in words(asked(client, scanned))

    def test_it_asks_no_other_site_for_a_token(self, dossier):
        """Without any cookie: code and secret are what counts, and they are in the form."""
        strict = Client(enforce_csrf_checks=True)
        assert asked(strict, dossier.code, dossier.secret).status_code == 200


@pytest.mark.rule("onestop", 40)
class TestGuessing:
    """Whether a code exists cannot be learnt with a secret, neither from the page nor from its time."""

    def answer(self, client: Client, code: str, address: str = "198.51.100.1") -> tuple[int, str, list[str]]:
        with CaptureQueriesContext(connection) as statements:
            page = client.post("/lookup/", {"code": code, "secret": "AAAA"}, REMOTE_ADDR=address)
        sql = [one["sql"].replace(code, "CODE") for one in statements.captured_queries]
        return page.status_code, words(page).replace(code, "CODE"), sql

    def test_unknown_and_wrong_are_one_page_by_one_way(self, client, dossier):
        known, unknown = self.answer(client, dossier.code), self.answer(client, UNKNOWN)
        assert known == unknown
        assert known[0] == 404
        assert "AAAA" not in known[1]

    def test_they_take_the_same_time(self, client, dossier, settings):
        """Interleaved, so that whatever else the machine does falls on both alike."""
        settings.LOOKUP_WRONG_SECRETS = settings.LOOKUP_PER_ADDRESS = (10_000, 60)
        took: dict[str, list[float]] = {dossier.code: [], UNKNOWN: []}
        for _ in range(60):
            for code, times in took.items():
                begun = time.perf_counter()
                asked(client, code, "AAAA")
                times.append(time.perf_counter() - begun)
        known, unknown = (statistics.median(times) for times in took.values())
        assert 0.6 < known / unknown < 1.6

    @pytest.mark.parametrize("path", ["/lookup/", "/lookup/pay/", "/rate/"])
    def test_every_door_with_a_secret_counts(self, client, dossier, settings, path):
        settings.LOOKUP_WRONG_SECRETS = (3, 3600)
        for number in range(3):
            answer = client.post(
                path, {"code": dossier.code, "secret": "AAAA"}, REMOTE_ADDR=f"198.51.100.{number}"
            )
            assert answer.status_code == 404
        held_up = client.post(
            path, {"code": dossier.code, "secret": dossier.secret}, REMOTE_ADDR="203.0.113.9"
        )
        assert (held_up.status_code, int(held_up["Retry-After"]) > 0) == (429, True)
        assert "quá nhiều lần" in words(held_up)

    @pytest.mark.parametrize(
        "typed",
        ["", " ", "\0", "\x07\x1b[2J", "\u202e\ufeff", "x" * 10_000, "%", "'; --", "<b>", "#/", "𝕏" * 200],
    )
    @pytest.mark.parametrize("path", ["/lookup/", "/lookup/pay/", "/rate/"])
    def test_what_is_no_code_gets_the_form_again(self, client, typed, path):
        for secret in ("", typed):
            answer = client.post(path, {"code": typed, "secret": secret})
            assert answer.status_code in {404, 422}
            assert '<input type="text" name="code"' in words(answer)
            assert "<b>" not in words(answer)


class TestPaying:
    """Whoever has the receipt pays at the gateway, and is told so before leaving the portal."""

    def pay(self, client: Client, dossier: Dossier, secret: str = ""):
        return client.post(
            reverse("portal:lookup_pay"), {"code": dossier.code, "secret": secret or dossier.secret}
        )

    def test_where_nothing_is_connected_it_says_so(self, client, dossier):
        answer = self.pay(client, dossier)
        assert (answer.status_code, 'role="alert"' in words(answer)) == (409, True)

    def test_the_amount_is_told_and_the_link_leads_to_the_page_of_one_order(self, client, dossier, gateway):  # noqa: F811
        found = words(asked(client, dossier.code, dossier.secret))
        due = sum(charge.amount for charge in dossier.charges.all())
        assert f"Còn phải nộp: <strong>{due:,} đ</strong>".replace(",", ".") in found
        assert f'action="{reverse("portal:lookup_pay")}"' in found
        answer, again = self.pay(client, dossier), self.pay(client, dossier)
        assert answer.status_code == 200
        page = answer.context["page_to_pay"]
        assert page.startswith(gateway.url)
        assert f'href="{page}"' in words(answer)
        # Pressed twice it is still one order: nobody pays two.
        assert again.context["page_to_pay"] == page
        assert PaymentRequest.objects.count() == 1
        assert dossier.secret not in page

    @pytest.mark.rule("onestop", 40)
    def test_a_wrong_secret_opens_no_order(self, client, dossier, gateway):  # noqa: F811
        assert self.pay(client, dossier, "AAAA").status_code == 404
        assert not PaymentRequest.objects.exists()

    @pytest.mark.rule("onestop", 50)
    def test_a_gateway_that_is_gone_never_looks_like_a_payment(self, client, dossier, gateway, settings):  # noqa: F811
        settings.PAYMENT_GATEWAY_URL = "http://127.0.0.1:9"
        answer = self.pay(client, dossier)
        assert answer.status_code == 503
        assert "chưa có gì được thu" in words(answer)
