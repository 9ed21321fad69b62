"""The hall's screens and the window's page."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from onestop.actions.call_ticket import call_next
from onestop.actions.serve_ticket import begin_turn
from onestop.models import Ticket
from onestop.queries.queue import groups_of, hourly_waits
from tests.conftest import MONDAY_MORNING
from tests.factories.organizations import MembershipFactory, actor_for
from tests.factories.queue import Hall, make_hall
from tests.support.pdf_text import text_of

NOW = MONDAY_MORNING
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def hall(db: None) -> Hall:
    return make_hall(NOW)


def test_a_number_is_taken_by_touch_and_printed(hall: Hall):
    board = reverse("onestop:queue_board", args=[hall.hoa.agency.code])
    visitor = Client()
    page = visitor.get(board).content.decode()
    assert "Hộ tịch, chứng thực" in page
    take = reverse("onestop:ticket_take", args=[hall.hoa.agency.code, hall.civil.pk])
    once = page.split('name="once" value="')[1].split('"')[0]
    first = visitor.post(take, {"priority": "merit", "once": once})
    assert visitor.post(take, {"priority": "merit", "once": once}).url == first.url
    ticket = Ticket.objects.get()
    assert (ticket.label, ticket.priority) == ("A001", "merit")
    assert "A001" in visitor.get(first.url).content.decode()
    slip = visitor.get(reverse("onestop:ticket_print", args=[ticket.token]))
    assert "A001" in text_of(slip.content)


def test_a_wrong_class_or_touch_gives_no_number(hall: Hall):
    take = reverse("onestop:ticket_take", args=[hall.hoa.agency.code, hall.civil.pk])
    assert Client().post(take, {"priority": "vua"}).status_code == 302
    assert Client().post(take, {"once": "x"}).status_code == 302
    assert not Ticket.objects.exists()


def test_one_address_does_not_empty_the_roll(hall: Hall, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("onestop.queries.hall.MOST_TICKETS", 2)
    take = reverse("onestop:ticket_take", args=[hall.hoa.agency.code, hall.civil.pk])
    # Another one in each run: the counts of the last minutes are still there.
    address = f"2001:db8::{uuid4().hex[:4]}:{uuid4().hex[:4]}"
    statuses = [Client().post(take, {"priority": "none"}, REMOTE_ADDR=address).status_code for _ in range(3)]
    assert statuses == [302, 302, 429]


@pytest.mark.rule("onestop", 41)
def test_the_screens_never_show_a_name(hall: Hall, sign_in):
    ticket = hall.take(NOW)
    call_next(hall.hoa, hall.first, at=NOW)
    code = hall.hoa.agency.code
    pages = [
        Client().get(reverse("onestop:queue_display", args=[code])),
        Client().get(reverse("onestop:queue_board", args=[code])),
        Client().get(reverse("onestop:ticket_detail", args=[ticket.token])),
        Client().get(reverse("onestop:queue_display", args=[code]), headers={"HX-Request": "true"}),
    ]
    for page in pages:
        assert page.status_code == 200
        for person in (hall.hoa, hall.lan):
            assert person.user.full_name not in page.content.decode()
    assert "A001" in pages[0].content.decode()
    assert "Quầy 1" in pages[0].content.decode()
    # A ticket has nowhere to keep whose it is.
    assert {field.name for field in Ticket._meta.get_fields()} == {
        "id", "changes", "group", "waits_in", "day", "number", "token", "priority", "channel", "state",
        "window", "issued_at", "called_at", "calls", "started_at", "ended_at",
    }  # fmt: skip


def test_an_agency_without_a_queue_has_no_screens(cast):
    for name in ("queue_display", "queue_board"):
        assert Client().get(reverse(f"onestop:{name}", args=[cast.chi.agency.code])).status_code == 404


def test_a_day_at_a_window(hall: Hall, sign_in):
    hall.take(NOW)
    hall.take(NOW)
    hoa = sign_in(hall.hoa)
    work = reverse("onestop:queue_work")
    assert "Gọi số tiếp theo" in hoa.get(work).content.decode()
    following = reverse("onestop:ticket_next", args=[hall.first.pk])
    assert hoa.post(following).url == work
    assert "đang được gọi" in hoa.post(following, follow=True).content.decode()
    ticket = Ticket.objects.get(number=1)
    for step in ("again", "begin", "end"):
        assert hoa.post(reverse("onestop:ticket_step", args=[ticket.pk, step])).status_code == 302
    assert hoa.post(reverse("onestop:ticket_step", args=[ticket.pk, "dance"])).status_code == 404
    assert hoa.post(following).status_code == 302
    second = Ticket.objects.get(number=2)
    transfer = reverse("onestop:ticket_transfer", args=[second.pk])
    assert hoa.post(transfer, {"group": hall.land.pk}).status_code == 302
    second.refresh_from_db()
    assert second.waits_in == hall.land
    assert "Không còn ai chờ" in hoa.post(following, follow=True).content.decode()
    assert hoa.post(reverse("onestop:window_leave", args=[hall.first.pk])).status_code == 302
    assert "Quý vị ngồi ở quầy nào?" in hoa.get(work).content.decode()
    assert hoa.post(reverse("onestop:window_hold", args=[hall.second.pk])).status_code == 302
    assert "đang có người ngồi" in hoa.get(work).content.decode()


def test_strangers_see_no_window(hall: Hall, sign_in):
    stranger = sign_in(actor_for(MembershipFactory(role="counter")))
    ticket = hall.take(NOW)
    assert stranger.post(reverse("onestop:ticket_next", args=[hall.first.pk])).status_code == 404
    assert stranger.post(reverse("onestop:ticket_step", args=[ticket.pk, "begin"])).status_code == 404
    specialist = sign_in(actor_for(MembershipFactory(agency=hall.hoa.agency)))
    assert specialist.get(reverse("onestop:queue_work")).status_code == 403
    assert specialist.get(reverse("onestop:queue_setup")).status_code == 403


def test_the_queue_is_set_up_on_one_page(hall: Hall, sign_in):
    head = sign_in(actor_for(MembershipFactory(agency=hall.hoa.agency, role="leader")))
    page = reverse("onestop:queue_setup")
    assert head.get(page).status_code == 200
    add = reverse("onestop:queue_group_add")
    facts = {"group-letter": "C", "group-name": "Đầu tư", "group-priority_share": "2", "group-is_open": "on"}
    assert head.post(add, facts).status_code == 302
    wrong = head.post(add, facts)
    assert wrong.status_code == 422
    assert "đã dùng" in wrong.content.decode()
    group = hall.hoa.agency.queue_groups.get(letter="C")
    assert (
        head.post(reverse("onestop:queue_window_keep"), {"number": 3, "groups": [group.pk]}).status_code
        == 302
    )
    prefix = f"group{group.pk}"
    closed = {f"{prefix}-letter": "C", f"{prefix}-name": "Đầu tư", f"{prefix}-priority_share": "2"}
    assert head.post(reverse("onestop:queue_group_edit", args=[group.pk]), closed).status_code == 302
    group.refresh_from_db()
    assert not group.is_open


def test_waits_are_measured_and_estimated(hall: Hall):
    for number in range(3):
        ticket = hall.take(NOW)
        call_next(hall.hoa, hall.first, at=NOW + timedelta(minutes=10 * number))
        begin_turn(hall.hoa, ticket, at=NOW + timedelta(minutes=10 * number))
    hall.take(NOW)
    (waits,) = hourly_waits(hall.hoa.agency, NOW.date(), NOW.date())
    assert (waits.hour, waits.tickets, waits.minutes) == (8, 3, 10)
    # Two turns of ten minutes each are over; one waits, two windows are held: five minutes.
    civil = groups_of(hall.hoa.agency, NOW.date())[0]
    assert (civil.waiting, civil.windows, civil.minutes) == (1, 2, 5)


def test_screens_cost_the_same_for_one_and_for_many(hall: Hall, django_assert_max_num_queries):
    address = reverse("onestop:queue_display", args=[hall.hoa.agency.code])
    hall.take(NOW)
    call_next(hall.hoa, hall.first, at=NOW)
    with django_assert_max_num_queries(4):
        Client().get(address)
