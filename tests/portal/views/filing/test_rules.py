"""Rules of receipt, money and papers at the door of filing online; acting for another; the end of drafts."""

import re
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from egov.audit.models import AuditEvent
from egov.files.store import read_checked
from egov.organizations.models import Agency
from egov.workdays.limit import Limit, LimitUnit
from onestop.actions.refuse_intake import refuse_intake
from onestop.enums import Channel, FormKind, IntakeRefusalGround
from onestop.models import Dossier, IssuedForm, ProcedureVersion, StoredPaper
from portal.actions.draft import save_draft
from portal.actions.sweep_filings import drafts_to_warn, end_drafts
from portal.actions.upload import add_file
from portal.models import Citizen, Draft, FilingReceipt
from portal.queries.receipt_check import check_receipt
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.citizens import signed_in_citizen
from tests.factories.documents import pdf_of
from tests.factories.filing import begun, complete, offer_of, prepared
from tests.factories.one_stop import make_unit
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import (
    CaseFactory,
    ChannelRuleFactory,
    FeeRuleFactory,
    ProcedureVersionFactory,
    RequirementFactory,
    activated,
)
from tests.portal.views.filing.check_page import submit, words

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.mark.rule("onestop", 4)
def test_the_online_row_counts_and_no_other(browser, em, commune):
    version = ProcedureVersionFactory(draft=True, case=False)
    case = CaseFactory(version=version, rules=False, fee=False)
    ChannelRuleFactory(case=case, channel=Channel.COUNTER, limit=Limit(5, LimitUnit.WORKING_DAYS))
    ChannelRuleFactory(case=case, channel=Channel.ONLINE, limit=Limit(9, LimitUnit.WORKING_DAYS))
    FeeRuleFactory(case=case, channel=Channel.COUNTER, name="Lệ phí", amount=20_000)
    FeeRuleFactory(case=case, channel=Channel.ONLINE, name="Lệ phí", amount=10_000)
    draft = complete(em, activated(version), commune)
    page = words(browser.get(reverse("portal:draft_step", args=[draft.pk, "check"])))
    assert "9 ngày làm việc" in page
    assert "5 ngày làm việc" not in page
    assert "10.000 đ" in page
    assert "20.000" not in page
    submit(browser, draft)
    assert Dossier.objects.get().channel_rule.channel == Channel.ONLINE


@pytest.mark.rule("onestop", 11)
def test_filed_on_the_night_before_tet_it_counts_from_the_first_working_day(
    em, version, commune, clock, system_signs
):
    from egov.workdays.models import Holiday

    for day in range(16, 21):
        Holiday.objects.create(
            day=f"2026-02-{day}", kind=Holiday.Kind.CLOSED, name="Tết Nguyên đán", source="TB 9441/TB-BNV"
        )
    clock.move_to(datetime(2026, 2, 13, 23, 0, tzinfo=HANOI))
    browser = signed_in_citizen(Client(), em)
    draft = complete(em, version, commune)
    page = words(browser.get(reverse("portal:draft_step", args=[draft.pk, "check"])))
    assert "Bây giờ ngoài giờ làm việc" in page
    opening = re.search(r"được tính là nhận lúc (\d\d:\d\d) ngày (\d\d/\d\d/\d{4})", page)
    assert opening[2] == "23/02/2026"
    assert "Tết Nguyên đán" in page
    submit(browser, draft)
    dossier = Dossier.objects.get()
    # The code's date and received_at come with receipt at the counter; the receipt already tells the day.
    assert dossier.submitted_at == datetime(2026, 2, 13, 23, 0, tzinfo=HANOI)
    assert ["Tính là nhận lúc", f"{opening[1]}:00 ngày 23/02/2026 (nộp ngoài giờ làm việc)"] in (
        FilingReceipt.objects.get().content["facts"]
    )


@pytest.mark.rule("onestop", 12)
def test_the_receipt_of_the_filing_is_no_receipt_slip_and_a_refusal_gets_form_03_alone(
    browser, em, version, unit, system_signs
):
    draft = complete(em, version, unit.agency)
    submit(browser, draft)
    assert not IssuedForm.objects.exists()
    assert any(
        "Đây không phải Giấy tiếp nhận" in note for note in FilingReceipt.objects.get().content["notes"]
    )
    refuse_intake(
        unit.counter, Dossier.objects.get(), ground=IntakeRefusalGround.COMPETENCE,
        reason="Không thuộc thẩm quyền", at=NOW,
    )  # fmt: skip
    assert [one.kind for one in IssuedForm.objects.all()] == [FormKind.REFUSAL]


@pytest.mark.rule("onestop", 32)
def test_it_goes_to_the_chosen_commune_which_alone_decides(browser, em, version, unit):
    other = make_unit(AgencyFactory(name="Ủy ban nhân dân xã Vũ Thư"))
    draft = complete(em, version, unit.agency)
    submit(browser, draft)
    dossier = Dossier.objects.get()
    assert dossier.deciding_agency == unit.agency
    assert Dossier.objects.visible_to(unit.counter).exists()
    assert not Dossier.objects.visible_to(other.counter).exists()


@pytest.mark.rule("onestop", 34)
def test_nothing_to_pay_no_step_of_payment(browser, em, commune):
    free = complete(em, ProcedureVersionFactory(case__amount=None), commune)
    paid = complete(em, ProcedureVersionFactory(), commune)
    assert "payment" not in prepared(em, free).step_names
    assert "payment" in prepared(em, paid).step_names
    answer = browser.get(reverse("portal:draft_step", args=[free.pk, "payment"]))
    assert answer.status_code == 302
    assert "Phí, lệ phí" not in words(browser.get(reverse("portal:draft_step", args=[free.pk, "check"])))


class TestStore:
    """Papers of one's own store are used again while they hold; nobody learns of another's."""

    @pytest.fixture
    def asking(self) -> ProcedureVersion:
        version = ProcedureVersionFactory(draft=True, case=False)
        case = CaseFactory(version=version, papers=False)
        RequirementFactory(case=case, order=1, name="Giấy khai sinh", type_code="KQ.G15.000031")
        return activated(version)

    def kept(self, em: Citizen, **changes: object) -> StoredPaper:
        from egov.files.store import put

        facts = {
            "owner_number": em.personal_number,
            "type_code": "KQ.G15.000031",
            "name": "Giấy khai sinh cũ",
        }
        file = put(pdf_of("khai sinh").read(), media_type="application/pdf")
        return StoredPaper.objects.create(**{**facts, "file": file, "source": "result", **changes})

    def chosen(self, em: Citizen, asking: ProcedureVersion, commune: Agency, stored: StoredPaper) -> Draft:
        draft = begun(em, asking)
        paper = asking.cases.get().requirements.get()
        typed = {"agency": commune.code, "phone": "0912345678", "acting": "self", "delivery": "counter"}
        typed[f"paper_{paper.pk}"] = f"store {stored.pk}"
        save_draft(em, draft, typed=typed, offer=offer_of(asking), at=NOW)
        return draft

    @pytest.mark.rule("onestop", 42)
    def test_seeing_which_papers_could_be_used_again_is_noted(self, browser, em, asking, commune):
        draft = self.chosen(em, asking, commune, self.kept(em))
        seen = AuditEvent.objects.filter(action="portal.papers_read", subject_id=str(draft.pk))
        browser.get(reverse("portal:draft_step", args=[draft.pk, "applicant"]))
        assert not seen.exists()
        browser.get(reverse("portal:draft_step", args=[draft.pk, "papers"]))
        assert seen.get().person == em.name

    @pytest.mark.rule("onestop", 45)
    def test_a_paper_that_holds_is_filed_and_a_revoked_one_is_not(self, browser, em, asking, commune):
        stored = self.kept(em)
        draft = self.chosen(em, asking, commune, stored)
        assert "Giấy khai sinh cũ" in words(
            browser.get(reverse("portal:draft_step", args=[draft.pk, "papers"]))
        )
        assert submit(browser, draft).status_code == 302
        assert Dossier.objects.get().papers.get().stored == stored
        second = self.chosen(em, asking, commune, stored)
        StoredPaper.objects.update(validity=StoredPaper.Validity.REVOKED)
        answer = submit(browser, second)
        assert answer.status_code == 422
        assert "không còn dùng được" in words(answer)

    @pytest.mark.rule("onestop", 45)
    def test_an_expired_and_somebody_elses_paper_are_not_offered(self, em, asking, commune):
        self.kept(em, expires_on="2025-09-14")
        theirs = self.kept(em, owner_number="034085005678")
        draft = self.chosen(em, asking, commune, theirs)
        row = prepared(em, draft).papers[0]
        assert (row.reusable, row.reused, row.lost) == ((), None, True)

    def test_typing_anothers_number_shows_nothing_of_their_store(self, em, asking, commune):
        self.kept(em, owner_number="034085005678")
        draft = begun(em, asking)
        typed = {"acting": "other", "owner_kind": "citizen", "owner_number": "034085005678"}
        save_draft(em, draft, typed=typed, offer=offer_of(asking), at=NOW)
        row = prepared(em, draft).papers[0]
        assert (row.reusable, row.is_answered) == ((), False)

    @pytest.mark.rule("onestop", 46)
    def test_what_a_database_gives_is_not_demanded(self, browser, em, commune):
        version = ProcedureVersionFactory(draft=True, case=False)
        case = CaseFactory(version=version, papers=False)
        RequirementFactory(
            case=case, order=1, name="Giấy xác nhận cư trú", available_from="Cơ sở dữ liệu dân cư"
        )
        draft = complete(em, activated(version), commune)
        page = words(browser.get(reverse("portal:draft_step", args=[draft.pk, "papers"])))
        assert "Cơ quan tự tra cứu từ Cơ sở dữ liệu dân cư" in page
        assert submit(browser, draft).status_code == 302
        assert Dossier.objects.get().papers.get().source == "database"


class TestActingForAnother:
    """Who files and who owns are two (domain: 3.9)."""

    TYPED = {
        "acting": "other", "owner_kind": "citizen", "owner_name": "Đỗ Văn Phụ",
        "owner_number": "034085009999", "owner_address": "Thôn Đông",
    }  # fmt: skip

    def test_an_authorisation_is_demanded_and_filed(self, browser, em, version, commune):
        draft = complete(em, version, commune, **self.TYPED)
        rows = prepared(em, draft).papers
        assert [row.key for row in rows if row.key == "authorisation"] == ["authorisation"]
        draft.uploads.get(paper="authorisation").delete()
        assert submit(browser, draft).status_code == 422
        add_file(
            em, draft, paper="authorisation", papers=prepared(em, draft).paper_names,
            file=pdf_of("Giấy ủy quyền"), filename="uy-quyen.pdf", at=NOW,
        )  # fmt: skip
        assert submit(browser, draft).status_code == 302
        dossier = Dossier.objects.get()
        assert (dossier.owner.name, dossier.submitter.name) == ("Đỗ Văn Phụ", "Vũ Thị Em")
        assert dossier.papers.filter(requirement=None, file_name="uy-quyen.pdf").exists()

    def test_where_the_procedure_allows_nobody_else(self, em, commune):
        version = ProcedureVersionFactory(representative_allowed=False)
        draft = complete(em, version, commune, **self.TYPED)
        assert prepared(em, draft).acting == "self"

    def test_an_organisation_by_its_representative(self, browser, em, commune):
        version = ProcedureVersionFactory(applicant_kinds=["enterprise"])
        draft = complete(
            em, version, commune, acting="organisation", owner_kind="enterprise",
            owner_name="Công ty Hưng Thịnh", owner_tax_code="1000123456", owner_address="Thái Bình",
        )  # fmt: skip
        assert submit(browser, draft).status_code == 302
        owner = Dossier.objects.get().owner
        assert (owner.name, owner.representative, owner.tax_code) == (
            "Công ty Hưng Thịnh", "Vũ Thị Em", "1000123456",
        )  # fmt: skip


def test_a_file_name_that_looks_like_a_hash_proves_nothing(browser, em, version, commune, system_signs):
    draft = complete(em, version, commune)
    foreign = "ab" * 32
    add_file(
        em, draft, paper="other", papers=prepared(em, draft).paper_names, file=pdf_of("x"),
        filename=f"sha256-{foreign} sha256:{foreign}.pdf", at=NOW,
    )  # fmt: skip
    submit(browser, draft)
    pdf = read_checked(FilingReceipt.objects.get().file)
    assert foreign not in check_receipt(BytesIO(pdf), "r.pdf", [], at=NOW).listing.hashes


class TestEnd:
    """Drafts that nobody goes on with are announced, then end with their files."""

    def test_warned_once_then_deleted_with_the_files_that_nothing_needs(self, em, version, commune, clock):
        from egov.files.models import StoredFile

        draft = complete(em, version, commune)
        filed = complete(em, version, commune)
        submit(signed_in_citizen(Client(), em), filed)
        before = StoredFile.objects.count()
        assert drafts_to_warn(NOW) == []
        near = NOW + settings.DRAFT_LASTS - settings.DRAFT_WARNING
        assert drafts_to_warn(near) == [draft]
        assert drafts_to_warn(near) == []
        assert end_drafts(NOW + settings.DRAFT_LASTS) == 1
        assert list(Draft.objects.all()) == [filed]
        assert StoredFile.objects.count() == before - 3


def test_the_receipt_is_pdf_with_its_words(browser, em, version, commune, system_signs):
    draft = complete(em, version, commune)
    submit(browser, draft)
    receipt = FilingReceipt.objects.get()
    with pikepdf.open(BytesIO(read_checked(receipt.file))) as pdf:
        assert receipt.number in str(pdf.docinfo["/Title"])
    # The number of a person stands on it only in part.
    assert em.personal_number not in str(receipt.content)


def test_an_emoji_in_a_file_name_does_not_keep_the_receipt_from_being_made(
    browser, em, version, commune, system_signs
):
    draft = complete(em, version, commune)
    add_file(
        em, draft, paper="other", papers=prepared(em, draft).paper_names, file=pdf_of("x"),
        filename="giấy 😀 漢字.pdf", at=NOW,
    )  # fmt: skip
    submit(browser, draft)
    receipt = FilingReceipt.objects.get()
    assert receipt.file is not None
    assert "giấy ? ??.pdf" in str(receipt.content["files"])
