"""Slips of no single dossier: what is missing before receipt, and one receipt for what came in together."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import Error, transaction

from egov.files.store import read_checked
from egov.workflow.refusal import NotPermitted
from onestop.actions.ask_before_receipt import Missing, ask_before_receipt
from onestop.actions.intake_draft import begin_intake, discard_intake
from onestop.actions.issue_batch_receipt import NotOneBatch, issue_batch_receipt
from onestop.actions.issue_form import issue_form
from onestop.actions.print_form import print_counter_slip
from onestop.actions.reason import ReasonMissing
from onestop.actions.receive import receive
from onestop.actions.request_supplement import Asked, DeadlineNotAhead, NothingAskedFor, PaperNotDemandable
from onestop.enums import FormKind
from onestop.models import CounterSlip, Dossier, IntakeDraft, ProcedureVersion
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.dossiers import OWNER_NUMBER
from tests.factories.filings import EM, filing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.procedures import ProcedureVersionFactory, RequirementFactory, activated
from tests.support.pdf_text import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
REASON = "Chưa có giấy chứng sinh bản chính"


@pytest.fixture
def unit() -> Unit:
    return make_unit()


@pytest.fixture
def version() -> ProcedureVersion:
    return ProcedureVersionFactory()


@pytest.fixture
def draft(unit: Unit, version: ProcedureVersion) -> IntakeDraft:
    return begin_intake(unit.counter, version, at=NOW)


def printed(unit: Unit, slip: CounterSlip) -> bytes:
    return read_checked(print_counter_slip(unit.counter, slip, at=NOW).file)


def missing(version: ProcedureVersion, **changes: object) -> Missing:
    paper = version.cases.get().requirements.get(name="Giấy chứng sinh")
    return replace(Missing(papers=[Asked(paper.pk, "bản chính")], reason=REASON), **changes)


def ask(unit: Unit, draft: IntakeDraft, at: datetime = NOW, **changes: object) -> CounterSlip:
    incomplete = replace(filing(draft.version, unit.agency), papers=())
    return ask_before_receipt(unit.counter, draft, incomplete, missing(draft.version, **changes), at=at)


@pytest.mark.rule("onestop", 13)
def test_form_02_before_receipt_says_what_is_missing_and_receives_nothing(unit: Unit, draft: IntakeDraft):
    text = text_of(printed(unit, ask(unit, draft)))
    for words in (
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Mẫu số 02",
        "Thông tư số 03/2025/TT-VPCP",
        "01/BSHS",
        "Vũ Thị Em",
        "Giấy chứng sinh",
        "bản chính",
        REASON,
    ):
        assert words in text, words
    assert "Mã hồ sơ" not in text
    assert OWNER_NUMBER not in text
    assert not Dossier.objects.exists()
    draft.refresh_from_db()
    assert draft.dossier_id is None


@pytest.mark.rule("onestop", 13)
def test_the_day_before_the_new_circular_it_is_on_the_old_set(unit: Unit, draft: IntakeDraft):
    slip = ask(unit, draft, at=datetime(2025, 9, 14, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")))
    assert "Thông tư số 01/2018/TT-VPCP" in text_of(printed(unit, slip))


def test_its_number_follows_those_of_the_kind(unit: Unit, draft: IntakeDraft, version: ProcedureVersion):
    received = receive(unit.counter, filing(version, unit.agency), at=NOW)
    first = issue_form(unit.counter, received, FormKind.SUPPLEMENT, {"reason": REASON}, at=NOW)
    assert (first.number, ask(unit, draft).number, ask(unit, draft).number) == (1, 2, 3)


@pytest.mark.rule("onestop", 46)
def test_only_papers_of_the_list_that_no_database_gives_are_asked_for(unit: Unit):
    version = ProcedureVersionFactory(draft=True)
    looked_up = RequirementFactory(case=version.cases.get(), order=9, available_from="CSDL dân cư")
    draft = begin_intake(unit.counter, activated(version), at=NOW)
    stranger = ProcedureVersionFactory().cases.get().requirements.first()
    for papers, refusal in (
        ([], NothingAskedFor),
        ([Asked(looked_up.pk)], PaperNotDemandable),
        ([Asked(stranger.pk)], PaperNotDemandable),
    ):
        with pytest.raises(refusal):
            ask(unit, draft, papers=papers)
    with pytest.raises(ReasonMissing):
        ask(unit, draft, reason=" ")
    with pytest.raises(DeadlineNotAhead):
        ask(unit, draft, deadline_on=NOW.date())
    assert not CounterSlip.objects.exists()


def test_a_slip_outlives_the_intake_and_never_changes(unit: Unit, draft: IntakeDraft):
    slip = ask(unit, draft)
    first = printed(unit, slip)
    discard_intake(unit.counter, draft, at=NOW)
    slip.refresh_from_db()
    assert slip.draft_id is None
    assert printed(unit, slip) == first
    with pytest.raises(Error, match="Cannot"), transaction.atomic():
        CounterSlip.objects.update(content={})


def test_nobody_else_asks_or_reads(unit: Unit, draft: IntakeDraft, version: ProcedureVersion):
    slip, stranger = ask(unit, draft), make_unit()
    for outsider in (stranger.counter, unit.leader, unit.specialist):
        with pytest.raises(NotPermitted):
            ask_before_receipt(outsider, draft, filing(version, unit.agency), missing(version), at=NOW)
    for outsider in (stranger.counter, unit.specialist):
        with pytest.raises(NotPermitted):
            print_counter_slip(outsider, slip, at=NOW)
        with pytest.raises(NotPermitted if outsider is unit.specialist else NotOneBatch):
            issue_batch_receipt(outsider, together(unit, version, 2), at=NOW)


def together(unit: Unit, version: ProcedureVersion, count: int, **changes: object) -> list[Dossier]:
    changes.setdefault("duplicate_confirmed", True)
    return [receive(unit.counter, filing(version, unit.agency, **changes), at=NOW) for _ in range(count)]


def test_one_receipt_names_every_dossier_of_the_batch(unit: Unit, version: ProcedureVersion):
    batch = together(unit, version, 3)
    slip = issue_batch_receipt(unit.counter, batch, at=NOW)
    text = text_of(printed(unit, slip))
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in text
    assert "03 hồ sơ, theo danh sách kèm theo" in text
    assert f"DANH SÁCH KÈM THEO GIẤY TIẾP NHẬN SỐ {slip.content['number']}" in text
    for dossier in batch:
        assert dossier.code in text
        assert dossier.secret in text
    assert "50.000 đồng" in text
    assert OWNER_NUMBER not in text
    # Each dossier keeps its own receipt as well, and a second click gives the same slip.
    assert all(one.forms.filter(kind=FormKind.RECEIPT).count() == 1 for one in batch)
    assert issue_batch_receipt(unit.counter, batch, at=NOW) == slip


def test_what_did_not_come_in_together_gets_no_common_receipt(unit: Unit, version: ProcedureVersion):
    mine = together(unit, version, 1)
    other = together(
        unit, version, 1, owner=replace(EM, personal_number="034190009999", sex="", born_on=None)
    )
    elsewhere = make_unit()
    theirs = together(elsewhere, version, 1)
    tomorrow = receive(
        unit.counter, filing(version, unit.agency, duplicate_confirmed=True), at=NOW + timedelta(days=1)
    )
    for batch in (mine, mine + other, mine + theirs, [*mine, tomorrow]):
        with pytest.raises(NotOneBatch):
            issue_batch_receipt(unit.counter, batch, at=NOW)
    assert not CounterSlip.objects.exists()
