"""Facts, extensions and suspensions: what moves the end of a term, and what may not."""

from datetime import date

import pytest

from complaints.actions.accept import accept
from complaints.actions.case_facts import FactInUse, FactNotTaken, drop_fact, note_fact
from complaints.actions.extend import NotExtendable, extend
from complaints.actions.suspend import NotSuspendable, resume, suspend
from complaints.enums import Complexity, MatterKind, MatterState
from complaints.models import Matter
from complaints.models.fact import FactKind
from complaints.models.order import OrderKind, SuspensionGround
from egov.workdays.load_holidays import load_holidays
from egov.workflow.refusal import NotPermitted
from tests.factories.settlements import Bench, accepted, make_bench, processed, vn

pytestmark = pytest.mark.django_db
WAITING = SuspensionGround.RELATED


@pytest.fixture
def bench() -> Bench:
    load_holidays([2026])
    return make_bench()


def denounced(bench: Bench, *facts: FactKind) -> Matter:
    """Accepted on 02/03/2026, with these facts."""
    matter = accepted(bench, kind=MatterKind.DENUNCIATION, at=vn(2026, 3, 2), received=vn(2026, 2, 23))
    for kind in facts:
        note_fact(bench.handler, matter, kind=kind, evidence="Báo cáo số 5", at=vn(2026, 3, 3))
    matter.refresh_from_db()
    return matter


@pytest.mark.rule("complaints", 22)
def test_facts_with_their_evidence_choose_the_term_and_say_who_and_why(bench: Bench):
    matter = accepted(bench)
    note_fact(
        bench.handler, matter, kind=FactKind.SEVERAL_BODIES, evidence="Công văn 7/STC", at=vn(2026, 8, 11)
    )
    matter.refresh_from_db()
    assert (matter.complexity, matter.settle_ends_on) == (Complexity.COMPLEX, date(2026, 9, 24))
    note_fact(bench.leader, matter, kind=FactKind.REMOTE, evidence="Xã đảo", at=vn(2026, 8, 12))
    matter.refresh_from_db()
    assert (matter.is_remote, matter.settle_ends_on) == (True, date(2026, 10, 9))
    drop_fact(bench.leader, matter, kind=FactKind.REMOTE, reason="Ghi nhầm", at=vn(2026, 8, 13))
    matter.refresh_from_db()
    assert (matter.is_remote, matter.settle_ends_on) == (False, date(2026, 9, 24))
    changes = list(matter.clock_changes.all())[1:]
    assert [one.ends_on for one in changes] == [date(2026, 9, 24), date(2026, 10, 9), date(2026, 9, 24)]
    assert [one.user_id for one in changes] == [
        bench.handler.user.pk,
        bench.leader.user.pk,
        bench.leader.user.pk,
    ]
    assert "Công văn 7/STC" in changes[0].reason
    assert "Ghi nhầm" in changes[2].reason
    assert matter.facts.count() == 2, "what was taken back stays on record"


@pytest.mark.rule("complaints", 22)
def test_no_fact_without_evidence_and_none_twice(bench: Bench):
    matter = accepted(bench)
    with pytest.raises(FactNotTaken, match="chứng cứ"):
        note_fact(bench.handler, matter, kind=FactKind.FOREIGN, evidence="  ", at=vn(2026, 8, 11))
    note_fact(bench.handler, matter, kind=FactKind.FOREIGN, evidence="Hộ chiếu", at=vn(2026, 8, 11))
    with pytest.raises(FactNotTaken, match="đã được ghi nhận"):
        note_fact(bench.handler, matter, kind=FactKind.FOREIGN, evidence="Hộ chiếu", at=vn(2026, 8, 11))
    with pytest.raises(FactNotTaken, match="không còn"):
        drop_fact(bench.handler, matter, kind=FactKind.REMOTE, reason="Nhầm", at=vn(2026, 8, 11))
    with pytest.raises(NotPermitted):
        note_fact(bench.outsider, matter, kind=FactKind.REMOTE, evidence="Xã đảo", at=vn(2026, 8, 11))


@pytest.mark.rule("complaints", 22)
def test_facts_known_before_acceptance_count_from_it(bench: Bench):
    matter = processed(bench)
    note_fact(bench.handler, matter, kind=FactKind.REMOTE, evidence="Xã đảo", at=vn(2026, 8, 5))
    taken = accept(bench.leader, matter, at=vn(2026, 8, 10))
    assert taken.settle_ends_on == date(2026, 9, 24)


@pytest.mark.rule("complaints", 21)
@pytest.mark.rule("complaints", 23)
def test_extensions_add_to_the_end_itself_and_not_to_the_open_day_after_it(bench: Bench):
    matter = denounced(bench, FactKind.SEVERAL_PLACES, FactKind.FOREIGN)
    assert matter.settle_due_on == date(2026, 4, 1)
    first = extend(bench.leader, matter, reason="Chờ giám định", at=vn(2026, 3, 30))
    matter.refresh_from_db()
    assert (matter.settle_ends_on, matter.settle_due_on) == (date(2026, 5, 1), date(2026, 5, 4))
    second = extend(bench.leader, matter, reason="Nhiều nơi phải xác minh", at=vn(2026, 5, 4))
    matter.refresh_from_db()
    assert (matter.settle_ends_on, matter.settle_due_on) == (date(2026, 5, 31), date(2026, 6, 1))
    # What each decision says is the end itself too, not the open day.
    assert [(one.ended_on, one.ends_on) for one in (first, second)] == [
        (date(2026, 4, 1), date(2026, 5, 1)),
        (date(2026, 5, 1), date(2026, 5, 31)),
    ]
    assert [one.order.kind for one in (first, second)] == [OrderKind.EXTEND] * 2
    assert second.order.number == first.order.number + 1
    with pytest.raises(NotExtendable, match="đủ 2 lần"):
        extend(bench.leader, matter, reason="Lần ba", at=vn(2026, 5, 20))


@pytest.mark.rule("complaints", 23)
def test_a_complex_case_is_extended_once_and_an_ordinary_one_never(bench: Bench):
    ordinary = denounced(bench)
    with pytest.raises(NotExtendable, match="phức tạp"):
        extend(bench.leader, ordinary, reason="Bận", at=vn(2026, 3, 20))
    hard = denounced(bench, FactKind.MANY_PEOPLE)
    extend(bench.leader, hard, reason="Nhiều người", at=vn(2026, 3, 20))
    with pytest.raises(NotExtendable, match="đủ 1 lần"):
        extend(bench.leader, hard, reason="Nữa", at=vn(2026, 3, 21))
    with pytest.raises(FactInUse):
        drop_fact(bench.leader, hard, kind=FactKind.MANY_PEOPLE, reason="Nhầm", at=vn(2026, 3, 22))
    complaint = accepted(bench)
    note_fact(bench.handler, complaint, kind=FactKind.FOREIGN, evidence="Hộ chiếu", at=vn(2026, 8, 11))
    with pytest.raises(NotExtendable):
        extend(bench.leader, complaint, reason="Khó", at=vn(2026, 8, 12))


@pytest.mark.rule("complaints", 23)
def test_nothing_is_extended_after_its_end_nor_by_anybody_but_a_leader(bench: Bench):
    matter = denounced(bench, FactKind.MANY_PEOPLE)
    with pytest.raises(NotExtendable, match="đã hết"):
        extend(bench.leader, matter, reason="Quên", at=vn(2026, 4, 2))
    with pytest.raises(NotExtendable, match="lý do"):
        extend(bench.leader, matter, reason=" ", at=vn(2026, 4, 1))
    for actor in (bench.handler, bench.outsider):
        with pytest.raises(NotPermitted):
            extend(actor, matter, reason="Khó", at=vn(2026, 4, 1))
    extend(bench.leader, matter, reason="Khó", at=vn(2026, 4, 1))


@pytest.mark.rule("complaints", 24)
def test_a_suspension_stops_the_clock_and_the_days_left_are_added_when_it_goes_on(bench: Bench):
    matter = accepted(bench)
    kept = suspend(bench.leader, matter, ground=WAITING, reason="Chờ bản án", at=vn(2026, 8, 24))
    matter.refresh_from_db()
    assert (kept.remaining_days, kept.order.kind) == (16, OrderKind.SUSPEND)
    assert (matter.state, matter.settle_due_on) == (MatterState.SUSPENDED, None)
    resume(bench.leader, matter, reason="Đã có bản án", at=vn(2026, 10, 5))
    matter.refresh_from_db()
    assert matter.state == MatterState.SETTLING
    assert (matter.settle_ends_on - date(2026, 10, 5)).days == 16
    assert matter.settle_due_on == date(2026, 10, 21)
    suspend(bench.leader, matter, ground=WAITING, reason="Giám định", at=vn(2026, 10, 12))
    resume(bench.leader, matter, reason="Đã giám định", at=vn(2026, 10, 13))
    matter.refresh_from_db()
    assert matter.settle_ends_on == date(2026, 10, 22)


@pytest.mark.rule("complaints", 24)
def test_a_letter_of_before_july_2026_knows_no_suspension(bench: Bench):
    old = accepted(bench, received=vn(2026, 6, 30), at=vn(2026, 7, 2))
    with pytest.raises(NotSuspendable, match="30/06/2026"):
        suspend(bench.leader, old, ground=WAITING, reason="Chờ bản án", at=vn(2026, 7, 6))
    new = accepted(bench, received=vn(2026, 7, 1), at=vn(2026, 7, 2))
    suspend(bench.leader, new, ground=WAITING, reason="Chờ bản án", at=vn(2026, 7, 6))


@pytest.mark.rule("complaints", 24)
def test_only_a_leader_suspends_and_resumes(bench: Bench):
    matter = accepted(bench)
    for actor in (bench.handler, bench.outsider):
        with pytest.raises(NotPermitted):
            suspend(actor, matter, ground=WAITING, reason="Chờ", at=vn(2026, 8, 24))
    suspend(bench.leader, matter, ground=WAITING, reason="Chờ", at=vn(2026, 8, 24))
    for actor in (bench.handler, bench.outsider):
        with pytest.raises(NotPermitted):
            resume(actor, matter, reason="Xong", at=vn(2026, 8, 25))
