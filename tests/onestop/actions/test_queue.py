"""The queue: numbers, turns, windows; two windows at once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from egov.workflow.refusal import NotFollowing, NotPermitted
from onestop.actions.call_ticket import NobodyWaits, call_again, call_next
from onestop.actions.keep_queue import GroupFacts, QueueNotAcceptable, keep_group, keep_window
from onestop.actions.serve_ticket import GroupNotOpen, begin_turn, end_turn, note_absent, transfer_ticket
from onestop.actions.take_ticket import take_ticket
from onestop.actions.window import TurnNotOver, WindowTaken, hold_window, leave_window
from onestop.enums import TicketChannel, TicketState
from onestop.models import Ticket, Window
from tests.conftest import MONDAY_MORNING
from tests.factories.cast import Cast
from tests.factories.organizations import MembershipFactory, actor_for
from tests.factories.queue import VISITOR, Hall, make_hall
from tests.support.parallel import at_once

NOW = MONDAY_MORNING
MINUTE = timedelta(minutes=1)


@pytest.fixture
def hall(db: None) -> Hall:
    return make_hall(NOW)


def labels(*tickets: Ticket) -> list[str]:
    return [ticket.label for ticket in tickets]


def test_each_group_and_day_counts_from_one(hall: Hall):
    tickets = [hall.take(NOW), hall.take(NOW), hall.take(NOW, hall.land), hall.take(NOW + timedelta(days=1))]
    assert labels(*tickets) == ["A001", "A002", "B001", "A001"]


def test_the_day_is_that_of_vietnam(hall: Hall):
    late = NOW.replace(hour=23, minute=30)
    assert labels(hall.take(late), hall.take(late + timedelta(hours=1))) == ["A001", "A001"]


def test_two_touches_are_one_ticket(hall: Hall):
    touch = uuid4()
    taken = [
        take_ticket(VISITOR, hall.civil, channel=TicketChannel.BOARD, token=touch, at=NOW) for _ in range(2)
    ]
    assert taken[0] == taken[1]
    assert hall.take(NOW).number == 2


def test_a_closed_group_gives_no_number(hall: Hall):
    hall.civil.is_open = False
    hall.civil.save()
    with pytest.raises(NotPermitted, match="không cấp số"):
        hall.take(NOW)


def test_first_come_first_called_but_priority_before(hall: Hall):
    ordinary, merit = hall.take(NOW), hall.take(NOW + MINUTE, merit=True)
    assert call_next(hall.hoa, hall.first, at=NOW + 2 * MINUTE) == merit
    assert call_next(hall.lan, hall.second, at=NOW + 2 * MINUTE) == ordinary


def test_priority_never_starves_the_others(hall: Hall):
    ordinary = hall.take(NOW)
    merits = [hall.take(NOW + MINUTE, merit=True) for _ in range(3)]
    called = []
    for number in range(4):
        ticket = call_next(hall.hoa, hall.first, at=NOW + (2 + number) * MINUTE)
        begin_turn(hall.hoa, ticket, at=NOW + (2 + number) * MINUTE)
        called.append(ticket)
    assert called == [merits[0], merits[1], ordinary, merits[2]]


def test_calling_the_next_ends_the_turn(hall: Hall):
    first, _second = hall.take(NOW), hall.take(NOW)
    call_next(hall.hoa, hall.first, at=NOW)
    with pytest.raises(TurnNotOver, match="A001"):
        call_next(hall.hoa, hall.first, at=NOW)
    begin_turn(hall.hoa, first, at=NOW)
    call_next(hall.hoa, hall.first, at=NOW + MINUTE)
    first.refresh_from_db()
    assert (first.state, first.ended_at) == (TicketState.FINISHED, NOW + MINUTE)


def test_when_nobody_waits_the_turn_is_not_ended_either(hall: Hall):
    only = hall.take(NOW)
    call_next(hall.hoa, hall.first, at=NOW)
    begin_turn(hall.hoa, only, at=NOW)
    with pytest.raises(NobodyWaits):
        call_next(hall.hoa, hall.first, at=NOW)
    only.refresh_from_db()
    assert only.state == TicketState.SERVING


def test_one_who_was_absent_may_come_back_today(hall: Hall):
    ticket = hall.take(NOW)
    call_next(hall.hoa, hall.first, at=NOW)
    note_absent(hall.hoa, ticket, at=NOW + MINUTE)
    again = call_again(hall.hoa, ticket, at=NOW + 2 * MINUTE)
    assert (again.state, again.calls) == (TicketState.CALLED, 2)
    with pytest.raises(NotFollowing):
        end_turn(hall.hoa, ticket, at=NOW)


def test_a_transferred_person_keeps_number_and_place(hall: Hall):
    hall.take(NOW + MINUTE, hall.land)
    ticket = hall.take(NOW)
    call_next(hall.hoa, hall.first, at=NOW + 2 * MINUTE)
    passed = transfer_ticket(hall.hoa, ticket, group=hall.land, at=NOW + 3 * MINUTE)
    assert (passed.label, passed.state, passed.window) == ("A001", TicketState.WAITING, None)
    hall.second.groups.set([hall.land])
    assert call_next(hall.lan, hall.second, at=NOW + 4 * MINUTE) == ticket
    with pytest.raises(GroupNotOpen):
        transfer_ticket(hall.lan, ticket, group=hall.land, at=NOW)


def test_one_person_a_window(hall: Hall):
    with pytest.raises(WindowTaken):
        hold_window(hall.lan, hall.first, at=NOW)
    leave_window(hall.hoa, hall.first, at=NOW)
    hold_window(hall.lan, hall.first, at=NOW)
    hall.second.refresh_from_db()
    assert hall.second.held_by is None


def test_a_window_with_a_turn_is_not_left(hall: Hall):
    hall.take(NOW)
    call_next(hall.hoa, hall.first, at=NOW)
    with pytest.raises(TurnNotOver):
        leave_window(hall.hoa, hall.first, at=NOW)


def test_outsiders_call_nobody(hall: Hall, cast: Cast):
    ticket = hall.take(NOW)
    with pytest.raises(NotPermitted):
        call_next(hall.lan, hall.first, at=NOW)
    call_next(hall.hoa, hall.first, at=NOW)
    stranger = actor_for(MembershipFactory(role="counter"))
    for actor in (hall.lan, stranger, cast.an, cast.em):
        for act in (begin_turn, end_turn, note_absent, call_again):
            with pytest.raises(NotPermitted):
                act(actor, ticket, at=NOW)
        with pytest.raises(NotPermitted):
            transfer_ticket(actor, ticket, group=hall.land, at=NOW)
    with pytest.raises(NotPermitted):
        hold_window(stranger, hall.second, at=NOW)
    with pytest.raises(NotPermitted):
        leave_window(stranger, hall.first, at=NOW)


def test_the_queue_is_kept_by_who_answers_for_it(hall: Hall):
    agency = hall.hoa.agency
    head = actor_for(MembershipFactory(agency=agency, role="leader"))
    group = keep_group(head, agency, facts=GroupFacts(letter="c", name="Đầu tư"), at=NOW)
    assert group.letter == "C"
    assert keep_window(head, agency, number=3, groups=[group], at=NOW).groups.get() == group
    for actor in (hall.hoa, actor_for(MembershipFactory(role="leader"))):
        with pytest.raises(NotPermitted):
            keep_group(actor, agency, facts=GroupFacts(letter="D", name="x"), at=NOW)
        with pytest.raises(NotPermitted):
            keep_window(actor, agency, number=4, groups=[group], at=NOW)


@pytest.mark.parametrize(
    ("letter", "name", "words"), [("A", "Khác", "đã dùng"), ("Đ", "Khác", "không dấu"), ("C", " ", "tên")]
)
def test_what_cannot_be_a_group(hall: Hall, letter: str, name: str, words: str):
    head = actor_for(MembershipFactory(agency=hall.hoa.agency, role="leader"))
    with pytest.raises(QueueNotAcceptable, match=words):
        keep_group(head, hall.hoa.agency, facts=GroupFacts(letter=letter, name=name), at=NOW)


def test_a_letter_stays_while_its_numbers_are_out(hall: Hall):
    head = actor_for(MembershipFactory(agency=hall.hoa.agency, role="leader"))
    hall.take(NOW)
    facts = GroupFacts(letter="H", name="Hộ tịch")
    with pytest.raises(QueueNotAcceptable, match="ngày khác"):
        keep_group(head, hall.hoa.agency, facts=facts, group=hall.civil, at=NOW)
    assert keep_group(head, hall.hoa.agency, facts=facts, group=hall.civil, at=NOW + timedelta(days=1))


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_call_two_people(transactional_db: None):
    hall = make_hall(NOW)
    for _ in range(10):
        hall.take(NOW)
    windows = [(hall.hoa, hall.first), (hall.lan, hall.second)]
    for _ in range(5):
        called = at_once(lambda pair: call_next(pair[0], pair[1], at=NOW), windows)
        for (actor, _window), ticket in zip(windows, called, strict=True):
            assert isinstance(ticket, Ticket), ticket
            begin_turn(actor, ticket, at=NOW)
    assert Ticket.objects.exclude(state=TicketState.WAITING).count() == 10
    assert Window.objects.filter(tickets__state=TicketState.SERVING).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_boards_at_once_give_two_numbers(transactional_db: None):
    hall = make_hall(NOW)
    taken = at_once(lambda _touch: hall.take(NOW), range(20))
    assert sorted(ticket.number for ticket in taken) == list(range(1, 21))
