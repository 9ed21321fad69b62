"""Filed online: no clock and no code until the counter has looked; accepted, or refused in words."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from egov.files.store import put
from egov.workdays.load_holidays import load_holidays
from egov.workflow.move import move
from egov.workflow.refusal import NotPermitted
from onestop.actions.accept_filing import FilingNotPaid, accept_filing
from onestop.actions.charge import ClaimedExemption, exempt
from onestop.actions.collect import collect
from onestop.actions.enter_filing import DuplicateFiling, NotTakenHere
from onestop.actions.file_online import file_online
from onestop.actions.filing import Filing
from onestop.actions.receive import receive
from onestop.actions.refuse_intake import ReasonNeeded, refuse_intake
from onestop.enums import (
    Channel,
    DossierState,
    ExemptionGround,
    FormKind,
    IntakeRefusalGround,
    OnlineLevel,
    PaperSource,
    PaymentState,
    RefundGround,
)
from onestop.models import Dossier
from onestop.queries.inbox import inbox, waiting
from onestop.queries.money import due_before_receipt, to_collect
from onestop.rules import Citizen
from tests.conftest import MONDAY_MORNING
from tests.factories.dossiers import OWNER_NUMBER
from tests.factories.filings import filing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.procedures import ProcedureVersionFactory

NOW = MONDAY_MORNING
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
CITIZEN = Citizen(personal_number=OWNER_NUMBER, name="Vũ Thị Em", identity_level=2)
GROUND = IntakeRefusalGround.PAPERS
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit()


def online(unit: Unit, version=None, **changes: object) -> Filing:
    complete = filing(version or ProcedureVersionFactory(), unit.agency)
    scan = put(b"%PDF-1.4 scan", media_type="application/pdf")
    papers = tuple(
        replace(one, source=PaperSource.UPLOAD, file=scan, file_name="tep.pdf", originals=0)
        for one in complete.papers
    )
    return replace(complete, channel=Channel.ONLINE, papers=papers, **changes)


def filed(unit: Unit, at: datetime = NOW, **changes: object) -> Dossier:
    return file_online(CITIZEN, online(unit, **changes), at=at)


def test_a_filing_has_a_number_and_no_code_and_no_clock(unit: Unit):
    dossier = filed(unit)
    assert dossier.state == DossierState.FILED
    assert dossier.filing_number == f"{unit.agency.code}-DK250915-0001"
    assert (dossier.code, dossier.received_at, dossier.due_at) == (None, None, None)
    assert dossier.secret
    assert not dossier.forms.exists()
    assert not dossier.legs.exists()


def test_the_same_key_files_once(unit: Unit):
    once = online(unit, idempotency_key="portal-1")
    assert file_online(CITIZEN, once, at=NOW) == file_online(CITIZEN, once, at=NOW)


@pytest.mark.rule("onestop", 50)
def test_an_unsent_file_shows_no_success(unit: Unit):
    complete = online(unit)
    bare = replace(complete, papers=(replace(complete.papers[0], file=None), *complete.papers[1:]))
    with pytest.raises(NotTakenHere, match="Tờ khai"):
        file_online(CITIZEN, bare, at=NOW)
    assert not Dossier.objects.exists()


def test_nobody_files_in_another_s_name(unit: Unit):
    with pytest.raises(NotTakenHere, match="đã đăng nhập"):
        file_online(replace(CITIZEN, personal_number="034190009999"), online(unit), at=NOW)
    with pytest.raises(NotPermitted):
        file_online(replace(CITIZEN, identity_level=0), online(unit), at=NOW)
    with pytest.raises(NotPermitted):
        file_online(unit.specialist, online(unit), at=NOW)


def test_an_official_who_types_is_the_helper_not_the_applicant(unit: Unit):
    dossier = file_online(unit.counter, online(unit), at=NOW)
    assert dossier.assisted_by == unit.counter.membership
    assert dossier.submitter.name == "Vũ Thị Em"


def test_information_only_is_not_filed_online(unit: Unit):
    version = ProcedureVersionFactory(online_level=OnlineLevel.INFORMATION)
    with pytest.raises(NotTakenHere, match="trực tuyến"):
        file_online(CITIZEN, online(unit, version), at=NOW)


@pytest.mark.rule("onestop", 11)
def test_accepted_it_counts_from_the_opening_after_it_was_filed(unit: Unit, clock):
    load_holidays([2026])
    dossier = filed(unit, at=datetime(2026, 2, 14, 9, 0, tzinfo=HANOI))
    accepted = accept_filing(unit.counter, dossier, at=datetime(2026, 2, 23, 10, 0, tzinfo=HANOI))
    assert accepted.state == DossierState.RECEIVED
    assert accepted.received_at == datetime(2026, 2, 23, 7, 0, tzinfo=HANOI)
    assert accepted.due_at == datetime(2026, 2, 26, 7, 0, tzinfo=HANOI)
    assert accepted.code == f"{unit.agency.code}-260223-0001"
    assert accepted.received_by == unit.counter.membership
    assert [one.kind for one in accepted.forms.all()] == [FormKind.RECEIPT]
    assert accepted.legs.exists()


def test_papers_that_had_been_asked_for_set_the_beginning(unit: Unit):
    dossier = filed(unit)
    later = datetime(2025, 9, 17, 9, 0, tzinfo=HANOI)
    move(dossier, to=DossierState.SUPPLEMENT, by=unit.counter, at=NOW)
    move(dossier, to=DossierState.FILED, by=unit.counter, at=later)
    assert accept_filing(unit.counter, dossier, at=later.replace(hour=15)).received_at == later


@pytest.mark.rule("onestop", 14)
def test_a_duplicate_is_for_the_staff_to_confirm(unit: Unit):
    version = ProcedureVersionFactory()
    receive(unit.counter, filing(version, unit.agency), at=NOW)
    dossier = file_online(CITIZEN, online(unit, version), at=NOW)
    with pytest.raises(DuplicateFiling):
        accept_filing(unit.counter, dossier, at=NOW)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.FILED
    assert accept_filing(unit.counter, dossier, at=NOW, duplicate_confirmed=True).code


def test_its_answer_is_due_in_eight_working_hours(unit: Unit):
    friday = datetime(2025, 9, 12, 15, 0, tzinfo=HANOI)
    filed(unit, at=friday)
    rows = waiting(list(inbox(unit.counter)), unit.counter)
    # Friday 15:00 to 17:00 are two hours; Monday 07:00 to 11:30 four and a half; the rest after noon.
    assert [row.answer_due for row in rows] == [datetime(2025, 9, 15, 15, 0, tzinfo=HANOI)]


@pytest.mark.rule("onestop", 12)
def test_a_refused_filing_gets_form_03_in_words_and_never_a_receipt(unit: Unit):
    dossier = refuse_intake(
        unit.counter, filed(unit), ground=GROUND, reason="Thiếu giấy chứng sinh của bệnh viện", at=NOW
    )
    assert dossier.state == DossierState.REFUSED
    slip = dossier.forms.get()
    assert (slip.kind, slip.form.number) == (FormKind.REFUSAL, "03")
    assert "Thiếu giấy chứng sinh của bệnh viện" in str(slip.content)
    assert str(GROUND.label) in str(slip.content)
    assert (dossier.code, dossier.due_at) == (None, None)


@pytest.mark.rule("onestop", 12)
def test_papers_refused_at_the_counter_leave_a_refusal_and_no_code(unit: Unit):
    complete = filing(ProcedureVersionFactory(), unit.agency)
    dossier = refuse_intake(
        unit.counter,
        replace(complete, papers=()),
        ground=IntakeRefusalGround.COMPETENCE,
        reason="Việc này thuộc thẩm quyền của Sở Tư pháp",
        at=NOW,
    )
    assert (dossier.state, dossier.code) == (DossierState.REFUSED, None)
    assert dossier.filing_number
    assert [one.kind for one in dossier.forms.all()] == [FormKind.REFUSAL]


@pytest.mark.rule("onestop", 12)
@pytest.mark.parametrize("reason", ["", "   ", "E17", "thiếu giấy"])
def test_a_refusal_needs_words(unit: Unit, reason: str):
    dossier = filed(unit)
    with pytest.raises(ReasonNeeded):
        refuse_intake(unit.counter, dossier, ground=GROUND, reason=reason, at=NOW)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.FILED
    assert not dossier.forms.exists()


def test_an_answer_is_given_once_and_by_the_agency_that_was_asked(unit: Unit):
    dossier, stranger = filed(unit), make_unit()
    for actor in (stranger.counter, unit.specialist, unit.leader):
        with pytest.raises(NotPermitted):
            accept_filing(actor, dossier, at=NOW)
        with pytest.raises(NotPermitted):
            refuse_intake(actor, dossier, ground=GROUND, reason="Không thuộc thẩm quyền", at=NOW)
    accept_filing(unit.counter, dossier, at=NOW)
    with pytest.raises(NotPermitted):
        refuse_intake(unit.counter, dossier, ground=GROUND, reason="Không thuộc thẩm quyền", at=NOW)
    assert not inbox(unit.counter).exists()


def test_where_payment_comes_first_it_is_taken_up_only_when_paid(unit: Unit):
    dossier = filed(unit, version=ProcedureVersionFactory(online_payment_required=True))
    assert due_before_receipt(dossier) == 50_000
    assert dossier.payment_state == PaymentState.DUE
    assert not to_collect(unit.counter).exists()
    with pytest.raises(FilingNotPaid, match="bắt buộc thanh toán trực tuyến"):
        accept_filing(unit.counter, dossier, at=NOW)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.code) == (DossierState.FILED, None)
    collect(unit.counter, dossier, at=NOW)
    dossier.refresh_from_db()
    accepted = accept_filing(unit.counter, dossier, at=NOW)
    assert accepted.state == DossierState.RECEIVED
    assert [one.amount for one in accepted.charges.all()] == [50_000]
    assert "50.000 đồng" in str(accepted.forms.get().content)


def test_exempt_from_what_comes_first_it_is_taken_up_without_paying(unit: Unit):
    dossier = filed(unit, version=ProcedureVersionFactory(online_payment_required=True))
    claimed = ClaimedExemption(ground=ExemptionGround.values[0], evidence="Giấy chứng nhận 12/UBND")
    exempt(unit.counter, dossier, claimed, at=NOW)
    dossier.refresh_from_db()
    accepted = accept_filing(unit.counter, dossier, at=NOW)
    assert accepted.charges.count() == 1
    assert "50.000" not in str(accepted.forms.get().content)


def test_elsewhere_nothing_is_to_be_paid_before_it_is_taken_up(unit: Unit):
    dossier = filed(unit)
    assert due_before_receipt(dossier) == 0
    assert accept_filing(unit.counter, dossier, at=NOW).payment_state == PaymentState.DUE


def test_a_free_procedure_asks_for_nothing_first(unit: Unit):
    version = ProcedureVersionFactory(online_payment_required=True, case__amount=None)
    assert accept_filing(unit.counter, filed(unit, version=version), at=NOW).code


@pytest.mark.rule("onestop", 37)
def test_what_was_paid_first_goes_back_when_it_is_refused(unit: Unit):
    version = ProcedureVersionFactory(online_payment_required=True, charge_refundable=False)
    paid, unpaid = filed(unit, version=version), filed(unit, version=version)
    collect(unit.counter, paid, at=NOW)
    for dossier in (paid, unpaid):
        dossier.refresh_from_db()
        refuse_intake(unit.counter, dossier, ground=GROUND, reason="Thiếu giấy chứng sinh", at=NOW)
    refund = paid.refunds.get()
    assert (refund.amount, refund.ground) == (50_000, RefundGround.REFUSED)
    assert not unpaid.refunds.exists()
    assert not unpaid.charges.due().exists()
