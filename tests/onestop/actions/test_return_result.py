"""A result goes to its owner, to who filed, or to somebody with written authority, and never twice."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from egov.workflow.refusal import NotPermitted
from onestop.actions.finish import finish
from onestop.actions.post_result import (
    NotPosted,
    PostingNotAcceptable,
    ProofMissing,
    note_sent_back,
    post_result,
    prove_delivery,
)
from onestop.actions.record_result import record_result
from onestop.actions.return_result import (
    Collector,
    CollectorNotEntitled,
    NoElectronicResult,
    NotPaidYet,
    OnTheWay,
    return_online,
    return_result,
)
from onestop.enums import Delivery, DeliveryState, DossierState, PaymentState
from onestop.models import Collection, Dossier
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.documents import pdf_of
from tests.factories.dossiers import OWNER_NUMBER, PartyFactory, processing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import ProcedureVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = NOW.date()
OWNER = Collector(name="Vũ Thị Em", number=OWNER_NUMBER)


@pytest.fixture
def unit() -> Unit:
    return make_unit()


def done(unit: Unit, *, allowed: bool = True, file: object = None, **fields: object) -> Dossier:
    version = ProcedureVersionFactory(representative_allowed=allowed)
    dossier = processing(version, counter=unit.counter, **fields)
    content = unit.content(dossier, at=NOW, signed=False)
    if file is not None:
        content = unit.content(dossier, at=NOW, signed=False, file=file, file_name="kq.pdf")
    record_result(unit.leader, dossier, content, at=NOW)
    return finish(unit.counter, dossier, at=NOW)


@pytest.mark.rule("onestop", 24)
def test_the_owner_takes_the_result_and_signs_for_it(unit: Unit):
    dossier = done(unit)
    later = NOW + timedelta(days=30)
    receipt = return_result(unit.counter, dossier, OWNER, at=later)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.returned_at, dossier.delivery_state) == ("returned", later, "delivered")
    # That it was fetched a month later is nobody's lateness.
    assert dossier.finished_at == NOW
    assert (receipt.capacity, receipt.name, receipt.masked_number) == ("owner", "Vũ Thị Em", "034******234")
    assert receipt.given_by == unit.counter.membership


def test_the_card_may_be_read_by_a_scanner(unit: Unit):
    card = f"{OWNER_NUMBER}|152345678|Vũ Thị Em|01021990|Nữ|Thôn Bắc|01012022"
    receipt = return_result(unit.counter, done(unit), Collector(name="Vũ Thị Em", number=card), at=NOW)
    assert receipt.capacity == "owner"


def test_whoever_filed_may_fetch(unit: Unit):
    submitter = PartyFactory(name="Vũ Văn Nộp", personal_number="034085005678")
    receipt = return_result(
        unit.counter,
        done(unit, submitter=submitter),
        Collector(name="Vũ Văn Nộp", number="034 085 005 678"),
        at=NOW,
    )
    assert receipt.capacity == "submitter"


def test_somebody_else_needs_written_authority_and_a_procedure_that_allows_it(unit: Unit):
    stranger = Collector(name="Lê Thay", number="034200009999")
    with pytest.raises(CollectorNotEntitled, match="giấy ủy quyền"):
        return_result(unit.counter, done(unit), stranger, at=NOW)
    with_paper = Collector(
        name="Lê Thay", number="034200009999", authorisation="Giấy ủy quyền số 12, UBND xã Thái Thụy"
    )
    with pytest.raises(CollectorNotEntitled, match="không cho phép"):
        return_result(unit.counter, done(unit, allowed=False), with_paper, at=NOW)
    receipt = return_result(unit.counter, done(unit), with_paper, at=NOW)
    assert (receipt.capacity, receipt.masked_number) == ("authorised", "034******999")


@pytest.mark.parametrize(
    "nobody", [Collector(name=" ", number=OWNER_NUMBER), Collector(name="Em", number="")]
)
def test_a_person_without_name_or_number_gets_nothing(unit: Unit, nobody: Collector):
    dossier = done(unit)
    with pytest.raises(CollectorNotEntitled):
        return_result(unit.counter, dossier, nobody, at=NOW)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.DONE


def test_an_organisations_result_goes_to_who_filed_for_it(unit: Unit):
    company = PartyFactory(company=True)
    clerk = PartyFactory(name="Đỗ Thị Hà", personal_number="034080001111")
    dossier = done(unit, owner=company, submitter=clerk)
    receipt = return_result(unit.counter, dossier, Collector(name="Đỗ Thị Hà", number="034080001111"), at=NOW)
    assert receipt.capacity == "submitter"


def test_what_is_owed_is_paid_first(unit: Unit):
    dossier = done(unit, payment_state=PaymentState.DUE, delivery=Delivery.ONLINE)
    for give in (
        lambda: return_result(unit.counter, dossier, OWNER, at=NOW),
        lambda: post_result(unit.counter, dossier, waybill="EB1VN", posted_on=TODAY, at=NOW),
    ):
        with pytest.raises(NotPaidYet):
            give()


def test_it_is_given_once(unit: Unit):
    dossier = done(unit)
    return_result(unit.counter, dossier, OWNER, at=NOW)
    with pytest.raises(NotPermitted):
        return_result(unit.counter, dossier, OWNER, at=NOW)
    assert Collection.objects.count() == 1


@pytest.mark.rule("onestop", 58)
def test_a_full_number_is_not_kept(unit: Unit):
    dossier = done(unit)
    with pytest.raises(IntegrityError), transaction.atomic():
        Collection.objects.create(
            dossier=dossier, way="counter", capacity="owner", name="Em", masked_number=OWNER_NUMBER, at=NOW
        )


def test_electronically_only_what_is_a_file_and_was_asked_for_so(unit: Unit):
    with pytest.raises(NoElectronicResult, match="không đăng ký"):
        return_online(unit.counter, done(unit), at=NOW)
    with pytest.raises(NoElectronicResult, match="không ở dạng tệp"):
        return_online(unit.counter, done(unit, delivery=Delivery.ONLINE), at=NOW)
    dossier = done(unit, delivery=Delivery.ONLINE, file=pdf_of("Giấy khai sinh"))
    receipt = return_online(unit.counter, dossier, at=NOW)
    assert (receipt.way, receipt.masked_number) == ("online", "034******234")


@pytest.mark.rule("onestop", 47)
def test_by_post_it_is_handed_over_only_on_proof_of_delivery(unit: Unit):
    dossier = done(unit, delivery=Delivery.POST, delivery_address="Thôn Bắc, xã Thụy Xuân")
    item = post_result(unit.counter, dossier, waybill=" eb123456789vn ", posted_on=TODAY, at=NOW)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.delivery_state, item.waybill) == ("done", "posted", "EB123456789VN")
    later = NOW + timedelta(days=3)
    facts = {"delivered_on": later.date(), "proof": pdf_of("Báo phát"), "proof_name": "bao-phat.pdf"}
    with pytest.raises(ProofMissing):
        prove_delivery(unit.counter, dossier, received_by=" ", at=later, **facts)
    receipt = prove_delivery(unit.counter, dossier, received_by="Vũ Văn Chồng", at=later, **facts)
    dossier.refresh_from_db()
    item.refresh_from_db()
    assert (dossier.state, dossier.returned_at, dossier.finished_at) == ("returned", later, NOW)
    assert (item.delivered_on, item.received_by) == (later.date(), "Vũ Văn Chồng")
    assert item.proof is not None
    assert (receipt.way, receipt.capacity) == ("post", "authorised")


@pytest.mark.rule("onestop", 47)
def test_while_the_post_has_it_nobody_else_gets_it(unit: Unit):
    dossier = done(unit, delivery_address="Thôn Bắc")
    post_result(unit.counter, dossier, waybill="EB1VN", posted_on=TODAY, at=NOW)
    with pytest.raises(OnTheWay):
        return_result(unit.counter, dossier, OWNER, at=NOW)
    with pytest.raises(OnTheWay):
        post_result(unit.counter, dossier, waybill="EB2VN", posted_on=TODAY, at=NOW)


@pytest.mark.rule("onestop", 47)
def test_the_database_keeps_no_delivery_without_proof(unit: Unit):
    dossier = done(unit, delivery_address="Thôn Bắc")
    item = post_result(unit.counter, dossier, waybill="EB1VN", posted_on=TODAY, at=NOW)
    item.delivered_on = TODAY
    with pytest.raises(IntegrityError), transaction.atomic():
        item.save()


def test_what_came_back_is_fetched_or_sent_again(unit: Unit):
    dossier = done(unit, delivery_address="Thôn Bắc")
    post_result(unit.counter, dossier, waybill="EB1VN", posted_on=TODAY, at=NOW)
    with pytest.raises(PostingNotAcceptable):
        note_sent_back(unit.counter, dossier, on=TODAY, reason="", at=NOW)
    note_sent_back(unit.counter, dossier, on=TODAY, reason="Không có người nhận", at=NOW)
    dossier.refresh_from_db()
    assert dossier.delivery_state == DeliveryState.SENT_BACK
    with pytest.raises(NotPosted):
        note_sent_back(unit.counter, dossier, on=TODAY, reason="Lần nữa", at=NOW)
    with pytest.raises(PostingNotAcceptable, match="đã được dùng"):
        post_result(unit.counter, dossier, waybill="EB1VN", posted_on=TODAY, at=NOW)
    post_result(unit.counter, dossier, waybill="EB2VN", posted_on=TODAY, at=NOW)
    note_sent_back(unit.counter, dossier, on=TODAY, reason="Sai địa chỉ", at=NOW)
    return_result(unit.counter, dossier, OWNER, at=NOW)
    assert Dossier.objects.get().state == DossierState.RETURNED


@pytest.mark.parametrize(
    "wrong",
    [
        {"waybill": ""},
        {"waybill": "X" * 41},
        {"posted_on": TODAY + timedelta(days=1)},
        {"posted_on": TODAY.replace(year=2020)},
    ],
)
def test_a_posting_has_a_waybill_and_a_possible_day(unit: Unit, wrong: dict[str, object]):
    dossier = done(unit, delivery_address="Thôn Bắc")
    with pytest.raises(PostingNotAcceptable):
        post_result(unit.counter, dossier, **({"waybill": "EB1VN", "posted_on": TODAY} | wrong), at=NOW)


def test_nothing_is_proved_that_was_not_posted(unit: Unit):
    with pytest.raises(NotPosted):
        prove_delivery(
            unit.counter,
            done(unit),
            delivered_on=TODAY,
            received_by="Em",
            proof=pdf_of("Báo phát"),
            proof_name="a.pdf",
            at=NOW,
        )


def test_the_counter_that_received_it_gives_it_out_too(unit: Unit):
    elsewhere = make_unit(AgencyFactory())
    dossier = done(unit, receiving_agency=elsewhere.agency)
    assert return_result(elsewhere.counter, dossier, OWNER, at=NOW).given_by == elsewhere.counter.membership


def test_outsiders_are_refused(unit: Unit, cast):
    dossier = done(unit, delivery=Delivery.ONLINE)
    for actor in (cast.dung, cast.em, unit.specialist, unit.leader):
        for give in (
            lambda who: return_result(who, dossier, OWNER, at=NOW),
            lambda who: return_online(who, dossier, at=NOW),
            lambda who: post_result(who, dossier, waybill="EB1VN", posted_on=TODAY, at=NOW),
            lambda who: note_sent_back(who, dossier, on=TODAY, reason="Sai", at=NOW),
            lambda who: prove_delivery(
                who,
                dossier,
                delivered_on=TODAY,
                received_by="Em",
                proof=pdf_of("x"),
                proof_name="a.pdf",
                at=NOW,
            ),
        ):
            with pytest.raises(NotPermitted):
                give(actor)
    assert not Collection.objects.exists()
