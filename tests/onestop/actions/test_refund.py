"""Money goes back when a dossier is withdrawn before it is worked on, and only through two people."""

import pytest
from django.db import IntegrityError, InternalError, transaction

from egov.workflow.refusal import NotPermitted
from onestop.actions.collect import collect
from onestop.actions.forward import forward
from onestop.actions.reason import ReasonMissing
from onestop.actions.refund import (
    NothingToRefund,
    RefundNotAcceptable,
    approve_refund,
    ask_refund,
    pay_refund,
)
from onestop.actions.withdraw import withdraw
from onestop.enums import DossierState, FeeBasis, FeeKind, PaymentState, RefundGround, RefundWay
from onestop.models import Dossier, ProcedureVersion, Refund
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.money import owing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import FeeRuleFactory, ProcedureVersionFactory, activated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def unit() -> Unit:
    return make_unit()


def version(*, refundable: bool = True) -> ProcedureVersion:
    """A charge of 50,000 and a fee of 30,000 dong."""
    made = ProcedureVersionFactory(draft=True, charge_refundable=refundable)
    FeeRuleFactory(
        case=made.cases.get(), kind=FeeKind.FEE, name="Phí thẩm định", basis=FeeBasis.FIXED, amount=30_000
    )
    return activated(made)


def paid(unit: Unit, *, refundable: bool = True) -> Dossier:
    dossier = owing(unit, version(refundable=refundable))
    collect(unit.counter, dossier, at=NOW)
    return dossier


def withdrawn(unit: Unit, dossier: Dossier) -> Dossier:
    return withdraw(unit.counter, dossier, reason="Không còn nhu cầu", at=NOW)


@pytest.mark.rule("onestop", 37)
def test_withdrawn_before_work_all_of_it_goes_back(unit: Unit):
    dossier = withdrawn(unit, paid(unit))
    refund = dossier.refunds.get()
    assert (refund.amount, refund.ground, refund.approved_at) == (80_000, RefundGround.WITHDRAWN, None)
    assert dossier.payment_state == PaymentState.REFUND_DUE


@pytest.mark.rule("onestop", 37)
def test_the_charge_for_registering_a_household_business_is_not_refunded(unit: Unit):
    dossier = withdrawn(unit, paid(unit, refundable=False))
    assert dossier.refunds.get().amount == 30_000
    kept = dossier.charges.paid().get()
    assert (kept.kind, kept.amount) == (FeeKind.CHARGE, 50_000)


@pytest.mark.rule("onestop", 37)
def test_nothing_goes_back_where_only_such_a_charge_was_paid(unit: Unit):
    dossier = owing(unit, ProcedureVersionFactory(charge_refundable=False))
    collect(unit.counter, dossier, at=NOW)
    dossier = withdrawn(unit, dossier)
    assert not dossier.refunds.exists()
    assert dossier.payment_state == PaymentState.PAID


@pytest.mark.rule("onestop", 37)
def test_once_somebody_works_on_it_nothing_goes_back(unit: Unit):
    dossier = paid(unit)
    forward(unit.counter, dossier, to=2, at=NOW)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.PROCESSING
    dossier = withdrawn(unit, dossier)
    assert not dossier.refunds.exists()
    assert dossier.payment_state == PaymentState.PAID


@pytest.mark.rule("onestop", 37)
def test_what_was_not_paid_is_no_longer_asked_for(unit: Unit):
    dossier = withdrawn(unit, owing(unit, version()))
    assert dossier.payment_state == PaymentState.NONE
    assert not dossier.charges.due().exists()


def test_a_head_approves_and_the_counter_pays_out(unit: Unit):
    dossier = withdrawn(unit, paid(unit))
    refund = dossier.refunds.get()
    with pytest.raises(NotPermitted, match="chưa được lãnh đạo duyệt"):
        pay_refund(unit.counter, refund, way=RefundWay.CASH, at=NOW)
    with pytest.raises(NotPermitted):
        approve_refund(unit.counter, refund, at=NOW)
    approve_refund(unit.leader, refund, at=NOW)
    for way, account, match in (("", "", "cách trả"), (RefundWay.ACCOUNT, " ", "số tài khoản")):
        with pytest.raises(RefundNotAcceptable, match=match):
            pay_refund(unit.counter, refund, way=way, account=account, at=NOW)
    done = pay_refund(unit.counter, refund, way=RefundWay.ACCOUNT, account="VCB 0123456789", at=NOW)
    assert (done.paid_by, done.approved_by) == (unit.counter.membership, unit.leader.membership)
    dossier.refresh_from_db()
    assert dossier.payment_state == PaymentState.REFUNDED
    with pytest.raises(NotPermitted, match="đã được chi trả"):
        pay_refund(unit.counter, refund, way=RefundWay.CASH, at=NOW)
    with pytest.raises(InternalError, match="paid_once"), transaction.atomic():
        Refund.objects.filter(pk=refund.pk).update(account="khác")


def test_the_database_refuses_that_one_person_approves_and_pays(unit: Unit):
    refund = withdrawn(unit, paid(unit)).refunds.get()
    approve_refund(unit.leader, refund, at=NOW)
    with pytest.raises(IntegrityError, match="refund_paid_by_another"), transaction.atomic():
        Refund.objects.filter(pk=refund.pk).update(
            paid_by=unit.leader.membership, paid_at=NOW, way=RefundWay.CASH
        )


def test_asked_for_with_ground_and_reason_and_once(unit: Unit):
    receipt = collect(unit.counter, owing(unit), at=NOW)
    with pytest.raises(RefundNotAcceptable):
        ask_refund(unit.counter, receipt, ground=RefundGround.WITHDRAWN, reason="x", at=NOW)
    with pytest.raises(ReasonMissing):
        ask_refund(unit.counter, receipt, ground=RefundGround.EXEMPT, reason="", at=NOW)
    refund = ask_refund(unit.counter, receipt, ground=RefundGround.EXEMPT, reason="Hộ nghèo", at=NOW)
    assert refund.amount == 50_000
    with pytest.raises(NothingToRefund):
        ask_refund(unit.counter, receipt, ground=RefundGround.OTHER, reason="Lần nữa", at=NOW)


@pytest.mark.rule("onestop", 43)
def test_another_agency_moves_no_refund(unit: Unit):
    other = make_unit(AgencyFactory())
    dossier = paid(unit)
    receipt = dossier.receipts.get()
    refund = withdrawn(unit, dossier).refunds.get()
    for who in (other.counter, other.leader, unit.specialist):
        for step in (
            lambda who: ask_refund(who, receipt, ground=RefundGround.OTHER, reason="x", at=NOW),
            lambda who: approve_refund(who, refund, at=NOW),
            lambda who: pay_refund(who, refund, way=RefundWay.CASH, at=NOW),
        ):
            with pytest.raises(NotPermitted):
                step(who)
    refund.refresh_from_db()
    assert (refund.approved_at, refund.paid_at) == (None, None)
