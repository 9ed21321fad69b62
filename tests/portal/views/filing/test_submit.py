"""A draft becomes one dossier and one signed receipt; rules of receipt, money, papers at this door."""

from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from egov.files.store import read_checked
from egov.signing.authority.demo import issue_certificate
from egov.signing.verification import Status
from egov.signing.verify import verify
from onestop.models import Dossier
from portal.actions.draft import save_draft
from portal.actions.sign_receipt import sign_waiting
from portal.models import CitizenSession, Draft, FilingReceipt
from portal.queries.receipt_check import check_receipt
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.citizens import CitizenFactory, signed_in_citizen
from tests.factories.filing import complete, prepared
from tests.portal.views.filing.check_page import submit, words
from tests.support.parallel import at_once

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


class TestFiling:
    """Once, whole, and told in words when not."""

    def test_it_becomes_a_dossier_with_a_receipt_that_lists_every_file(
        self, browser, em, version, commune, system_signs
    ):
        draft = complete(em, version, commune, content="Khai sinh cho cháu Minh Anh")
        answer = submit(browser, draft)
        assert answer["Location"] == reverse("portal:draft_filed", args=[draft.pk])
        dossier = Dossier.objects.get()
        assert (dossier.state, dossier.owner.name, dossier.owner.identity_level) == ("filed", "Vũ Thị Em", 2)
        assert (dossier.deciding_agency, dossier.content) == (commune, "Khai sinh cho cháu Minh Anh")
        page = words(browser.get(answer["Location"]))
        assert dossier.filing_number in page
        assert dossier.secret in page
        receipt = FilingReceipt.objects.get()
        pdf = browser.get(reverse("portal:draft_receipt", args=[draft.pk])).content
        assert pdf == read_checked(receipt.file)
        hashes = {one.file.sha256 for one in draft.uploads.all()}
        assert len(hashes) == 3
        assert {paper.file.sha256 for paper in dossier.papers.all()} == hashes
        listed = check_receipt(BytesIO(pdf), "r.pdf", [], at=NOW).listing
        assert set(listed.hashes) == hashes
        assert verify(pdf, at=NOW, attachment=True).status == Status.VALID

    def test_a_second_click_and_a_second_window_find_the_first_ones_dossier(
        self, browser, em, version, commune
    ):
        draft = complete(em, version, commune)
        first, again = submit(browser, draft), submit(browser, draft)
        assert first["Location"] == again["Location"]
        assert Dossier.objects.count() == FilingReceipt.objects.count() == 1

    @pytest.mark.parametrize("change", ["missing", "stand", "declared"])
    def test_what_is_missing_changed_or_not_declared_files_nothing(
        self, browser, em, version, commune, change
    ):
        draft = complete(em, version, commune)
        changes = {}
        if change == "missing":
            draft.uploads.first().delete()
        else:
            changes = {change: ""}
        answer = submit(browser, draft, **changes)
        assert answer.status_code in {409, 422}
        assert not Dossier.objects.exists()
        assert Draft.objects.get().submitted_at is None

    def test_a_change_on_another_device_is_looked_at_before_it_is_filed(self, browser, em, version, commune):
        draft = complete(em, version, commune)
        shown = prepared(em, draft).stand
        save_draft(em, draft, typed={"phone": "0999999999"}, at=NOW)
        answer = browser.post(
            reverse("portal:draft_submit", args=[draft.pk]), {"stand": shown, "declared": "yes"}
        )
        assert answer.status_code == 409
        assert "0999999999" in words(answer)
        assert not Dossier.objects.exists()

    def test_nobody_else_files_or_reads_it(self, browser, em, version, commune, system_signs):
        draft = complete(em, version, commune)
        thief = signed_in_citizen(Client(), CitizenFactory())
        assert submit(thief, draft).status_code == 404
        submit(browser, draft)
        for name in ("draft_filed", "draft_receipt"):
            assert thief.get(reverse(f"portal:{name}", args=[draft.pk])).status_code == 404

    def test_what_is_filed_is_not_written_in_any_more(self, browser, em, version, commune):
        draft = complete(em, version, commune)
        submit(browser, draft)
        answer = browser.post(reverse("portal:draft_step", args=[draft.pk, "case"]), {"content": "khác"})
        assert answer["Location"] == reverse("portal:draft_filed", args=[draft.pk])
        browser.post(reverse("portal:draft_discard", args=[draft.pk]))
        assert Draft.objects.get().said("content") == ""

    def test_an_ended_sign_in_files_nothing_and_leads_back(self, browser, em, version, commune):
        draft = complete(em, version, commune)
        stand = prepared(em, draft).stand
        CitizenSession.objects.all().delete()
        answer = browser.post(
            reverse("portal:draft_submit", args=[draft.pk]), {"stand": stand, "declared": "yes"}
        )
        assert reverse("portal:citizen_sign_in") in answer["Location"]
        assert not Dossier.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_dossier(em, version, commune):
    draft = complete(em, version, commune)

    stand = prepared(em, draft).stand

    def click(browser: Client) -> str:
        form = {"stand": stand, "declared": "yes"}
        return browser.post(reverse("portal:draft_submit", args=[draft.pk]), form)["Location"]

    browsers = [signed_in_citizen(Client(), em) for _ in range(2)]
    assert at_once(click, browsers) == [reverse("portal:draft_filed", args=[draft.pk])] * 2
    assert Dossier.objects.count() == FilingReceipt.objects.count() == 1


@pytest.mark.rule("onestop", 50)
class TestNoFalseSuccess:
    """Nothing says "filed" unless it is; what was prepared is never lost."""

    def test_the_one_stop_side_being_down_is_a_plain_page_and_keeps_the_draft(
        self, browser, em, version, commune
    ):
        draft = complete(em, version, commune)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE onestop_dossier RENAME TO gone")
        answer = submit(browser, draft)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE gone RENAME TO onestop_dossier")
        assert answer.status_code == 503
        assert "chưa được nộp" in words(answer)
        assert "Đã nộp" not in words(answer)
        assert Draft.objects.get().submitted_at is None
        assert draft.uploads.kept().count() == 3
        assert submit(browser, draft).status_code == 302
        assert Dossier.objects.count() == 1

    def test_an_answer_that_was_lost_is_asked_for_again(self, browser, em, version, commune):
        """The line broke after the button: opening any page of the draft leads to what was filed."""
        draft = complete(em, version, commune)
        submit(browser, draft)
        answer = browser.get(reverse("portal:draft_step", args=[draft.pk, "check"]))
        assert answer["Location"] == reverse("portal:draft_filed", args=[draft.pk])

    def test_a_key_that_is_missing_delays_the_receipt_and_not_the_filing(
        self, browser, em, version, commune, trust
    ):
        draft = complete(em, version, commune)
        answer = submit(browser, draft)
        assert "đang chờ ký số" in words(browser.get(answer["Location"]))
        assert browser.get(reverse("portal:draft_receipt", args=[draft.pk])).status_code == 503
        issue_certificate(pin=settings.SIGNING_SYSTEM_PIN, agency=commune, is_system=True)
        assert sign_waiting(NOW) == 1
        assert FilingReceipt.objects.get().signed_at == NOW
