"""What was promised to a visitor is followed until it is kept, with every day that was promised."""

from datetime import date, timedelta

import pytest
from django.db import InternalError, transaction

from complaints.actions.promise import (
    PromiseNotAcceptable,
    Word,
    keep_promise,
    postpone_promise,
    promise,
    report_promise,
    return_report,
)
from complaints.enums import PromiseState
from complaints.models import Promise
from egov.notifications.models import Notification
from egov.workflow.refusal import NotPermitted
from tests.factories.cast import Cast
from tests.factories.organizations import MembershipFactory, actor_for
from tests.factories.visits import MONDAY, Desk, make_desk

pytestmark = pytest.mark.django_db
TEN_DAYS = date(2026, 8, 13)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def keeper(desk: Desk):
    return actor_for(MembershipFactory(agency=desk.agency))


@pytest.fixture
def made(desk: Desk, keeper) -> Promise:
    word = Word(text="Đo lại thửa đất và trả lời", due_on=TEN_DAYS, keeper=keeper.membership)
    return promise(desk.head, desk.closed(), word, at=MONDAY)


def test_whoever_sees_to_it_is_told_by_code_alone(made: Promise, keeper):
    told = Notification.objects.get(member=keeper.membership)
    assert made.visit.code in told.text
    assert "thửa đất" not in told.text
    assert list(Promise.objects.visible_to(keeper)) == [made]


def test_it_is_reported_sent_back_and_kept(desk: Desk, made: Promise, keeper):
    later = MONDAY + timedelta(days=3)
    report_promise(keeper, made, report="Đã đo, diện tích 320 m²", at=later)
    return_report(desk.head, made, reason="Chưa có biên bản đo", at=later)
    report_promise(keeper, made, report="Kèm biên bản", at=later)
    with pytest.raises(NotPermitted):
        keep_promise(keeper, made, by="Tự báo", at=later)
    keep_promise(desk.officer, made, by="Công văn 15/UBND-TCD", at=later)
    made.refresh_from_db()
    assert (made.state, made.kept_by, made.kept_at) == (PromiseState.KEPT, "Công văn 15/UBND-TCD", later)
    assert not Promise.objects.open().exists()
    assert [one.after for one in made.changes.all()] == ["open", "reported", "open", "reported", "kept"]
    with pytest.raises(NotPermitted):
        report_promise(keeper, made, report="Nữa", at=later)


def test_a_later_day_is_a_leaders_word_and_the_first_one_stays(desk: Desk, made: Promise):
    with pytest.raises(NotPermitted):
        postpone_promise(desk.officer, made, to=date(2026, 8, 20), reason="Mưa bão", at=MONDAY)
    for wrong in (date(2026, 8, 10), TEN_DAYS):
        with pytest.raises(PromiseNotAcceptable):
            postpone_promise(desk.head, made, to=wrong, reason="Mưa bão", at=MONDAY)
    with pytest.raises(PromiseNotAcceptable):
        postpone_promise(desk.head, made, to=date(2026, 8, 20), reason=" ", at=MONDAY)
    postpone_promise(desk.head, made, to=date(2026, 8, 20), reason="Mưa bão", at=MONDAY)
    made.refresh_from_db()
    assert (made.first_due_on, made.due_on) == (TEN_DAYS, date(2026, 8, 20))
    last = made.changes.last()
    assert (last.due_before, last.due_after, last.note) == (TEN_DAYS, date(2026, 8, 20), "Mưa bão")


def test_a_late_promise_stays_open_and_none_is_ever_deleted(made: Promise):
    assert list(Promise.objects.open().filter(due_on__lt=date(2027, 1, 1))) == [made]
    with pytest.raises(InternalError), transaction.atomic():
        Promise.objects.filter(pk=made.pk)._raw_delete("default")


@pytest.mark.parametrize("wrong", [{"text": " "}, {"due_on": date(2026, 8, 2)}, {"keeper": None}])
def test_a_promise_has_words_a_day_and_somebody(desk: Desk, keeper, wrong: dict[str, object]):
    stranger = make_desk().officer.membership
    facts = {"text": "Trả lời", "due_on": TEN_DAYS, "keeper": keeper.membership} | wrong
    word = Word(**{**facts, "keeper": facts["keeper"] or stranger})
    with pytest.raises(PromiseNotAcceptable):
        promise(desk.head, desk.closed(), word, at=MONDAY)


def test_an_outsider_promises_nothing(desk: Desk, made: Promise, cast: Cast):
    for outsider in (cast.dung, cast.em, make_desk().head):
        for attempt in (
            lambda who: promise(
                who, made.visit, Word(text="x", due_on=TEN_DAYS, keeper=made.keeper), at=MONDAY
            ),
            lambda who: report_promise(who, made, report="x", at=MONDAY),
            lambda who: return_report(who, made, reason="x", at=MONDAY),
            lambda who: keep_promise(who, made, by="x", at=MONDAY),
            lambda who: postpone_promise(who, made, to=date(2026, 8, 20), reason="x", at=MONDAY),
        ):
            with pytest.raises(NotPermitted):
                attempt(outsider)
        assert not Promise.objects.visible_to(outsider).exists()
