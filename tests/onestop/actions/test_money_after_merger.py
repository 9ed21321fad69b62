"""An agency has ended: what it took is its successor's to cancel and to give back (rules 33, 36, 37)."""

import pytest
from django.urls import reverse

from egov.audit.models import AuditEvent
from egov.organizations.actions.merge_agencies import merge_agencies
from egov.organizations.models import Succession
from egov.workflow.refusal import NotPermitted
from onestop.actions.cancel_receipt import cancel_receipt
from onestop.actions.collect import collect
from onestop.actions.move_to_successor import TakeoverDecision, move_to_successor
from onestop.actions.refund import approve_refund, ask_refund, pay_refund
from onestop.actions.withdraw import withdraw
from onestop.enums import PaymentState, RefundGround, RefundWay
from onestop.models import Dossier, Receipt, Refund
from onestop.queries.money import refunds_of, series_of
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.money import owing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock"), pytest.mark.rule("onestop", 33)]
TODAY = NOW.date()
DECISION = TakeoverDecision(number="45/QĐ-UBND", decided_on=TODAY)


@pytest.fixture
def admin():
    return actor_for(MembershipFactory(system_admin=True, agency=AgencyFactory(province=True)))


@pytest.fixture
def old() -> Unit:
    return make_unit(AgencyFactory(name="Ủy ban nhân dân xã Cũ"))


@pytest.fixture
def new() -> Unit:
    return make_unit(AgencyFactory(name="Ủy ban nhân dân xã Mới"))


@pytest.fixture
def other() -> Unit:
    """Another successor of the old one: it was divided."""
    return make_unit(AgencyFactory(name="Ủy ban nhân dân xã Khác"))


def paid(unit: Unit) -> Receipt:
    dossier = owing(unit)
    return collect(unit.counter, dossier, at=NOW)


def merged(admin, old: Unit, new: Unit) -> None:
    merge_agencies(admin, new.agency, predecessors=[old.agency], on=TODAY, basis="Nghị quyết 1666")


@pytest.mark.rule("onestop", 37)
def test_the_successor_gives_back_what_the_ended_agency_took(admin, old: Unit, new: Unit, sign_in):
    receipt = paid(old)
    withdraw(old.counter, receipt.dossier, reason="Không còn nhu cầu", at=NOW)
    refund = Refund.objects.get()
    merged(admin, old, new)
    page = sign_in(new.leader).get(reverse("onestop:refund_list")).content.decode()
    assert reverse("onestop:refund_approve", args=[refund.pk]) in page
    sign_in(new.leader).post(reverse("onestop:refund_approve", args=[refund.pk]))
    sign_in(new.counter).post(reverse("onestop:refund_pay", args=[refund.pk]), {"way": RefundWay.CASH})
    refund.refresh_from_db()
    assert (refund.approved_by, refund.paid_by) == (new.leader.membership, new.counter.membership)
    assert Dossier.objects.get().payment_state == PaymentState.REFUNDED
    told = AuditEvent.objects.filter(action__in=["onestop.approve_refund", "onestop.pay_refund"])
    assert set(told.values_list("agency_id", "subject_id")) == {(new.agency.pk, str(refund.pk))}


@pytest.mark.rule("onestop", 36)
def test_the_successor_cancels_a_receipt_and_the_register_keeps_the_old_name(
    admin, old: Unit, new: Unit, sign_in
):
    receipt = paid(old)
    before = receipt.content
    merged(admin, old, new)
    move_to_successor(admin, old.agency, successor=new.agency, decision=DECISION, at=NOW)
    counter = sign_in(new.counter)
    (series,) = series_of(new.counter)
    listed = counter.get(reverse("onestop:receipt_list"), {"series": series.pk}).content.decode()
    assert "Ủy ban nhân dân xã Cũ" in listed
    assert receipt.number_text in listed
    cancel = reverse("onestop:receipt_cancel", args=[receipt.pk])
    assert cancel in counter.get(reverse("onestop:receipt_detail", args=[receipt.pk])).content.decode()
    counter.post(cancel, {"reason": "Ghi sai người nộp"})
    receipt.refresh_from_db()
    assert (receipt.cancelled_by, receipt.content) == (new.counter.membership, before)
    # Due again, and paid into the books of whoever takes it now.
    again = collect(new.counter, Dossier.objects.get(), at=NOW)
    assert (receipt.series.agency, again.series.agency) == (old.agency, new.agency)


def test_also_through_an_agency_that_has_ended_too(admin, old: Unit, new: Unit, other: Unit):
    receipt = paid(old)
    merged(admin, old, new)
    merged(admin, new, other)
    assert cancel_receipt(other.counter, receipt, reason="Ghi sai", at=NOW).cancelled_at == NOW


def test_of_several_successors_the_one_that_took_the_dossier_over(admin, old: Unit, new: Unit, other: Unit):
    receipt = paid(old)
    refund = ask_refund(old.counter, receipt, ground=RefundGround.OTHER, reason="Thu thừa", at=NOW)
    merged(admin, old, new)
    Succession.objects.create(predecessor=old.agency, successor=other.agency, on=TODAY)
    assert list(refunds_of(other.leader)) == list(refunds_of(new.leader)) == [refund]
    move_to_successor(admin, old.agency, successor=new.agency, decision=DECISION, at=NOW)
    assert (list(refunds_of(other.leader)), list(refunds_of(new.leader))) == ([], [refund])
    with pytest.raises(NotPermitted):
        approve_refund(other.leader, refund, at=NOW)
    approve_refund(new.leader, refund, at=NOW)
    with pytest.raises(NotPermitted):
        pay_refund(other.counter, Refund.objects.get(), way=RefundWay.CASH, at=NOW)
    assert pay_refund(new.counter, Refund.objects.get(), way=RefundWay.CASH, at=NOW).paid_at == NOW


def test_nobody_acts_for_an_agency_that_is_still_there_or_was_another_s(admin, old: Unit, new: Unit, cast):
    receipt = paid(old)
    Succession.objects.create(predecessor=old.agency, successor=new.agency, on=TODAY)
    for outsider in (new.counter, new.leader, new.specialist, cast.an, cast.em, admin):
        with pytest.raises(NotPermitted):
            cancel_receipt(outsider, receipt, reason="x", at=NOW)
        with pytest.raises(NotPermitted):
            ask_refund(outsider, receipt, ground=RefundGround.OTHER, reason="x", at=NOW)
    Succession.objects.all().delete()
    merged(admin, old, make_unit(AgencyFactory(name="Ủy ban nhân dân xã Xa")))
    with pytest.raises(NotPermitted):
        cancel_receipt(new.counter, receipt, reason="x", at=NOW)
    assert series_of(new.counter) == []
