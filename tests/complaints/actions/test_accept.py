"""Acceptance: only what is eligible, proposed by one person and approved by another; the clock starts."""

from datetime import date

import pytest

from complaints.actions.accept import FiledTooLate, NotEligible, accept
from complaints.actions.second_filing import NotASecond, note_second_filing
from complaints.enums import MatterKind, MatterState, SenderKind, Stage
from complaints.models import Letter, Outcome, Proposal
from complaints.models.order import OrderKind
from egov.workflow.refusal import NotPermitted
from tests.factories.settlements import Bench, accepted, make_bench, processed, vn

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def bench() -> Bench:
    return make_bench()


@pytest.mark.rule("complaints", 6)
def test_acceptance_is_numbered_and_starts_the_clock(bench: Bench):
    first, second = (accept(bench.leader, processed(bench), at=vn(2026, 8, 10)) for _one in range(2))
    assert (first.state, first.accepted_on) == (MatterState.SETTLING, date(2026, 8, 10))
    assert (first.settle_ends_on, first.settle_due_on) == (date(2026, 9, 9), date(2026, 9, 9))
    orders = [one.orders.get() for one in (first, second)]
    assert {one.kind for one in orders} == {OrderKind.ACCEPT}
    assert [one.number for one in orders] == [1, 2]
    change = first.clock_changes.get()
    assert (change.ends_on, change.user_id) == (date(2026, 9, 9), bench.leader.user.pk)


@pytest.mark.rule("complaints", 1)
def test_an_unsigned_complaint_is_not_accepted_and_the_refusal_says_so(bench: Bench):
    matter = processed(bench)
    Letter.objects.filter(pk=matter.letter_id).update(is_signed=False)
    with pytest.raises(NotEligible, match="chữ ký"):
        accept(bench.leader, matter, at=vn(2026, 8, 10))
    matter.refresh_from_db()
    assert matter.state == MatterState.PROCESSING


@pytest.mark.rule("complaints", 12)
def test_a_group_is_not_accepted_before_all_have_signed_and_chosen_who_speaks(bench: Bench):
    matter = processed(bench)
    Letter.objects.filter(pk=matter.letter_id).update(people=7, sender_kind=SenderKind.GROUP)
    with pytest.raises(NotEligible, match="người đại diện"):
        accept(bench.leader, matter, at=vn(2026, 8, 10))


@pytest.mark.rule("complaints", 18)
def test_nobody_accepts_what_was_not_proposed_and_approved(bench: Bench):
    matter = processed(bench)
    for actor in (bench.handler, bench.outsider, bench.registry):
        with pytest.raises(NotPermitted):
            accept(actor, matter, at=vn(2026, 8, 10))
    other = processed(bench)
    # Approved, but to refuse it.
    Proposal.objects.bulk_create(
        [
            Proposal(
                matter=other,
                direction="refuse",
                words="Không đủ điều kiện",
                state=Proposal.State.APPROVED,
                proposed_at=vn(2026, 8, 5),
                proposed_by=bench.handler.membership,
                decided_at=vn(2026, 8, 5),
                decided_by=bench.leader.membership,
            )
        ]
    )
    with pytest.raises(NotPermitted, match="đề xuất thụ lý"):
        accept(bench.leader, other, at=vn(2026, 8, 10))


def decided(bench: Bench, on: date) -> Outcome:
    first = accepted(bench)
    outcome = Outcome.objects.create(
        matter=first,
        form="decision",
        result="wrong",
        findings="…",
        ruling="…",
        drafted_at=vn(2026, 8, 20),
        drafted_by=bench.handler.membership,
        document_id=first.pk,
        notation="12/QĐ-UBND",
        dated_on=on,
        issued_at=vn(2026, 9, 1),
        signer=bench.leader.membership,
    )
    first.state = MatterState.SETTLED
    first.save(update_fields=["state"])
    return outcome


@pytest.mark.rule("complaints", 27)
@pytest.mark.parametrize(("filed", "late"), [(vn(2026, 10, 1), False), (vn(2026, 10, 2), True)])
def test_a_second_complaint_of_day_31_is_late_unless_there_was_a_good_reason(bench: Bench, filed, late):
    first = decided(bench, date(2026, 9, 1)).matter
    above = make_bench()
    second = processed(above, received=filed)
    filing = note_second_filing(above.handler, second, first_id=first.pk, at=filed)
    assert (filing.filed_until, filing.is_late) == (date(2026, 10, 1), late)
    if late:
        with pytest.raises(FiledTooLate, match="lý do chính đáng"):
            accept(above.leader, second, at=filed)
        note_second_filing(above.handler, second, first_id=first.pk, good_reason="Nằm viện", at=filed)
    taken = accept(above.leader, second, at=vn(2026, 10, 6))
    assert (taken.stage, taken.previous) == (Stage.SECOND, first)
    assert (taken.settle_ends_on - taken.accepted_on).days == 45


@pytest.mark.rule("complaints", 27)
def test_without_a_decision_the_days_run_from_the_end_of_the_first_term(bench: Bench):
    first = accepted(bench)
    above = make_bench()
    early = processed(above, received=vn(2026, 9, 9))
    with pytest.raises(NotASecond, match="chưa có quyết định"):
        note_second_filing(above.handler, early, first_id=first.pk, at=vn(2026, 9, 9))
    later = processed(above, received=vn(2026, 9, 10))
    filing = note_second_filing(above.handler, later, first_id=first.pk, at=vn(2026, 9, 10))
    assert filing.filed_until == date(2026, 10, 9)


def test_a_second_complaint_goes_against_a_first_one(bench: Bench):
    matter = processed(bench)
    denounced = processed(bench, kind=MatterKind.DENUNCIATION)
    for first in (matter, denounced):
        with pytest.raises(NotASecond):
            note_second_filing(bench.handler, matter, first_id=first.pk, at=vn(2026, 8, 10))
    with pytest.raises(NotPermitted):
        note_second_filing(bench.outsider, matter, first_id=denounced.pk, at=vn(2026, 8, 10))
