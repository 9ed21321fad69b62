"""A citizen's own dossiers after filing: what they see and do, and that nobody else sees or does it."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from egov.audit.models import AuditEvent
from egov.files.store import put
from onestop.actions.accept_filing import accept_filing
from onestop.actions.request_supplement import Asked, SupplementContent, request_supplement
from onestop.enums import DossierState
from onestop.models import Dossier, Rating, StoredPaper
from portal.models import Citizen, CitizenSession, Draft
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.cast import Cast
from tests.factories.citizens import CitizenFactory, signed_in_citizen
from tests.factories.documents import pdf_of
from tests.factories.one_stop import Unit, make_unit
from tests.factories.online import filed_online
from tests.factories.procedures import ProcedureVersionFactory
from tests.onestop.conftest import standard_forms  # noqa: F401  (fixture: slips have their forms)
from tests.support.payment_fixture import gateway, gateway_process  # noqa: F401  (fixtures)
from tests.support.signed_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "own_file_store", "trust")]
REASON = {"reason": "Gia đình đổi ý, không làm thủ tục này nữa"}


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit()


@pytest.fixture
def em(db: None) -> Citizen:
    return CitizenFactory(name="Vũ Thị Em")


@pytest.fixture
def version(db: None):
    return ProcedureVersionFactory(case__fee=False)


@pytest.fixture
def dossier(unit: Unit, em: Citizen, version) -> Dossier:
    return filed_online(em, version, unit.agency, at=NOW)


@pytest.fixture
def browser(em: Citizen) -> Client:
    return signed_in_citizen(Client(), em)


def page(browser: Client, dossier: Dossier, part: str = "") -> str:
    return f"/my/{dossier}/{part}"


def ask(unit: Unit, dossier: Dossier) -> list[int]:
    papers = list(dossier.case.requirements.all()[:2])
    wanted = SupplementContent(
        papers=[Asked(one.pk, "Bản rõ hơn") for one in papers],
        reason="Bản quét bị mờ, không đọc được",
        deadline_on=NOW.date() + datetime.timedelta(days=9),
    )
    request_supplement(unit.counter, dossier, wanted, at=NOW)
    return [one.pk for one in papers]


def upload(keys: list[int]) -> dict[str, SimpleUploadedFile]:
    return {f"paper-{key}": SimpleUploadedFile(f"{key}.pdf", pdf_of(str(key)).read()) for key in keys}


class TestReading:
    def test_the_list_shows_what_is_theirs_and_what_waits(self, browser, unit, dossier):
        ask(unit, dossier)
        text = browser.get("/my/").content.decode()
        for told in (str(dossier), dossier.version.name, "Đang chờ ông/bà", "bổ sung giấy tờ"):
            assert told in text

    def test_one_dossier_in_plain_words(self, browser, unit, dossier):
        accept_filing(unit.counter, dossier, at=NOW)
        dossier.refresh_from_db()
        text = browser.get(page(browser, dossier)).content.decode()
        for told in (
            "Được tiếp nhận",
            "Hồ sơ đã được tiếp nhận",
            "Thời hạn giải quyết là 3 ngày làm việc",
            "08:00, 18/09/2025",
            "Giấy tờ trong hồ sơ",
            "Tải phiếu",
        ):
            assert told in text

    @pytest.mark.rule("onestop", 42)
    def test_reading_is_noted(self, browser, em, dossier):
        browser.get(page(browser, dossier))
        noted = AuditEvent.objects.get(action="portal.dossier_read")
        assert (noted.subject_id, noted.person) == (str(dossier), em.name)

    def test_the_list_costs_the_same_however_long(self, browser, em, unit, django_assert_max_num_queries):
        for _ in range(3):
            filed_online(em, ProcedureVersionFactory(case__fee=False), unit.agency, at=NOW)
        with django_assert_max_num_queries(12):
            browser.get("/my/")

    def test_what_is_still_being_written_is_gone_on_with_from_here(self, browser, em, version):
        draft = Draft.objects.create(
            citizen=em,
            procedure_code=version.procedure.local_code,
            procedure_name=version.name,
            version=1,
            begun_at=NOW,
            saved_at=NOW,
            expires_at=NOW + datetime.timedelta(days=30),
        )
        assert f"/apply/drafts/{draft.pk}/step/case/" in browser.get("/my/").content.decode()
        other = signed_in_citizen(Client(), CitizenFactory())
        assert str(draft.pk) not in other.get("/my/").content.decode()

    def test_an_empty_list_says_so(self, browser):
        assert "Quý vị chưa có hồ sơ nào" in browser.get("/my/").content.decode()

    @pytest.mark.rule("onestop", 45)
    def test_my_papers_say_which_can_be_used_again(self, browser, em):
        for validity, name in (
            ("valid", "Giấy khai sinh còn giá trị"),
            ("revoked", "Giấy khai sinh bị thu hồi"),
        ):
            StoredPaper.objects.create(
                owner_number=em.personal_number,
                type_code="KQ.G15.000031",
                name=name,
                issued_on=NOW.date(),
                file=put(pdf_of(name), media_type="application/pdf"),
                source="result",
                validity=validity,
            )
        theirs = browser.get("/my/papers/").content.decode()
        assert theirs.count("Dùng lại được") == 1
        assert "Giấy khai sinh bị thu hồi" in theirs
        other = signed_in_citizen(Client(), CitizenFactory())
        assert "Giấy khai sinh" not in other.get("/my/papers/").content.decode()


class TestSupplement:
    def test_all_the_papers_at_once_and_the_clock_runs_on(self, browser, unit, dossier):
        keys = ask(unit, dossier)
        assert "Bản quét bị mờ" in browser.get(page(browser, dossier)).content.decode()
        response = browser.post(page(browser, dossier, "supplement/"), upload(keys))
        assert response["Location"] == f"/my/{dossier}/"
        dossier.refresh_from_db()
        assert dossier.state == DossierState.FILED
        assert "Đã nhận đủ giấy tờ bổ sung" in browser.get(page(browser, dossier)).content.decode()

    def test_one_that_is_missing_is_named_and_nothing_is_taken(self, browser, unit, dossier):
        keys = ask(unit, dossier)
        response = browser.post(page(browser, dossier, "supplement/"), upload(keys[:1]))
        assert response.status_code == 422
        assert "Hãy chọn tệp của giấy tờ này" in response.content.decode()
        dossier.refresh_from_db()
        assert dossier.state == DossierState.SUPPLEMENT

    def test_a_file_that_is_not_what_it_says_is_refused_in_words(self, browser, unit, dossier):
        keys = ask(unit, dossier)
        bad = upload(keys) | {f"paper-{keys[0]}": SimpleUploadedFile("to-khai.pdf", b"MZ\x90\x00 program")}
        response = browser.post(page(browser, dossier, "supplement/"), bad)
        assert response.status_code >= 400
        dossier.refresh_from_db()
        assert dossier.state == DossierState.SUPPLEMENT
        assert "alert-refused" in response.content.decode()

    def test_sent_twice_it_counts_once(self, browser, unit, dossier):
        keys = ask(unit, dossier)
        for _ in range(2):
            assert browser.post(page(browser, dossier, "supplement/"), upload(keys)).status_code == 302
        assert dossier.changes.filter(after=DossierState.FILED).count() == 2


class TestPaying:
    @pytest.fixture
    def version(self, db: None):
        return ProcedureVersionFactory()

    def test_the_gateway_s_page_is_a_link_that_leads_out(self, browser, unit, dossier, gateway):  # noqa: F811
        accept_filing(unit.counter, dossier, at=NOW)
        dossier.refresh_from_db()
        assert "Nộp phí, lệ phí trực tuyến" in browser.get(page(browser, dossier)).content.decode()
        response = browser.post(page(browser, dossier, "pay/"))
        assert response.status_code == 200
        assert response.context["page_to_pay"].startswith("http")

    @pytest.mark.rule("onestop", 50)
    def test_a_gateway_that_is_gone_never_looks_like_a_payment(self, browser, unit, dossier, settings):
        accept_filing(unit.counter, dossier, at=NOW)
        dossier.refresh_from_db()
        settings.PAYMENT_GATEWAY_URL, settings.PAYMENT_GATEWAY_SECRET = "http://127.0.0.1:9", "x" * 32
        settings.PAYMENT_GATEWAY_MERCHANT = settings.PAYMENT_CALLBACK_URL = "x"
        response = browser.post(page(browser, dossier, "pay/"))
        assert response.status_code == 503
        assert "chưa có gì được thu" in response.content.decode()

    def test_without_a_fee_there_is_nothing_to_press(self, browser, unit, em):
        free = filed_online(em, ProcedureVersionFactory(case__fee=False), unit.agency, at=NOW)
        assert "Nộp phí" not in browser.get(page(browser, free)).content.decode()


class TestWithdrawing:
    def test_with_a_reason_it_is_withdrawn(self, browser, dossier):
        assert browser.post(page(browser, dossier, "withdraw/"), REASON).status_code == 302
        dossier.refresh_from_db()
        assert dossier.state == DossierState.WITHDRAWN

    def test_without_a_reason_it_stays(self, browser, dossier):
        response = browser.post(page(browser, dossier, "withdraw/"), {"reason": " "})
        assert response.status_code == 422
        assert "Hãy ghi lý do" in response.content.decode()
        dossier.refresh_from_db()
        assert dossier.state == DossierState.FILED

    def test_twice_is_told_the_second_time(self, browser, dossier):
        browser.post(page(browser, dossier, "withdraw/"), REASON)
        again = browser.post(page(browser, dossier, "withdraw/"), REASON)
        assert again.status_code >= 400
        assert REASON["reason"] in again.content.decode()


class TestEndedSignIn:
    """What was typed is there again after signing in, for that person and nobody else."""

    def test_the_reason_is_not_lost(self, browser, em, dossier):
        address = page(browser, dossier, "withdraw/")
        CitizenSession.objects.all().delete()
        answer = browser.post(address, REASON, headers={"Referer": f"http://testserver{address}"})
        assert answer["Location"].startswith("/citizen/sign-in/")
        assert "withdraw" in answer["Location"]
        dossier.refresh_from_db()
        assert dossier.state == DossierState.FILED
        signed_in_citizen(browser, CitizenFactory())
        assert REASON["reason"] not in browser.get(address).content.decode()
        signed_in_citizen(browser, em)
        assert REASON["reason"] in browser.get(address).content.decode()
        assert REASON["reason"] not in browser.get(address).content.decode()


class TestRating:
    @pytest.mark.rule("onestop", 57)
    def test_once_a_stage_and_never_changed(self, browser, unit, dossier):
        accept_filing(unit.counter, dossier, at=NOW)
        dossier.refresh_from_db()
        given = {"stage": "intake", "level": "satisfied", "comment": "Nhanh gọn"}
        assert browser.post(page(browser, dossier, "rate/"), given).status_code == 302
        assert browser.post(page(browser, dossier, "rate/"), given).status_code == 422
        assert Rating.objects.filter(dossier=dossier).count() == 1

    def test_nothing_is_chosen_for_anybody(self, browser, unit, dossier):
        accept_filing(unit.counter, dossier, at=NOW)
        dossier.refresh_from_db()
        response = browser.post(page(browser, dossier, "rate/"), {"stage": "intake"})
        assert response.status_code == 422
        assert "Hãy chọn mức độ hài lòng" in response.content.decode()


class TestForSomebodyElse:
    def test_submitter_and_owner_both_see_it_and_whose_it_is(self, browser, unit, em, version):
        owner = CitizenFactory(name="Đỗ Văn Chủ")
        dossier = filed_online(em, version, unit.agency, at=NOW, owner=owner)
        theirs = signed_in_citizen(Client(), owner)
        for one in (browser, theirs):
            text = one.get(page(one, dossier)).content.decode()
            assert "Đỗ Văn Chủ" in text
            assert "Vũ Thị Em" in text
            assert str(dossier) in one.get("/my/").content.decode()


class TestOutsiders:
    """Another citizen, an official, a visitor: nothing is shown and nothing is done."""

    PARTS = ("", "withdraw/", "rate/", "results/1/", "slips/1/")
    STEPS = ("supplement/", "pay/", "withdraw/", "rate/")

    @pytest.mark.rule("onestop", 43)
    def test_another_citizen_learns_nothing(self, dossier):
        other = signed_in_citizen(Client(), CitizenFactory())
        for part in self.PARTS:
            response = other.get(page(other, dossier, part))
            assert response.status_code == 404, part
            assert dossier.version.name not in response.content.decode()
        for part in self.STEPS:
            assert other.post(page(other, dossier, part), REASON).status_code == 404, part
        assert str(dossier) not in other.get("/my/").content.decode()
        dossier.refresh_from_db()
        assert dossier.state == DossierState.FILED

    @pytest.mark.rule("onestop", 40)
    def test_somebody_else_s_dossier_and_none_look_the_same(self, dossier):
        other = signed_in_citizen(Client(), CitizenFactory())
        theirs, none = (other.get(f"/my/{code}/") for code in (dossier, "H54.0-250915-9999"))
        assert theirs.status_code == none.status_code == 404
        token = re.compile(r'"X-CSRFToken": "\w+"|value="\w{64}"')
        said = [
            token.sub("", answer.content.decode()).replace(code, "")
            for answer, code in ((theirs, str(dossier)), (none, "H54.0-250915-9999"))
        ]
        assert said[0] == said[1]

    @pytest.mark.parametrize("who", ["visitor", "official", "its own counter"])
    def test_who_is_no_citizen_is_sent_to_sign_in(self, dossier, unit, cast: Cast, who: str):
        client = {
            "visitor": Client,
            "official": lambda: signed_in(cast.an),
            "its own counter": lambda: signed_in(unit.counter),
        }[who]()
        for part in self.PARTS:
            assert client.get(page(client, dossier, part))["Location"].startswith("/citizen/sign-in/")
        for part in self.STEPS:
            assert client.post(page(client, dossier, part), REASON)["Location"].startswith(
                "/citizen/sign-in/"
            )
        dossier.refresh_from_db()
        assert dossier.state == DossierState.FILED

    @pytest.mark.parametrize("code", ["x", "%00", "a" * 3000, "' OR 1=1 --", "papers%20"])
    def test_no_code_breaks_the_page(self, browser, code: str):
        assert browser.get(f"/my/{code}/").status_code == 404
