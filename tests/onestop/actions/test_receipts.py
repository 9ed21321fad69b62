"""Receipts: one number after the other in each series, whatever happens; cancelled ones stay."""

from datetime import timedelta

import pytest
from django.db import InternalError, transaction

from egov.files.store import read_checked
from egov.workflow.refusal import NotPermitted
from onestop.actions.cancel_receipt import NotCancellable, cancel_receipt
from onestop.actions.charge import NothingToPay
from onestop.actions.collect import PaymentNotAcceptable, collect
from onestop.actions.print_receipt import NeverPrinted, print_receipt
from onestop.actions.reason import ReasonMissing
from onestop.actions.refund import ask_refund
from onestop.enums import PaymentMethod, PaymentState, RefundGround
from onestop.models import Charge, Dossier, Receipt, ReceiptSeries
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.money import owing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import ProcedureVersionFactory
from tests.support.parallel import at_once
from tests.support.pdf_text import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def unit() -> Unit:
    return make_unit()


def numbers() -> list[int]:
    return sorted(Receipt.objects.values_list("number", flat=True))


def test_money_taken_gives_a_receipt_that_says_what_for(unit: Unit):
    dossier = owing(unit)
    receipt = collect(unit.counter, dossier, at=NOW)
    assert (receipt.number_text, str(receipt.series)) == ("0000001", "01BLP3-001 AA/25E")
    assert (receipt.amount, receipt.payer, receipt.method) == (50_000, "Vũ Thị Em", "cash")
    assert receipt.content["total_in_words"] == "Năm mươi nghìn đồng"
    dossier.refresh_from_db()
    assert dossier.payment_state == PaymentState.PAID


@pytest.mark.rule("onestop", 34)
def test_nothing_is_taken_twice(unit: Unit):
    dossier = owing(unit)
    collect(unit.counter, dossier, at=NOW)
    with pytest.raises(NothingToPay):
        collect(unit.counter, dossier, at=NOW)
    assert numbers() == [1]


def test_a_transfer_names_its_transaction(unit: Unit):
    dossier = owing(unit)
    for method, match in ((PaymentMethod.TRANSFER, "mã giao dịch"), (PaymentMethod.ONLINE, "Tại quầy")):
        with pytest.raises(PaymentNotAcceptable, match=match):
            collect(unit.counter, dossier, method=method, at=NOW)
    receipt = collect(unit.counter, dossier, method=PaymentMethod.TRANSFER, reference="FT25258001", at=NOW)
    assert receipt.reference == "FT25258001"


@pytest.mark.rule("onestop", 36)
@pytest.mark.django_db(transaction=True)
def test_cashiers_at_once_take_consecutive_numbers_and_a_rollback_leaves_no_gap(transactional_db: None):
    unit, version = make_unit(), ProcedureVersionFactory()
    dossiers = [owing(unit, version) for _ in range(12)]

    def take(number: int) -> int:
        with transaction.atomic():
            receipt = collect(unit.counter, dossiers[number], at=NOW)
            if number % 3 == 0:
                raise ConnectionError("the line broke before commit")
        return receipt.number

    outcomes = at_once(take, range(12), threads=6)
    assert sum(isinstance(one, ConnectionError) for one in outcomes) == 4
    assert numbers() == list(range(1, 9))
    assert ReceiptSeries.objects.count() == 1
    # What was rolled back can be taken, with the next number.
    assert collect(unit.counter, dossiers[0], at=NOW).number == 9


@pytest.mark.django_db(transaction=True)
def test_a_double_click_takes_the_money_once(transactional_db: None):
    unit = make_unit()
    dossier = owing(unit)
    outcomes = at_once(lambda _click: collect(unit.counter, dossier, at=NOW), range(4), threads=4)
    assert sum(isinstance(one, NothingToPay) for one in outcomes) == 3
    assert numbers() == [1]


@pytest.mark.rule("onestop", 36)
def test_each_agency_and_year_counts_for_itself(unit: Unit):
    other = make_unit(AgencyFactory())
    assert [collect(one.counter, owing(one), at=NOW).number for one in (unit, other, unit)] == [1, 1, 2]
    next_year = collect(unit.counter, owing(unit), at=NOW + timedelta(days=200))
    assert (next_year.number, next_year.series.symbol, next_year.series.year) == (1, "AA/26E", 2026)


@pytest.mark.rule("onestop", 36)
def test_a_cancelled_receipt_keeps_its_number_and_the_money_is_due_again(unit: Unit):
    dossier = owing(unit)
    wrong = collect(unit.counter, dossier, payer="Vũ Thị Én", at=NOW)
    with pytest.raises(ReasonMissing):
        cancel_receipt(unit.counter, wrong, reason=" ", at=NOW)
    cancel_receipt(unit.counter, wrong, reason="Ghi sai tên người nộp", at=NOW)
    dossier.refresh_from_db()
    assert dossier.payment_state == PaymentState.DUE
    assert collect(unit.counter, dossier, at=NOW).number == 2
    wrong.refresh_from_db()
    assert (wrong.number, wrong.cancel_reason) == (1, "Ghi sai tên người nộp")
    with pytest.raises(NotCancellable):
        cancel_receipt(unit.counter, wrong, reason="Lần nữa", at=NOW)


def test_what_goes_back_is_not_cancelled_as_well(unit: Unit):
    receipt = collect(unit.counter, owing(unit), at=NOW)
    ask_refund(unit.counter, receipt, ground=RefundGround.EXEMPT, reason="Hộ nghèo", at=NOW)
    with pytest.raises(NotCancellable, match="hoàn trả"):
        cancel_receipt(unit.counter, receipt, reason="Sai", at=NOW)


@pytest.mark.rule("onestop", 36)
@pytest.mark.parametrize(
    "changed", [{"number": 7}, {"amount": 1}, {"payer": "Lạ"}, {"content": {}}, {"issued_at": NOW}]
)
def test_the_database_keeps_what_a_receipt_says(unit: Unit, changed: dict[str, object]):
    receipt = collect(unit.counter, owing(unit), at=NOW)
    with pytest.raises(InternalError, match="what_it_says_stays"), transaction.atomic():
        Receipt.objects.filter(pk=receipt.pk).update(**changed)
    with pytest.raises(InternalError, match="what_it_says_stays"), transaction.atomic():
        Receipt.objects.filter(pk=receipt.pk)._raw_delete(using="default")


def test_power_fails_between_number_and_print_and_a_click_prints_the_same_receipt(unit: Unit):
    receipt = collect(unit.counter, owing(unit), at=NOW)
    # Nothing but the row is there: the program starts again and somebody asks for the paper.
    stored = Receipt.objects.get(pk=receipt.pk)
    assert stored.file is None
    first = read_checked(print_receipt(unit.counter, stored, at=NOW).file)
    Dossier.objects.get().owner.__class__.objects.update(name="Tên khác")
    again = read_checked(print_receipt(unit.counter, Receipt.objects.get(), at=NOW + timedelta(days=9)).file)
    assert again == first
    text = text_of(first)
    for words in ("0000001", "AA/25E", "50.000", "Vũ Thị Em", "Liên 1", "Liên 2", "Liên 3"):
        assert words in text


def test_a_cancelled_receipt_is_not_printed_for_the_first_time(unit: Unit):
    receipt = collect(unit.counter, owing(unit), at=NOW)
    cancel_receipt(unit.counter, receipt, reason="Sai", at=NOW)
    with pytest.raises(NeverPrinted):
        print_receipt(unit.counter, receipt, at=NOW)


@pytest.mark.rule("onestop", 43)
def test_another_agency_and_a_colleague_without_the_post_take_and_cancel_nothing(unit: Unit):
    other = make_unit(AgencyFactory())
    dossier = owing(unit)
    for outsider in (other.counter, other.leader, unit.specialist):
        with pytest.raises(NotPermitted):
            collect(outsider, dossier, at=NOW)
    receipt = collect(unit.counter, dossier, at=NOW)
    for outsider in (other.counter, other.leader, unit.specialist):
        for step in (
            lambda who: cancel_receipt(who, receipt, reason="x", at=NOW),
            lambda who: print_receipt(who, receipt, at=NOW),
        ):
            if outsider is unit.specialist:
                continue
            with pytest.raises(NotPermitted):
                step(outsider)
    with pytest.raises(NotPermitted):
        cancel_receipt(unit.specialist, receipt, reason="x", at=NOW)
    assert Charge.objects.get().receipt == receipt
