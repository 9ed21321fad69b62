"""Money through the gateway: each transaction once, whatever it repeats, and nothing of it lost."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import InternalError, transaction
from django.test import Client
from django.utils import timezone

from egov.workflow.refusal import NotPermitted
from onestop.actions.charge import ClaimedExemption, NothingToPay, exempt
from onestop.actions.collect import collect
from onestop.actions.request_payment import HOLDS, NoGateway, order_of, request_payment
from onestop.actions.settle import NotBookable, resolve_difference, settle_day
from onestop.actions.take_callback import GatewayCaller, PaidContradicts, take_callback
from onestop.enums import PaymentState
from onestop.exchange.gateways.http import HttpGateway
from onestop.exchange.gateways.interface import Paid
from onestop.models import Payment, PaymentRequest, Receipt, Refund, SettlementDifference
from onestop.rules import Citizen
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.dossiers import OWNER_NUMBER
from tests.factories.money import owing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import ProcedureVersionFactory
from tests.support.parallel import at_once
from tests.support.payment_gateway import StandIn, told

pytestmark = pytest.mark.django_db
GATEWAY = GatewayCaller("203.0.113.7")
EM = Citizen(personal_number=OWNER_NUMBER, name="Vũ Thị Em", identity_level=2)
DOOR = "/payments/callback/"


@pytest.fixture
def unit() -> Unit:
    return make_unit()


@pytest.fixture
def asked(unit: Unit, gateway: StandIn) -> PaymentRequest:
    return request_payment(EM, owing(unit), at=NOW)


def paid(request: PaymentRequest, transaction_id: str = "GD1", **changes: object) -> Paid:
    told_of = {"amount": request.amount, "paid_at": NOW, "payer": "VU THI EM"} | changes
    return Paid(transaction_id=transaction_id, code=request.code, **told_of)


def state_of(request: PaymentRequest) -> str:
    request.dossier.refresh_from_db()
    return request.dossier.payment_state


def at_the_door(content: dict[str, object], **signed: object) -> int:
    headers, body = told(f"http://testserver{DOOR}", content, **signed)
    kind = headers.pop("Content-Type")
    return Client().post(DOOR, body, content_type=kind, headers=headers).status_code


def line(request: PaymentRequest, transaction_id: str = "GD1", **changes: object) -> dict[str, object]:
    return {
        "transaction": transaction_id,
        "code": request.code,
        "amount": request.amount,
        "currency": "VND",
        "paid_at": timezone.now().isoformat(),
        "payer": "VU THI EM",
    } | changes


def test_a_request_names_dossier_and_moment_and_stands_while_it_holds(asked: PaymentRequest):
    assert asked.code == f"{asked.dossier}-20250915{timezone.localtime(NOW):%H%M%S}000"
    assert request_payment(EM, asked.dossier, at=NOW + timedelta(minutes=5)) == asked
    assert request_payment(EM, asked.dossier, at=NOW + HOLDS) != asked


@pytest.mark.rule("onestop", 34)
def test_who_owes_nothing_is_not_asked_to_pay(unit: Unit, gateway: StandIn):
    free = owing(unit, ProcedureVersionFactory(case__amount=None))
    poor = owing(unit)
    exempt(unit.counter, poor, ClaimedExemption(ground="poor", evidence="Sổ hộ nghèo số 3"), at=NOW)
    for dossier in (free, poor):
        with pytest.raises(NothingToPay):
            request_payment(EM, dossier, at=NOW)


def test_without_a_gateway_nobody_is_sent_anywhere(unit: Unit):
    with pytest.raises(NoGateway):
        request_payment(EM, owing(unit), at=NOW)


def test_only_the_applicant_or_the_counter_asks_and_only_the_gateway_books(unit: Unit, asked: PaymentRequest):
    stranger = Citizen(personal_number="034099000001", name="Lạ", identity_level=2)
    unsure = Citizen(personal_number=OWNER_NUMBER, name="Vũ Thị Em", identity_level=0)
    for who in (stranger, unsure, make_unit(AgencyFactory()).counter, unit.specialist):
        with pytest.raises(NotPermitted):
            request_payment(who, asked.dossier, at=NOW)
    for who in (EM, unit.counter, unit.leader):
        with pytest.raises(NotPermitted):
            take_callback(who, asked, paid(asked), at=NOW)
    assert not Payment.objects.exists()


def test_what_fits_settles_and_gives_a_receipt(unit: Unit, asked: PaymentRequest):
    booked = take_callback(GATEWAY, asked, paid(asked), at=NOW)
    assert (booked.kind, booked.receipt.method, booked.receipt.payer) == ("ok", "online", "VU THI EM")
    assert booked.receipt.series.agency == unit.agency
    assert state_of(asked) == PaymentState.PAID


@pytest.mark.rule("onestop", 35)
def test_told_again_it_is_the_same_payment(asked: PaymentRequest):
    first = take_callback(GATEWAY, asked, paid(asked), at=NOW)
    assert take_callback(GATEWAY, asked, paid(asked), at=NOW + timedelta(hours=3)) == first
    with pytest.raises(PaidContradicts):
        take_callback(GATEWAY, asked, paid(asked, amount=1), at=NOW)
    assert (Payment.objects.count(), Receipt.objects.count()) == (1, 1)


@pytest.mark.rule("onestop", 35)
@pytest.mark.django_db(transaction=True)
def test_told_by_many_at_once_it_is_one_payment_and_one_receipt(transactional_db: None, gateway: StandIn):
    unit = make_unit()
    asked = request_payment(EM, owing(unit), at=NOW)
    outcomes = at_once(lambda _call: take_callback(GATEWAY, asked, paid(asked), at=NOW).pk, range(8))
    assert len(set(outcomes)) == 1
    assert (Payment.objects.count(), Receipt.objects.count(), Refund.objects.count()) == (1, 1, 0)


@pytest.mark.rule("onestop", 35)
@pytest.mark.django_db(transaction=True)
def test_paid_at_the_counter_and_online_at_once_one_settles_and_the_other_goes_back(
    transactional_db: None, gateway: StandIn
):
    unit = make_unit()
    asked = request_payment(EM, owing(unit), at=NOW)

    def pay(online: bool) -> object:
        if online:
            return take_callback(GATEWAY, asked, paid(asked), at=NOW)
        return collect(unit.counter, asked.dossier, at=NOW)

    outcomes = at_once(pay, [True, False])
    assert Receipt.objects.count() == 1
    # Either the cashier was told that nothing is due, or the gateway's money goes back.
    refused = any(isinstance(one, NothingToPay) for one in outcomes)
    assert refused != Refund.objects.exists()


def test_a_second_payment_goes_back(asked: PaymentRequest):
    take_callback(GATEWAY, asked, paid(asked), at=NOW)
    second = take_callback(GATEWAY, asked, paid(asked, "GD2"), at=NOW)
    assert (second.kind, second.receipt, second.refund.amount) == ("duplicate", None, asked.amount)
    assert state_of(asked) == PaymentState.REFUND_DUE


def test_a_wrong_amount_settles_nothing_and_goes_back(asked: PaymentRequest):
    booked = take_callback(GATEWAY, asked, paid(asked, amount=asked.amount - 1), at=NOW)
    assert (booked.kind, booked.refund.amount) == ("wrong_amount", asked.amount - 1)
    assert state_of(asked) == PaymentState.DUE


def test_late_money_settles_what_is_still_due(asked: PaymentRequest):
    late = asked.expires_at + timedelta(minutes=1)
    assert take_callback(GATEWAY, asked, paid(asked, paid_at=late), at=late).kind == "late"
    assert state_of(asked) == PaymentState.PAID


def test_the_database_keeps_a_payment_as_it_was(asked: PaymentRequest):
    booked = take_callback(GATEWAY, asked, paid(asked), at=NOW)
    with pytest.raises(InternalError, match="append_only"), transaction.atomic():
        Payment.objects.filter(pk=booked.pk).update(amount=1)


@pytest.fixture
def fresh_nonces() -> Iterator[None]:
    yield
    for key in ("door-call-number-0001", "door-call-number-0002"):
        cache.delete(f"onestop.payment_nonce.{key}")


@pytest.mark.rule("onestop", 35)
@pytest.mark.usefixtures("fresh_nonces")
def test_the_door_books_a_signed_call_once(asked: PaymentRequest):
    assert at_the_door(line(asked), nonce="door-call-number-0001") == 200
    # The very same bytes again are a recording; told anew it is the same payment.
    assert at_the_door(line(asked), nonce="door-call-number-0001") == 403
    assert at_the_door(line(asked, paid_at=line(asked)["paid_at"]), nonce="door-call-number-0002") == 200
    assert Payment.objects.count() == 1
    assert state_of(asked) == PaymentState.PAID


@pytest.mark.parametrize(
    ("changed", "signed", "status"),
    [
        ({}, {"secret": "x" * 40}, 403),
        ({}, {"moment": 1_700_000_000.0}, 403),
        ({"code": "000.00.00.H54-250915-0001-1"}, {}, 404),
        ({"amount": -5}, {}, 403),
        ({"amount": True}, {}, 403),
        ({"amount": 10**12}, {}, 403),
        ({"paid_at": "hôm qua"}, {}, 403),
        ({"transaction": ""}, {}, 403),
        ({"payer": None}, {}, 403),
    ],
)
def test_the_door_takes_nothing_else(
    asked: PaymentRequest, changed: dict[str, object], signed: dict[str, object], status: int
):
    assert at_the_door(line(asked, **changed), **signed) == status
    assert not Payment.objects.exists()


def test_unsigned_or_without_a_gateway_the_door_is_shut(asked: PaymentRequest, settings):
    body = json.dumps(line(asked))
    assert Client().post(DOOR, body, content_type="application/json").status_code == 403
    assert Client().get(DOOR).status_code == 405
    settings.PAYMENT_GATEWAY_URL = ""
    assert at_the_door(line(asked)) == 403
    assert not Payment.objects.exists()


def bank(gateway: StandIn, asked: PaymentRequest, **changes: object) -> dict[str, object]:
    """The order is open at the gateway, and somebody pays it there."""
    HttpGateway.configured().open_order(order_of(asked))
    return gateway.pay(asked.code, **({"paid_at": NOW.isoformat()} | changes))


def test_a_day_that_agrees_leaves_no_difference(asked: PaymentRequest, gateway: StandIn):
    bank(gateway, asked, transaction="GD1")
    take_callback(GATEWAY, asked, paid(asked), at=NOW)
    done = settle_day(HttpGateway.configured(), NOW.date(), NOW)
    assert (done.ours, done.our_amount, done.theirs, done.their_amount) == (1, 50_000, 1, 50_000)
    assert not done.differences.exists()


def test_every_difference_is_found_once_and_settled_by_a_head(
    unit: Unit, asked: PaymentRequest, gateway: StandIn
):
    lost = request_payment(EM, owing(unit), at=NOW)
    bank(gateway, lost, transaction="GD-lost")
    bank(gateway, asked, transaction="GD-other", amount=49_000)
    gateway.pay("KHONG-CO", transaction="GD-foreign", amount=5_000, paid_at=NOW.isoformat())
    take_callback(GATEWAY, asked, paid(asked, "GD-ours"), at=NOW)
    take_callback(GATEWAY, asked, paid(asked, "GD-other"), at=NOW)
    for _run in range(2):
        settle_day(HttpGateway.configured(), NOW.date(), NOW)
    found = {one.transaction_id: one for one in SettlementDifference.objects.all()}
    assert {key: one.kind for key, one in found.items()} == {
        "GD-lost": "not_booked",
        "GD-other": "amount",
        "GD-foreign": "not_booked",
        "GD-ours": "not_stated",
    }
    assert found["GD-foreign"].agency is None
    for who in (unit.counter, make_unit(AgencyFactory()).leader):
        with pytest.raises(NotPermitted):
            resolve_difference(who, found["GD-lost"], words="x", at=NOW)
    resolve_difference(unit.leader, found["GD-lost"], words="Cổng không gọi lại được", book=True, at=NOW)
    assert state_of(lost) == PaymentState.PAID
    with pytest.raises(NotBookable):
        resolve_difference(unit.leader, found["GD-ours"], words="x", book=True, at=NOW)
    with pytest.raises(NotPermitted, match="đã được xử lý"):
        resolve_difference(unit.leader, found["GD-lost"], words="Lần nữa", at=NOW)


def test_half_a_statement_is_no_statement(asked: PaymentRequest, gateway: StandIn):
    take_callback(GATEWAY, asked, paid(asked), at=NOW)
    gateway.fail("/days/", "garbage")
    done = settle_day(HttpGateway.configured(), NOW.date(), NOW)
    assert done.problem
    assert not done.differences.exists()


def test_the_gateway_is_off_unless_it_is_named():
    assert django_settings.PAYMENT_GATEWAY_URL == ""
