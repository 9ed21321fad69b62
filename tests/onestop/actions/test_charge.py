"""What a dossier owes is written down at receipt; nobody is exempt without ground and evidence."""

import pytest
from django.db import InternalError, transaction

from egov.organizations.actor import SignedOut
from egov.workflow.refusal import NotPermitted
from onestop.actions.charge import (
    ClaimedExemption,
    ExemptionNotProved,
    FeeUndetermined,
    NothingToPay,
    exempt,
    lay_charges,
)
from onestop.actions.collect import collect
from onestop.actions.keep_account import keep_account
from onestop.enums import ExemptionGround, FeeBasis, PaymentState
from onestop.models import Charge, CollectionAccount, Dossier, Exemption, Paper
from onestop.queries.slip_paper import slip_pdf
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.dossiers import DossierFactory
from tests.factories.money import owing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import FeeRuleFactory, ProcedureVersionFactory, activated
from tests.support.pdf_text import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
POOR = ClaimedExemption(ground=ExemptionGround.POOR, evidence="Giấy chứng nhận hộ nghèo số 12, UBND xã")


@pytest.fixture
def unit() -> Unit:
    return make_unit()


def test_what_is_owed_is_kept_as_it_was_at_receipt(unit: Unit):
    dossier = owing(unit)
    line = dossier.charges.get()
    assert (line.name, line.amount, line.quantity, line.is_due) == ("Lệ phí đăng ký", 50_000, 1, True)
    assert dossier.payment_state == PaymentState.DUE
    with pytest.raises(InternalError, match="amount_stays"), transaction.atomic():
        Charge.objects.filter(pk=line.pk).update(amount=1)


@pytest.mark.rule("onestop", 34)
def test_without_a_fee_there_is_no_payment_step(unit: Unit):
    dossier = owing(unit, ProcedureVersionFactory(case__amount=None))
    assert dossier.payment_state == PaymentState.NONE
    assert not dossier.charges.exists()
    for step in (
        lambda: collect(unit.counter, dossier, at=NOW),
        lambda: exempt(unit.counter, dossier, POOR, at=NOW),
    ):
        with pytest.raises(NothingToPay):
            step()


@pytest.mark.rule("onestop", 34)
@pytest.mark.parametrize(
    "claimed",
    [
        ClaimedExemption(ground="", evidence="Giấy chứng nhận số 12"),
        ClaimedExemption(ground="friend", evidence="Giấy chứng nhận số 12"),
        ClaimedExemption(ground=ExemptionGround.POOR, evidence=" \u200b "),
        ClaimedExemption(ground=ExemptionGround.POOR, evidence="x" * 301),
        "poor",
    ],
)
def test_an_exemption_needs_its_ground_and_evidence(unit: Unit, claimed: object):
    dossier = owing(unit)
    with pytest.raises(ExemptionNotProved):
        exempt(unit.counter, dossier, claimed, at=NOW)
    with pytest.raises(ExemptionNotProved):
        owing(unit, exemption=claimed)
    dossier.refresh_from_db()
    assert dossier.payment_state == PaymentState.DUE
    assert not Exemption.objects.exists()


@pytest.mark.rule("onestop", 34)
def test_exempt_at_receipt_or_later_nothing_is_taken(unit: Unit):
    at_receipt, later = owing(unit, exemption=POOR), owing(unit)
    exempt(unit.counter, later, POOR, at=NOW)
    for dossier in (at_receipt, later):
        dossier.refresh_from_db()
        assert dossier.payment_state == PaymentState.NONE
        granted = dossier.charges.get().exemption
        assert (granted.ground, granted.granted_by) == ("poor", unit.counter.membership)
        with pytest.raises(NothingToPay):
            collect(unit.counter, dossier, at=NOW)


def test_the_evidence_is_a_paper_of_this_very_dossier(unit: Unit):
    dossier, other = owing(unit), owing(unit)
    theirs = Paper.objects.filter(dossier=other).first()
    claimed = ClaimedExemption(ground=ExemptionGround.MERIT, evidence="Bằng Tổ quốc ghi công", paper=theirs)
    with pytest.raises(ExemptionNotProved, match="không thuộc"):
        exempt(unit.counter, dossier, claimed, at=NOW)


def test_an_amount_that_nobody_set_is_refused_in_words(unit: Unit):
    version = ProcedureVersionFactory(draft=True, case__fee=False)
    case = version.cases.get()
    FeeRuleFactory(case=case, undetermined=True, name="Lệ phí cấp phép")
    dossier = DossierFactory(version=activated(version), agency=unit.agency)
    with pytest.raises(FeeUndetermined, match=r"Lệ phí cấp phép.*Hội đồng nhân dân"):
        lay_charges(dossier, quantities={}, exemption=None, by=unit.counter, at=NOW)
    assert not Charge.objects.exists()


@pytest.mark.rule("onestop", 5)
def test_a_later_version_changes_nothing_of_what_is_owed(unit: Unit):
    version = ProcedureVersionFactory(draft=True, case__fee=False)
    pages = FeeRuleFactory(case=version.cases.get(), per_page=True)
    dossier = owing(unit, activated(version), quantities={pages.pk: 10})
    type(version).objects.filter(pk=version.pk).update(state="superseded", effective_to=NOW.date())
    line = Dossier.objects.get(pk=dossier.pk).charges.get()
    assert (line.basis, line.quantity, line.amount) == (FeeBasis.PER_PAGE, 10, 12_000)


def test_the_slip_bears_the_code_of_the_transfer_where_something_is_owed(unit: Unit):
    CollectionAccount.objects.create(
        agency=unit.agency, bank_bin="970415", bank_name="VietinBank", number="113366668888", holder="UBND xã"
    )
    free = owing(unit, ProcedureVersionFactory(case__amount=None))
    owed, poor = owing(unit), owing(unit, exemption=POOR)
    assert "540550000" in owed.forms.get().content["transfer"]
    assert [one.forms.get().content["transfer"] for one in (free, poor)] == ["", ""]
    with_code, without = (slip_pdf(one.forms.get()) for one in (owed, free))
    assert "VietQR" in text_of(with_code)
    assert "VietQR" not in text_of(without)


@pytest.mark.rule("onestop", 43)
def test_nobody_else_exempts_or_moves_the_account(unit: Unit):
    other = make_unit(AgencyFactory())
    dossier = owing(unit)
    account = {"bank_bin": "970415", "bank_name": "VietinBank", "number": "1", "holder": "UBND xã"}
    for outsider in (other.counter, other.leader, unit.specialist, SignedOut()):
        with pytest.raises(NotPermitted):
            exempt(outsider, dossier, POOR, at=NOW)
    for outsider in (other.leader, unit.counter, unit.specialist, SignedOut()):
        with pytest.raises(NotPermitted):
            keep_account(outsider, unit.agency, **account, at=NOW)
    assert (Exemption.objects.count(), CollectionAccount.objects.count()) == (0, 0)
