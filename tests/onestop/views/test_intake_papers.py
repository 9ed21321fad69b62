"""Papers on the intake page: scans, cases, what nobody need bring."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onestop.enums import PaperSource
from onestop.models import Dossier, IntakeDraft, ProcedureVersion
from tests.factories.one_stop import Unit, make_unit
from tests.factories.procedures import (
    CaseFactory,
    FeeRuleFactory,
    ProcedureVersionFactory,
    RequirementFactory,
    activated,
)
from tests.onestop.views.counter_page import send, text_of, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit()


@pytest.fixture
def version(db: None) -> ProcedureVersion:
    return ProcedureVersionFactory(name="Đăng ký khai sinh")


@pytest.fixture
def client(unit: Unit, sign_in: Callable[..., Client]) -> Client:
    return sign_in(unit.counter)


@pytest.fixture
def draft(client: Client, version: ProcedureVersion) -> IntakeDraft:
    client.post(f"/counter/begin/{version.pk}/")
    return IntakeDraft.objects.get()


def pdf(name: str = "to-khai.pdf") -> SimpleUploadedFile:
    content = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(content)
    return SimpleUploadedFile(name, content.getvalue(), "application/pdf")


def test_scans_of_a_paper_are_kept_with_it_and_may_be_several(
    client: Client, draft: IntakeDraft, version: ProcedureVersion
):
    first = version.cases.first().requirements.first()
    url = f"/counter/intake/{draft.pk}/files/"
    part = client.post(
        url, {f"file_{first.pk}": [pdf("a.pdf"), pdf("b.pdf")]}, headers={"HX-Request": "true"}
    )
    assert part.status_code == 200
    # The same bytes twice are one file.
    assert draft.files.count() == 1
    bare = {name: text for name, text in typed(version).items() if name != f"paper_{first.pk}"}
    send(client, draft, "receive", **bare)
    paper = Dossier.objects.get().papers.get(requirement=first)
    assert (paper.source, paper.file_name) == (PaperSource.SCAN, "a.pdf")


def test_a_hostile_file_is_told_beside_the_papers_and_not_kept(
    client: Client, draft: IntakeDraft, version: ProcedureVersion
):
    first = version.cases.first().requirements.first()
    evil = SimpleUploadedFile("a.pdf", b"MZ not a pdf", "application/pdf")
    part = client.post(
        f"/counter/intake/{draft.pk}/files/", {f"file_{first.pk}": evil}, headers={"HX-Request": "true"}
    )
    assert part.status_code == 422
    assert "không phải tệp PDF" in text_of(part)
    assert not draft.files.exists()


def test_a_scan_can_be_taken_off_again(client: Client, draft: IntakeDraft, version: ProcedureVersion):
    first = version.cases.first().requirements.first()
    client.post(f"/counter/intake/{draft.pk}/files/", {f"file_{first.pk}": pdf()})
    client.post(f"/counter/intake/{draft.pk}/files/{draft.files.get().pk}/remove/")
    assert not draft.files.exists()


def test_another_case_has_its_own_papers_limit_and_fee(client: Client, unit: Unit):
    version = ProcedureVersionFactory(draft=True)
    second = CaseFactory(version=version, order=2, name="Có yếu tố nước ngoài", papers=False, fee=False)
    RequirementFactory(case=second, order=1, name="Hộ chiếu")
    FeeRuleFactory(case=second, name="Lệ phí riêng", amount=75_000)
    activated(version)
    client.post(f"/counter/begin/{version.pk}/")
    draft = IntakeDraft.objects.get(version=version)
    page = text_of(send(client, draft, "save", case=str(second.pk), person_name="Em"))
    assert "Hộ chiếu" in page
    assert "75.000" in page
    assert "Giấy chứng sinh" not in page


@pytest.mark.rule("onestop", 46)
def test_what_a_database_gives_is_shown_as_not_demanded(client: Client, unit: Unit):
    version = ProcedureVersionFactory(draft=True)
    RequirementFactory(
        case=version.cases.first(), order=8, name="Giấy tờ cư trú", available_from="CSDL quốc gia về dân cư"
    )
    activated(version)
    client.post(f"/counter/begin/{version.pk}/")
    page = text_of(client.get(f"/counter/intake/{IntakeDraft.objects.get(version=version).pk}/"))
    assert "tra cứu từ CSDL quốc gia về dân cư, không yêu cầu nộp" in page


def test_pages_are_told_copy_by_copy_and_stand_on_the_receipt(client: Client, unit: Unit):
    version = ProcedureVersionFactory(draft=True, case__fee=False)
    rule = FeeRuleFactory(case=version.cases.first(), name="Phí chứng thực", per_page=True)
    activated(version)
    client.post(f"/counter/begin/{version.pk}/")
    draft = IntakeDraft.objects.get(version=version)
    # 3 pages: 2,000 twice and 1,000 once; 1 page: 2,000.
    send(client, draft, "receive", **typed(version, **{f"quantity_{rule.pk}": "3, 1"}))
    dossier = Dossier.objects.get()
    assert dossier.charges.get().amount == 7_000
    assert "Phí chứng thực 7.000 đồng" in str(dossier.forms.get().content)


@pytest.mark.rule("onestop", 34)
def test_an_exemption_is_claimed_with_its_paper(
    client: Client, draft: IntakeDraft, version: ProcedureVersion
):
    without = send(client, draft, "receive", **typed(version, exemption_ground="poor"))
    assert without.status_code == 409
    assert not Dossier.objects.exists()
    evidence = "Giấy chứng nhận hộ nghèo số 12/2025, UBND xã"
    send(client, draft, "receive", **typed(version, exemption_ground="poor", exemption_evidence=evidence))
    assert Dossier.objects.get().payment_state == "none"
