"""Publication with its days and second reader, execution item by item, withdrawal and what was forced."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from complaints.actions.archive import StillOpen, archive
from complaints.actions.execute import NotDone, NotExecutable, Task, add_execution_item, note_execution
from complaints.actions.measure import NoMeasure, lift_measure, order_measure
from complaints.actions.publish import (
    Notice,
    NotProvable,
    NotPublishable,
    NotRedacted,
    NotToBeApproved,
    approve_publication,
    prepare_publication,
    prove_publication,
)
from complaints.actions.withdraw import (
    NotReopenable,
    NotWithdrawable,
    WithdrawalPaper,
    reopen,
    withdraw,
)
from complaints.enums import MatterKind, MatterState
from complaints.models import Matter, Publication
from complaints.models.execution import ExecutionKind
from complaints.models.order import OrderKind
from complaints.models.publication import PublicationForm
from complaints.public import published_result, published_results
from egov.workflow.refusal import NotPermitted
from tests.factories.settlements import Bench, accepted, make_bench, processed, settled, vn

pytestmark = pytest.mark.django_db
NOW = vn(2026, 9, 1)
WITHDRAWN = WithdrawalPaper(is_whole=True, received_on=date(2026, 8, 20), is_signed=True)


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def notice(**traits: object) -> Notice:
    words = {
        "form": PublicationForm.PORTAL,
        "place": "Cổng thông tin điện tử tỉnh",
        "starts_on": date(2026, 9, 3),
        "ends_on": date(2026, 9, 18),
        "title": "Quyết định giải quyết khiếu nại về bồi thường đất",
        "text": "Bồi thường thêm 20 m², tổng số tiền 1.250.000.000 đồng.",
    }
    return Notice(**(words | traits))


@pytest.mark.rule("complaints", 31)
@pytest.mark.parametrize("kind", [MatterKind.COMPLAINT, MatterKind.DENUNCIATION])
@pytest.mark.parametrize("form", [PublicationForm.POSTING, PublicationForm.PORTAL])
def test_what_is_posted_stays_at_least_fifteen_days(bench: Bench, form, kind):
    matter = settled(bench, kind=kind).matter
    with pytest.raises(NotPublishable, match="18/09/2026"):
        prepare_publication(bench.handler, matter, notice(form=form, ends_on=date(2026, 9, 17)), at=NOW)
    made = prepare_publication(bench.handler, matter, notice(form=form), at=NOW)
    assert (made.ends_on - made.starts_on).days == 15


@pytest.mark.rule("complaints", 31)
def test_a_meeting_has_its_day_and_no_notice_begins_in_the_past(bench: Bench):
    matter = settled(bench).matter
    day = date(2026, 9, 4)
    prepare_publication(
        bench.handler, matter, notice(form=PublicationForm.MEETING, starts_on=day, ends_on=day), at=NOW
    )
    for wrong in (
        {"starts_on": date(2026, 8, 31)},
        {"ends_on": date(2026, 9, 2)},
        {"title": " "},
        {"text": ""},
        {"place": ""},
    ):
        with pytest.raises(NotPublishable):
            prepare_publication(bench.handler, matter, notice(**wrong), at=NOW)


@pytest.mark.rule("complaints", 31)
def test_the_portal_shows_it_from_the_first_day_to_the_last_and_proof_waits_for_the_end(bench: Bench):
    matter = settled(bench).matter
    made = prepare_publication(bench.handler, matter, notice(), at=NOW)

    def shown(on: date) -> bool:
        assert (published_result(made.pk, on) is not None) == bool(published_results(on))
        return published_result(made.pk, on) is not None

    assert not shown(date(2026, 9, 3)), "nobody has approved it"
    with pytest.raises(NotProvable):
        prove_publication(bench.handler, matter, publication_id=made.pk, proof="Biên bản", at=vn(2026, 9, 18))
    approve_publication(bench.leader, matter, publication_id=made.pk, at=NOW)
    days = (date(2026, 9, 2), date(2026, 9, 3), date(2026, 9, 18), date(2026, 9, 19))
    assert [shown(day) for day in days] == [False, True, True, False]
    with pytest.raises(NotProvable, match="18/09/2026"):
        prove_publication(bench.handler, matter, publication_id=made.pk, proof="Biên bản", at=vn(2026, 9, 17))
    with pytest.raises(NotProvable, match="minh chứng"):
        prove_publication(bench.handler, matter, publication_id=made.pk, proof=" ", at=vn(2026, 9, 18))
    prove_publication(
        bench.handler, matter, publication_id=made.pk, proof="Biên bản 4/BB", at=vn(2026, 9, 18)
    )
    with pytest.raises(NotProvable):
        prove_publication(bench.handler, matter, publication_id=made.pk, proof="Lại", at=vn(2026, 9, 19))


@pytest.mark.rule("complaints", 32)
@pytest.mark.parametrize(
    "left",
    [
        "Bà VŨ THỊ LAN khiếu nại",
        "hộ bà Vu Thi Lan",
        "ở Thôn Tân An, xã Thụy Xuân",
        "số định danh 034190001234",
        "điện thoại 0912 345 678",
        "điện thoại 0912345678",
        "thư lan.vu@example.com",
    ],
)
def test_a_text_with_personal_data_is_not_published(bench: Bench, left: str):
    matter = settled(bench).matter
    with pytest.raises(NotRedacted, match="dữ liệu cá nhân") as refused:
        prepare_publication(bench.handler, matter, notice(text=f"Quyết định về việc {left}."), at=NOW)
    assert "Lan" not in str(refused.value)


@pytest.mark.rule("complaints", 32)
def test_a_second_person_approves_and_the_words_stay(bench: Bench):
    matter = settled(bench).matter
    made = prepare_publication(bench.leader, matter, notice(), at=NOW)
    with pytest.raises(NotToBeApproved, match="tự duyệt"):
        approve_publication(bench.leader, matter, publication_id=made.pk, at=NOW)
    for actor in (bench.outsider, bench.handler):
        with pytest.raises(NotPermitted):
            approve_publication(actor, matter, publication_id=made.pk, at=NOW)
    with pytest.raises(NotToBeApproved, match="lùi ngày"):
        approve_publication(bench.deputy, matter, publication_id=made.pk, at=vn(2026, 9, 4))
    approve_publication(bench.deputy, matter, publication_id=made.pk, at=NOW)
    with pytest.raises(NotToBeApproved):
        approve_publication(bench.deputy, matter, publication_id=made.pk, at=NOW)
    with pytest.raises(Exception, match="approved_stays"), transaction.atomic():
        Publication.objects.filter(pk=made.pk).update(text="Bà Vũ Thị Lan")
    with pytest.raises(IntegrityError, match="publication_approved_by_another"), transaction.atomic():
        Publication.objects.filter(pk=made.pk).update(approved_by=bench.leader.membership)
    for actor in (bench.outsider, bench.colleague):
        with pytest.raises(NotPermitted):
            prepare_publication(actor, matter, notice(), at=NOW)
        with pytest.raises(NotPermitted):
            prove_publication(actor, matter, publication_id=made.pk, proof="Biên bản", at=NOW)


def money(amount: str = "50000000") -> Task:
    return Task(
        kind=ExecutionKind.MONEY_TO_CITIZEN,
        what="Chi trả tiền bồi thường còn thiếu",
        by_whom="Trung tâm Phát triển quỹ đất",
        amount=Decimal(amount),
        due_on=date(2026, 10, 15),
    )


def made_public(bench: Bench, matter: Matter) -> None:
    made = prepare_publication(bench.handler, matter, notice(), at=NOW)
    approve_publication(bench.leader, matter, publication_id=made.pk, at=NOW)
    prove_publication(bench.handler, matter, publication_id=made.pk, proof="Biên bản", at=vn(2026, 9, 18))


@pytest.mark.rule("complaints", 33)
def test_the_file_stays_open_until_every_item_is_done_and_the_result_was_public(bench: Bench):
    matter = settled(bench).matter
    item = add_execution_item(bench.handler, matter, money(), at=NOW)
    with pytest.raises(StillOpen, match="1 việc"):
        archive(bench.handler, matter, at=vn(2026, 10, 1))
    paid = {"item_id": item.pk, "proof": "Ủy nhiệm chi 12", "done_on": date(2026, 9, 20)}
    note_execution(bench.handler, matter, **paid, amount=Decimal(20_000_000), at=vn(2026, 9, 20))
    item.refresh_from_db()
    assert (item.done_amount, item.done_on) == (Decimal(20_000_000), None)
    for wrong in (Decimal(30_000_001), Decimal(0), Decimal(-5)):
        with pytest.raises(NotDone):
            note_execution(bench.handler, matter, **paid, amount=wrong, at=vn(2026, 9, 20))
    with pytest.raises(NotDone, match="chưa đến"):
        note_execution(bench.handler, matter, **paid, amount=Decimal(1), at=vn(2026, 9, 19))
    with pytest.raises(NotDone, match="minh chứng"):
        note_execution(bench.handler, matter, **(paid | {"proof": ""}), amount=Decimal(1), at=vn(2026, 9, 20))
    note_execution(bench.leader, matter, **paid, amount=Decimal(30_000_000), at=vn(2026, 9, 25))
    item.refresh_from_db()
    assert (item.done_on, item.steps.count()) == (date(2026, 9, 20), 2)
    with pytest.raises(NotDone):
        note_execution(bench.handler, matter, **paid, amount=Decimal(1), at=vn(2026, 9, 26))
    with pytest.raises(StillOpen, match="công khai"):
        archive(bench.handler, matter, at=vn(2026, 10, 1))
    made_public(bench, matter)
    assert archive(bench.handler, matter, at=vn(2026, 10, 1)).state == MatterState.ARCHIVED
    with pytest.raises(NotPermitted):
        add_execution_item(bench.handler, matter, money(), at=NOW)


@pytest.mark.rule("complaints", 33)
def test_items_have_an_amount_and_only_the_bench_writes_them(bench: Bench):
    matter = settled(bench).matter
    for amount in ("0", "-1", "1E+20"):
        with pytest.raises(NotExecutable):
            add_execution_item(bench.handler, matter, money(amount), at=NOW)
    item = add_execution_item(bench.handler, matter, money(), at=NOW)
    for actor in (bench.outsider, bench.colleague):
        with pytest.raises(NotPermitted):
            add_execution_item(actor, matter, money(), at=NOW)
        with pytest.raises(NotPermitted):
            note_execution(
                actor, matter, item_id=item.pk, amount=Decimal(1), done_on=NOW.date(), proof="…", at=NOW
            )
        with pytest.raises(NotPermitted):
            archive(actor, matter, at=NOW)


@pytest.mark.rule("complaints", 34)
def test_nothing_is_withdrawn_after_the_decision(bench: Bench):
    with pytest.raises(NotWithdrawable, match="không rút được"):
        withdraw(bench.handler, settled(bench).matter, WITHDRAWN, at=NOW)


@pytest.mark.rule("complaints", 34)
def test_a_whole_withdrawal_stops_by_decision_and_a_forced_one_is_taken_up_again(bench: Bench):
    matter = accepted(bench)
    stopped = withdraw(bench.handler, matter, WITHDRAWN, at=vn(2026, 8, 20))
    matter.refresh_from_db()
    assert (matter.state, stopped.order.kind, matter.settle_due_on) == (
        MatterState.STOPPED,
        OrderKind.STOP,
        None,
    )
    with pytest.raises(NotWithdrawable):
        withdraw(bench.handler, matter, WITHDRAWN, at=vn(2026, 8, 21))
    with pytest.raises(NotReopenable, match="chứng cứ"):
        reopen(bench.leader, matter, forced_because=" ", at=vn(2026, 9, 1))
    for actor in (bench.outsider, bench.handler):
        with pytest.raises(NotPermitted):
            reopen(actor, matter, forced_because="Tin nhắn đe dọa", at=vn(2026, 9, 1))
    reopen(bench.leader, matter, forced_because="Tin nhắn đe dọa", at=vn(2026, 9, 1))
    matter.refresh_from_db()
    assert matter.state == MatterState.SETTLING
    # Twenty days were left on 20/08.
    assert matter.settle_ends_on == date(2026, 9, 21)


@pytest.mark.rule("complaints", 34)
def test_a_withdrawal_known_as_forced_stops_nothing(bench: Bench):
    matter = accepted(bench)
    forced = WithdrawalPaper(
        is_whole=True, received_on=date(2026, 8, 20), is_signed=True, forced_because="Bị đe dọa"
    )
    assert withdraw(bench.handler, matter, forced, at=vn(2026, 8, 20)).order is None
    assert Matter.objects.get(pk=matter.pk).state == MatterState.SETTLING


@pytest.mark.rule("complaints", 34)
def test_a_part_goes_and_the_rest_goes_on_and_so_does_a_denunciation_with_signs_of_a_breach(bench: Bench):
    matter = accepted(bench)
    part = WithdrawalPaper(
        is_whole=False, content="Nội dung về cây trồng", received_on=date(2026, 8, 20), is_signed=True
    )
    withdraw(bench.handler, matter, part, at=vn(2026, 8, 20))
    assert Matter.objects.get(pk=matter.pk).state == MatterState.SETTLING
    on = {"is_whole": True, "received_on": date(2026, 8, 20), "is_signed": True}
    goes_on = WithdrawalPaper(**on, goes_on_because="Có dấu hiệu vi phạm")
    with pytest.raises(NotWithdrawable, match="Chỉ tố cáo"):
        withdraw(bench.handler, matter, goes_on, at=vn(2026, 8, 20))
    denounced = accepted(bench, kind=MatterKind.DENUNCIATION)
    withdraw(bench.handler, denounced, goes_on, at=vn(2026, 8, 20))
    assert Matter.objects.get(pk=denounced.pk).state == MatterState.SETTLING
    for wrong in (
        WithdrawalPaper(is_whole=True, received_on=date(2026, 8, 20), is_signed=False),
        WithdrawalPaper(is_whole=True, received_on=date(2026, 8, 22), is_signed=True),
        WithdrawalPaper(is_whole=False, received_on=date(2026, 8, 20), is_signed=True),
    ):
        with pytest.raises(NotWithdrawable):
            withdraw(bench.handler, matter, wrong, at=vn(2026, 8, 20))
    for actor in (bench.outsider, bench.colleague):
        with pytest.raises(NotPermitted):
            withdraw(actor, matter, WITHDRAWN, at=vn(2026, 8, 20))


@pytest.mark.rule("complaints", 34)
def test_what_was_stopped_before_acceptance_goes_back_to_processing(bench: Bench):
    matter = processed(bench)
    withdraw(bench.handler, matter, WITHDRAWN, at=vn(2026, 8, 20))
    reopen(bench.leader, matter, forced_because="Bị ép", at=vn(2026, 8, 25))
    matter.refresh_from_db()
    assert (matter.state, matter.settle_due_on) == (MatterState.PROCESSING, None)


def test_a_measure_holds_by_decision_within_the_term_and_is_lifted_by_decision(bench: Bench):
    matter = accepted(bench)
    said = {"what": "Tạm dừng cưỡng chế thu hồi đất", "reason": "Khó khắc phục"}
    for until in (date(2026, 8, 10), date(2026, 9, 10)):
        with pytest.raises(NoMeasure):
            order_measure(bench.leader, matter, **said, until=until, at=vn(2026, 8, 11))
    made = order_measure(bench.leader, matter, **said, until=date(2026, 9, 1), at=vn(2026, 8, 11))
    with pytest.raises(NoMeasure, match="khác"):
        order_measure(bench.leader, matter, **said, until=date(2026, 9, 1), at=vn(2026, 8, 12))
    assert made.order.kind == OrderKind.MEASURE
    for actor in (bench.outsider, bench.handler):
        with pytest.raises(NotPermitted):
            order_measure(actor, matter, **said, until=date(2026, 9, 1), at=vn(2026, 8, 12))
        with pytest.raises(NotPermitted):
            lift_measure(actor, matter, reason="Hết lý do", at=vn(2026, 8, 12))
    lifted = lift_measure(bench.leader, matter, reason="Hết lý do", at=vn(2026, 8, 13))
    assert lifted.lifted_by.kind == OrderKind.LIFT
    with pytest.raises(NoMeasure):
        lift_measure(bench.leader, matter, reason="Lại", at=vn(2026, 8, 13))
