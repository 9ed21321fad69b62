"""Pages of money: taken with one click, nothing shown where nothing is owed, cancelled receipts in view."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from egov.audit.models import AuditEvent
from egov.organizations.actor import Actor
from onestop.actions.cancel_receipt import cancel_receipt
from onestop.actions.collect import collect
from onestop.actions.keep_account import AccountNotAcceptable, keep_account
from onestop.actions.refund import approve_refund, ask_refund
from onestop.actions.request_payment import request_payment
from onestop.actions.take_callback import GatewayCaller, take_callback
from onestop.enums import PaymentState
from onestop.exchange.gateways.interface import Paid
from onestop.models import CollectionAccount, Dossier, Receipt, Refund, Settlement, SettlementDifference
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.money import owing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import ProcedureVersionFactory
from tests.support.payment_gateway import StandIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignIn = Callable[[Actor], Client]
ACCOUNT = {"bank_bin": "970415", "bank_name": "VietinBank", "number": "113366668888", "holder": "UBND xã"}


@pytest.fixture
def unit() -> Unit:
    return make_unit()


def url(name: str, *args: object) -> str:
    return reverse(f"onestop:{name}", args=args)


def text_of(client: Client, name: str, *args: object) -> str:
    return client.get(url(name, *args)).content.decode()


def test_one_click_takes_cash_and_the_day_is_summed(unit: Unit, sign_in: SignIn):
    dossier, client = owing(unit), sign_in(unit.counter)
    page = text_of(client, "fee_list")
    assert "50.000 đ" in page
    assert dossier.code in page
    response = client.post(url("fee_collect", dossier.pk), {"method": "cash", "from": "list"}, follow=True)
    page = response.content.decode()
    assert "biên lai số 0000001" in page
    assert "Hôm nay đã thu 50.000 đ" in page
    assert dossier.code not in page
    assert "In biên lai 0000001" in page
    assert "In biên lai" not in client.get(url("fee_list"), {"receipt": "x"}).content.decode()
    assert Receipt.objects.get().method == "cash"


@pytest.mark.rule("onestop", 34)
def test_a_dossier_without_a_fee_shows_no_payment_step(unit: Unit, sign_in: SignIn):
    free, owed = owing(unit, ProcedureVersionFactory(case__amount=None)), owing(unit)
    client = sign_in(unit.counter)
    assert 'id="money-of-dossier"' not in text_of(client, "dossier_detail", free.pk)
    assert 'id="money-of-dossier"' in text_of(client, "dossier_detail", owed.pk)
    assert free.code not in text_of(client, "fee_list")
    assert client.get(url("fee_qr", free.pk)).status_code == 409
    for name in ("fee_collect", "fee_exempt", "fee_pay_online"):
        typed = {"method": "cash", "ground": "poor", "evidence": "Sổ hộ nghèo số 3"}
        client.post(url(name, free.pk), typed)
    free.refresh_from_db()
    assert (free.payment_state, free.receipts.count(), free.exemptions.count()) == ("none", 0, 0)


@pytest.mark.rule("onestop", 34)
def test_an_exemption_is_typed_with_its_evidence(unit: Unit, sign_in: SignIn):
    dossier, client = owing(unit), sign_in(unit.counter)
    client.post(url("fee_exempt", dossier.pk), {"ground": "poor", "evidence": " "})
    client.post(url("fee_exempt", dossier.pk), {"ground": "x", "evidence": "Sổ"})
    dossier.refresh_from_db()
    assert dossier.payment_state == PaymentState.DUE
    client.post(url("fee_exempt", dossier.pk), {"ground": "poor", "evidence": "Sổ hộ nghèo số 3"})
    assert "Sổ hộ nghèo số 3" in text_of(client, "dossier_detail", dossier.pk)


@pytest.mark.rule("onestop", 36)
def test_the_register_shows_every_number_also_cancelled_ones(unit: Unit, sign_in: SignIn):
    wrong = collect(unit.counter, owing(unit), at=NOW)
    client = sign_in(unit.counter)
    client.post(url("receipt_cancel", wrong.pk), {"reason": "Ghi sai tên"})
    collect(unit.counter, owing(unit), at=NOW)
    page = text_of(client, "receipt_list")
    for words in ("0000001", "0000002", "Đã hủy", "Ghi sai tên"):
        assert words in page
    assert "Ghi sai tên" in text_of(client, "receipt_detail", wrong.pk)
    for series in ("x", "-1", "9" * 30, "0"):
        assert client.get(url("receipt_list"), {"series": series}).status_code == 200


def test_a_receipt_is_printed_and_printed_again(unit: Unit, sign_in: SignIn):
    receipt, client = collect(unit.counter, owing(unit), at=NOW), sign_in(unit.counter)
    first, again = (
        b"".join(client.get(url("receipt_print", receipt.pk)).streaming_content) for _ in range(2)
    )
    assert first == again
    assert first.startswith(b"%PDF")


def test_a_refund_goes_from_hand_to_hand(unit: Unit, sign_in: SignIn):
    receipt = collect(unit.counter, owing(unit), at=NOW)
    cashier, head = sign_in(unit.counter), sign_in(unit.leader)
    cashier.post(url("receipt_refund", receipt.pk), {"ground": "exempt", "reason": "Hộ nghèo"})
    refund = Refund.objects.get()
    assert "Duyệt hoàn trả" not in text_of(cashier, "refund_list")
    assert "Duyệt hoàn trả" in text_of(head, "refund_list")
    head.post(url("refund_approve", refund.pk))
    cashier.post(url("refund_pay", refund.pk), {"way": "account", "account": ""})
    refund.refresh_from_db()
    assert refund.paid_at is None
    cashier.post(url("refund_pay", refund.pk), {"way": "account", "account": "VCB 0123"})
    refund.refresh_from_db()
    assert (refund.paid_by, refund.account) == (unit.counter.membership, "VCB 0123")
    assert "VCB 0123" in text_of(cashier, "refund_list")


def test_the_account_of_an_agency_is_kept_by_its_head_and_makes_a_code(unit: Unit, sign_in: SignIn):
    dossier = owing(unit)
    cashier, head = sign_in(unit.counter), sign_in(unit.leader)
    cashier.post(url("fee_account"), ACCOUNT)
    assert not CollectionAccount.objects.exists()
    assert head.post(url("fee_account"), ACCOUNT | {"bank_bin": "97041"}).status_code == 422
    assert head.post(url("fee_account"), ACCOUNT).status_code == 302
    with pytest.raises(AccountNotAcceptable):
        keep_account(unit.leader, unit.agency, **(ACCOUNT | {"number": "tài khoản"}), at=NOW)
    head.post(url("fee_account"), ACCOUNT | {"number": "999"})
    assert AuditEvent.objects.filter(action="onestop.replace_account").count() == 1
    code = cashier.get(url("fee_qr", dossier.pk))
    assert code["Content-Type"] == "image/svg+xml"
    assert b"<svg" in code.content
    assert url("fee_qr", dossier.pk) in text_of(cashier, "dossier_detail", dossier.pk)


def test_the_counter_sends_a_card_to_the_gateways_page(unit: Unit, sign_in: SignIn, gateway: StandIn):
    dossier, client = owing(unit), sign_in(unit.counter)
    response = client.post(url("fee_pay_online", dossier.pk))
    assert response["Location"].startswith(f"{gateway.url}/pay/")
    gateway.fail("/orders", "503")
    assert client.post(url("fee_pay_online", dossier.pk))["Location"] == url("dossier_detail", dossier.pk)


def test_differences_are_settled_on_their_page(unit: Unit, sign_in: SignIn, gateway: StandIn):
    asked = request_payment(unit.counter, owing(unit), at=NOW)
    day = Settlement.objects.create(day=NOW.date(), compared_at=NOW, theirs=1, their_amount=50_000)
    difference = SettlementDifference.objects.create(
        settlement=day,
        kind="not_booked",
        transaction_id="GD7",
        code=asked.code,
        their_amount=50_000,
        their_paid_at=NOW,
        agency=unit.agency,
    )
    stranger = make_unit(AgencyFactory())
    assert "GD7" not in text_of(sign_in(stranger.leader), "settlement_list")
    assert "GD7" in text_of(sign_in(unit.counter), "settlement_list")
    resolve = url("difference_resolve", difference.pk)
    assert sign_in(stranger.leader).post(resolve, {"words": "x"}).status_code == 404
    head = sign_in(unit.leader)
    head.post(resolve, {"words": "Đã đối chiếu với ngân hàng", "book": "on"})
    difference.refresh_from_db()
    assert difference.resolution == "Đã đối chiếu với ngân hàng"
    assert Dossier.objects.get().payment_state == PaymentState.PAID


@pytest.mark.rule("onestop", 43)
def test_other_agencies_and_people_without_a_part_see_nothing(unit: Unit, sign_in: SignIn):
    dossier = owing(unit)
    receipt = collect(unit.counter, dossier, at=NOW)
    refund = ask_refund(unit.counter, receipt, ground="other", reason="x", at=NOW)
    stranger = make_unit(AgencyFactory())
    elsewhere = sign_in(stranger.counter)
    for name, key in (("receipt_detail", receipt.pk), ("receipt_print", receipt.pk), ("fee_qr", dossier.pk)):
        assert elsewhere.get(url(name, key)).status_code == 404
    for name, key in (
        ("receipt_cancel", receipt.pk),
        ("refund_approve", refund.pk),
        ("fee_collect", dossier.pk),
    ):
        assert elsewhere.post(url(name, key)).status_code == 404
    for name in ("fee_list", "receipt_list", "refund_list"):
        assert dossier.code not in text_of(elsewhere, name)
        assert sign_in(unit.specialist).get(url(name)).status_code == 403


@pytest.mark.parametrize("name", ["fee_list", "receipt_list", "refund_list", "settlement_list"])
def test_a_list_costs_the_same_for_one_and_for_many(unit: Unit, sign_in: SignIn, name: str, gateway: StandIn):
    version, client = ProcedureVersionFactory(), sign_in(unit.leader)

    def more(count: int) -> None:
        for _ in range(count):
            dossier = owing(unit, version)
            asked = request_payment(unit.counter, dossier, at=NOW)
            told = Paid(f"GD-{dossier.pk}", asked.code, 49_000, NOW, "VU THI EM")
            take_callback(GatewayCaller("203.0.113.7"), asked, told, at=NOW)
            paid = owing(unit, version)
            receipt = collect(unit.counter, paid, at=NOW)
            refund = ask_refund(unit.counter, receipt, ground="other", reason="x", at=NOW)
            approve_refund(unit.leader, refund, at=NOW)
            cancel_receipt(
                unit.counter, collect(unit.counter, owing(unit, version), at=NOW), reason="x", at=NOW
            )
            day = Settlement.objects.create(day=NOW.date(), compared_at=NOW)
            SettlementDifference.objects.create(
                settlement=day, kind="not_stated", transaction_id=told.transaction_id, agency=unit.agency
            )

    more(1)
    client.get(url(name))
    with CaptureQueriesContext(connection) as one:
        assert client.get(url(name)).status_code == 200
    more(5)
    with CaptureQueriesContext(connection) as many:
        assert client.get(url(name)).status_code == 200
    assert len(many) == len(one) <= 12


def test_the_page_after_receipt_offers_to_take_the_money_while_it_is_due(unit: Unit, sign_in: SignIn):
    owed, free = owing(unit), owing(unit, ProcedureVersionFactory(case__amount=None))
    client = sign_in(unit.counter)
    assert "Thu tiền mặt" in text_of(client, "dossier_received", owed.pk)
    assert "Thu tiền mặt" not in text_of(client, "dossier_received", free.pk)
    collect(unit.counter, owed, at=NOW)
    assert "Thu tiền mặt" not in text_of(client, "dossier_received", owed.pk)


def test_a_head_opens_a_run_of_receipts_and_a_cashier_reads_what_is_left(unit: Unit, sign_in: SignIn):
    cashier, head = sign_in(unit.counter), sign_in(unit.leader)
    assert "Chỉ lãnh đạo cơ quan được mở ký hiệu biên lai." in text_of(cashier, "series_list")
    run = {
        "form": "01BLP3-001",
        "symbol": "AB/25E",
        "first_number": "1",
        "last_number": "1",
        "valid_from": "15/09/2025",
    }
    wrong = head.post(url("series_list"), run | {"symbol": "AB"})
    assert wrong.status_code == 422
    assert "Ký hiệu gồm hai chữ in hoa" in wrong.content.decode()
    assert cashier.post(url("series_list"), run).status_code == 422
    assert head.post(url("series_list"), run).status_code == 302
    assert "0000001–0000001" in text_of(cashier, "series_list")
    assert "Chỉ còn 1 số biên lai." in text_of(cashier, "fee_list")
    collect(unit.counter, owing(unit), at=NOW)
    assert "Không còn số biên lai dùng được" in text_of(cashier, "fee_list")
    full = cashier.post(url("fee_collect", owing(unit).pk), {"method": "cash", "from": "list"}, follow=True)
    assert "mở ký hiệu biên lai mới" in full.content.decode()
    assert sign_in(unit.specialist).get(url("series_list")).status_code == 403
