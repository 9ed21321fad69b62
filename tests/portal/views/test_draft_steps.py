"""The steps of a filing in the browser: kept field by field, on two devices, after a sign-in has ended."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from egov.organizations.models import Agency
from onestop.enums import OnlineLevel, SystemOfRecord, VersionState
from onestop.models import ProcedureVersion
from portal.models import Citizen, CitizenSession, Draft
from tests.factories.citizens import CitizenFactory, signed_in_citizen
from tests.factories.documents import pdf_of
from tests.factories.filing import begun, complete
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import CaseFactory, ProcedureFactory, ProcedureVersionFactory, activated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def commune() -> Agency:
    return AgencyFactory(name="Ủy ban nhân dân xã Thụy Xuân")


@pytest.fixture
def version() -> ProcedureVersion:
    return ProcedureVersionFactory(name="Đăng ký khai sinh")


@pytest.fixture
def em() -> Citizen:
    return CitizenFactory(name="Vũ Thị Em")


@pytest.fixture
def browser(client: Client, em: Citizen) -> Client:
    return signed_in_citizen(client, em)


def step(draft: Draft, part: str) -> str:
    return reverse("portal:draft_step", args=[draft.pk, part])


def fields(draft: Draft) -> str:
    return reverse("portal:draft_fields", args=[draft.pk])


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


class TestBeginning:
    """The way in."""

    def test_a_visitor_reads_what_it_means_and_is_led_to_sign_in(self, client, version, commune):
        page = client.get(reverse("portal:apply", args=[version.procedure.local_code]))
        assert "Đăng nhập bằng tài khoản định danh điện tử" in words(page)
        answer = client.post(reverse("portal:apply", args=[version.procedure.local_code]))
        assert answer.status_code == 302
        assert reverse("portal:citizen_sign_in") in answer["Location"]
        assert not Draft.objects.exists()

    def test_begun_then_gone_on_with(self, browser, version, commune, em):
        address = reverse("portal:apply", args=[version.procedure.local_code])
        first = browser.post(address)
        draft = Draft.objects.get()
        assert first["Location"] == step(draft, "case")
        assert browser.get(first["Location"]).status_code == 200
        page = browser.get(address)
        assert "Soạn tiếp" in words(page)
        browser.post(address)
        assert em.drafts.count() == 2

    def test_only_so_many_at_a_time(self, browser, version, commune, em, settings):
        settings.DRAFTS_MOST = 1
        begun(em, version)
        answer = browser.post(reverse("portal:apply", args=[version.procedure.local_code]))
        assert answer.status_code == 409
        assert "Quý vị đang có 1 hồ sơ đang soạn" in words(answer)

    def test_an_unknown_procedure_is_not_found(self, browser):
        for code in ("9.999999.H54", "x", "\x00"):
            assert browser.get(reverse("portal:apply", args=[code])).status_code == 404


class TestElsewhere:
    """What is not filed here says where it is (domain: 1.1)."""

    def test_a_ministrys_system(self, browser):
        procedure = ProcedureFactory(system_of_record=SystemOfRecord.MINISTRY)
        ProcedureVersionFactory(procedure=procedure)
        page = browser.get(reverse("portal:apply", args=[procedure.local_code]))
        assert "Cổng dịch vụ công quốc gia" in words(page)
        assert browser.post(reverse("portal:apply", args=[procedure.local_code])).status_code == 200
        assert not Draft.objects.exists()

    def test_information_only(self, browser):
        version = ProcedureVersionFactory(online_level=OnlineLevel.INFORMATION)
        page = words(browser.get(reverse("portal:apply", args=[version.procedure.local_code])))
        assert "không nhận hồ sơ trực tuyến" in page
        assert "Trực tiếp" in page

    def test_no_channel_online(self, browser):
        version = ProcedureVersionFactory(case__channels=("counter", "post"))
        page = words(browser.get(reverse("portal:apply", args=[version.procedure.local_code])))
        assert "không nhận hồ sơ trực tuyến" in page


class TestSaving:
    """Field by field; a button without scripts; nothing lost."""

    def test_a_single_field_is_kept(self, browser, em, version, commune):
        draft = begun(em, version)
        answer = browser.post(
            fields(draft), {"phone": "0912345678", "was-phone": ""}, headers={"HX-Request": "true"}
        )
        assert "Đã lưu lúc" in words(answer)
        assert Draft.objects.get().said("phone") == "0912345678"

    def test_every_step_is_a_page_and_wrong_words_are_kept_with_their_fault(
        self, browser, em, version, commune
    ):
        draft = begun(em, version)
        for part in ("case", "applicant", "papers", "payment", "check"):
            assert browser.get(step(draft, part), follow=True).status_code == 200
        answer = browser.post(
            step(draft, "applicant"), {"phone": "không có", "acting": "self", "next": "next"}
        )
        assert answer.status_code == 422
        assert "Số điện thoại gồm 8 đến 15 chữ số." in words(answer)
        assert Draft.objects.get().said("phone") == "không có"

    def test_save_and_go_on_leads_to_the_next_step(self, browser, em, version, commune):
        draft = begun(em, version)
        answer = browser.post(
            step(draft, "case"), {"agency": commune.code, "delivery": "counter", "next": "next"}
        )
        assert answer["Location"] == step(draft, "applicant")

    def test_what_is_no_field_is_not_kept(self, browser, em, version, commune):
        draft = begun(em, version)
        browser.post(fields(draft), {"version": "7", "citizen": "1", "paper_x": "a", "content": "x\0y"})
        typed = Draft.objects.get().typed
        assert {"version", "citizen", "paper_x"}.isdisjoint(typed)
        assert typed["content"] == "xy"

    def test_a_very_long_text_is_cut_not_refused_with_a_fault(self, browser, em, version, commune):
        draft = begun(em, version)
        assert browser.post(fields(draft), {"content": "ă" * 50_000}).status_code == 200
        assert len(Draft.objects.get().said("content")) == 2000


class TestTwoDevices:
    """The phone and the machine at home: nothing is overwritten that nobody has seen."""

    def test_fields_that_this_page_left_alone_keep_the_others_words(self, browser, em, version, commune):
        draft = begun(em, version)
        browser.post(fields(draft), {"email": "em@thu.example", "was-email": ""})
        browser.post(
            step(draft, "applicant"),
            {"phone": "0912345678", "was-phone": "", "email": "", "was-email": "", "acting": "self"},
        )
        saved = Draft.objects.get()
        assert (saved.said("email"), saved.said("phone")) == ("em@thu.example", "0912345678")

    def test_a_conflict_is_told_in_words_and_nothing_is_lost(self, browser, em, version, commune):
        draft = begun(em, version)
        browser.post(fields(draft), {"phone": "0911111111", "was-phone": ""})
        typed = {"phone": "0922222222", "was-phone": "", "acting": "self", "next": "next"}
        answer = browser.post(step(draft, "applicant"), typed)
        page = words(answer)
        assert answer.status_code == 409
        assert "ở thiết bị kia là “0911111111”, ở đây Quý vị ghi “0922222222”" in page
        assert 'value="0922222222"' in page
        assert Draft.objects.get().said("phone") == "0911111111"
        browser.post(step(draft, "applicant"), typed | {"keep": "mine"})
        assert Draft.objects.get().said("phone") == "0922222222"

    def test_saving_in_the_background_never_settles_a_conflict(self, browser, em, version, commune):
        draft = begun(em, version)
        browser.post(fields(draft), {"phone": "0911111111", "was-phone": ""})
        for _ in range(2):
            answer = browser.post(fields(draft), {"phone": "0922222222", "was-phone": ""})
            assert 'name="was-phone" value=""' in words(answer)
            assert Draft.objects.get().said("phone") == "0911111111"


class TestEndedSignIn:
    """A sign-in that has ended costs no word, and gives none to anybody else."""

    def test_what_was_written_is_there_after_signing_in_again(self, browser, em, version, commune):
        draft = begun(em, version)
        CitizenSession.objects.all().delete()
        answer = browser.post(
            step(draft, "applicant"), {"phone": "0912345678", "was-phone": "", "acting": "self"}
        )
        assert reverse("portal:citizen_sign_in") in answer["Location"]
        assert Draft.objects.get().said("phone") == ""
        signed_in_citizen(browser, em)
        page = words(browser.get(step(draft, "applicant")))
        assert "không mất gì" in page
        assert Draft.objects.get().said("phone") == "0912345678"
        assert "không mất gì" not in words(browser.get(step(draft, "applicant")))

    def test_the_next_person_at_the_machine_sees_nothing_of_it(self, browser, em, version, commune):
        draft = begun(em, version)
        CitizenSession.objects.all().delete()
        browser.post(step(draft, "applicant"), {"phone": "0912345678"})
        dung = CitizenFactory()
        signed_in_citizen(browser, dung)
        assert browser.get(step(draft, "applicant")).status_code == 404
        own = begun(dung, version)
        assert "0912345678" not in words(browser.get(step(own, "applicant")))

    def test_saving_in_the_background_asks_to_load_the_page_anew(self, browser, em, version, commune):
        draft = begun(em, version)
        del browser.cookies[settings.CITIZEN_COOKIE_NAME]
        answer = browser.post(fields(draft), {"phone": "0912345678"}, headers={"HX-Request": "true"})
        assert answer["HX-Refresh"] == "true"


def test_anothers_draft_does_not_exist(browser, version, commune):
    other = begun(CitizenFactory(), version)
    for address in (
        step(other, "case"),
        step(other, "check"),
        reverse("portal:draft_discard", args=[other.pk]),
    ):
        assert browser.get(address).status_code == 404
        assert browser.post(address).status_code == 404
    assert browser.post(fields(other), {"phone": "1"}).status_code == 404
    assert Draft.objects.get().typed == other.typed


def test_a_draft_that_expired_says_so_and_keeps_nothing_new(browser, em, version, commune, clock):
    draft = begun(em, version)
    clock.shift(settings.DRAFT_LASTS)
    signed_in_citizen(browser, em)
    answer = browser.get(step(draft, "applicant"))
    assert answer.status_code == 409
    assert "hết hạn lưu" in words(answer)
    browser.post(fields(draft), {"phone": "0912345678"})
    assert Draft.objects.get().said("phone") == ""


class TestNewVersion:
    """The law changes while somebody prepares (domain: 1.1, 2.5)."""

    def supersede(self, version: ProcedureVersion) -> ProcedureVersion:
        ProcedureVersion.objects.filter(pk=version.pk).update(
            state=VersionState.SUPERSEDED, effective_to="2025-09-01"
        )
        new = ProcedureVersionFactory(
            procedure=version.procedure, number=2, draft=True, case=False, name=version.name
        )
        case = CaseFactory(version=new, papers=False)
        case.requirements.create(order=1, name="Giấy  chứng sinh", kind="submitted", originals=1)
        case.requirements.create(order=2, name="Giấy xác nhận cư trú", kind="submitted", originals=1)
        return activated(new, on="2025-09-01")

    def test_it_is_told_and_what_fits_is_taken_along(self, browser, em, version, commune):
        draft = complete(em, version, commune)
        new = self.supersede(version)
        answer = browser.get(step(draft, "check"))
        assert answer.status_code == 409
        assert "có quy định mới áp dụng từ ngày 01/09/2025" in words(answer)
        # Nothing goes in by the old rules meanwhile.
        browser.post(fields(draft), {"phone": "0900000000"})
        assert Draft.objects.get().said("phone") == "0912345678"
        browser.post(reverse("portal:draft_version", args=[draft.pk]))
        taken = Draft.objects.get()
        kept = {one.paper_name: one.paper for one in taken.uploads.all()}
        birth = new.cases.get().requirements.get(order=1)
        assert (taken.version, taken.said("phone")) == (2, "0912345678")
        assert kept["Giấy chứng sinh"] == str(birth.pk)
        assert kept["Tờ khai đăng ký khai sinh"] == "other"
        page = words(browser.get(step(draft, "check")))
        assert "Giấy xác nhận cư trú: chưa có." in page

    def test_an_abolished_procedure_shows_what_was_written(self, browser, em, version, commune):
        draft = complete(em, version, commune, content="Khai sinh cho cháu Minh Anh")
        ProcedureVersion.objects.filter(pk=version.pk).update(
            state=VersionState.ABOLISHED, effective_to="2025-09-01"
        )
        page = words(browser.get(step(draft, "check")))
        assert "Khai sinh cho cháu Minh Anh" in page
        assert browser.post(reverse("portal:draft_version", args=[draft.pk])).status_code == 409
        browser.post(reverse("portal:draft_discard", args=[draft.pk]))
        assert not Draft.objects.exists()


def test_files_come_in_without_scripts_and_a_refused_one_loses_nothing_else(browser, em, version, commune):
    draft = begun(em, version)
    paper = version.cases.get().requirements.first()
    good, bad = pdf_of("Tờ khai"), pdf_of("x")
    good.name, bad.name = "to-khai.pdf", "to-khai.exe"
    answer = browser.post(step(draft, "papers"), {f"file_{paper.pk}": [good, bad], "next": "upload"})
    page = words(answer)
    assert answer.status_code == 422
    assert "loại tệp không được nhận" in page
    upload = draft.uploads.get()
    assert upload.file.sha256 in page
    browser.post(reverse("portal:draft_file_remove", args=[draft.pk, upload.pk]))
    assert not draft.uploads.exists()


def test_a_form_of_a_thousand_fields_fills_nothing(browser, em, version, commune):
    draft = begun(em, version)
    browser.post(fields(draft), {f"paper_{number}": "later" for number in range(900)})
    assert len(Draft.objects.get().typed) <= 200
