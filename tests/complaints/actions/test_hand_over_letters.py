"""Rule 55: open letters of an ended agency go on at its successor, with their numbers and their clocks."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from complaints.actions.hand_over_letters import (
    HandOverDecision,
    HandOverNotAcceptable,
    hand_over_letters,
)
from complaints.actions.take_in_transfer import take_in_transfer
from complaints.enums import Direction, MatterKind, MatterState
from complaints.models import Letter, Matter, MatterTakeover
from complaints.queries.succession import stranded, stranded_matters, takeovers
from egov.notifications.models import Notification
from egov.organizations.actions.merge_agencies import merge_agencies
from egov.workflow.refusal import NotPermitted
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.processing import LetterOffice, make_letter_office
from tests.support.signed_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock"), pytest.mark.rule("complaints", 55)]
TODAY = NOW.date()
DECISION = HandOverDecision(number="45/QĐ-UBND", decided_on=TODAY)
D, K, S = Direction, MatterKind, MatterState


@pytest.fixture
def admin():
    return actor_for(MembershipFactory(system_admin=True, agency=AgencyFactory(province=True)))


@pytest.fixture
def old() -> LetterOffice:
    return make_letter_office(AgencyFactory(name="Ủy ban nhân dân xã Cũ"))


@pytest.fixture
def new() -> LetterOffice:
    return make_letter_office(AgencyFactory(name="Ủy ban nhân dân xã Mới"))


def merged(admin, old: LetterOffice, new: LetterOffice) -> None:
    merge_agencies(admin, new.agency, predecessors=[old.agency], on=TODAY, basis="Nghị quyết 1666")
    old.agency.refresh_from_db()


def test_open_letters_go_on_at_the_successor_with_number_code_and_clock(admin, old, new):
    matter = old.matter(at=NOW)
    letter = Letter.objects.values().get(pk=matter.letter_id)
    due = matter.process_due_on
    merged(admin, old, new)
    (moved,) = hand_over_letters(admin, old.agency, successor=new.agency, decision=DECISION, at=NOW)
    matter.refresh_from_db()
    assert Letter.objects.values().get(pk=matter.letter_id) == letter
    assert (matter.agency, matter.handler, matter.process_due_on) == (new.agency, None, due)
    assert matter.state == S.PROCESSING
    assert (moved.predecessor_name, moved.successor_name) == (old.agency.name, new.agency.name)
    assert (moved.decision, moved.person) == ("45/QĐ-UBND", admin.caption)
    assert Matter.objects.visible_to(new.leader).get() == matter
    assert Notification.objects.get(event="complaints.handed_over").agency_id == new.agency.pk


def test_who_goes_along_keeps_the_letter(admin, old, new):
    matter = old.matter(at=NOW)
    again = MembershipFactory(agency=new.agency, user=old.handler.user)
    merged(admin, old, new)
    hand_over_letters(admin, old.agency, successor=new.agency, decision=DECISION, at=NOW)
    matter.refresh_from_db()
    assert matter.handler == again


def test_what_was_on_its_way_arrives_at_the_successor(admin, old, new):
    sender = make_letter_office(AgencyFactory())
    matter = sender.matter(K.REACTION, at=NOW)
    sender.decide(matter, D.TRANSFER, target=old.agency, at=NOW)
    merged(admin, old, new)
    hand_over_letters(admin, old.agency, successor=new.agency, decision=DECISION, at=NOW)
    received = take_in_transfer(new.intake, matter.transfers.get(), at=NOW)
    assert received.agency == new.agency


def test_what_is_done_stays_with_the_old_name(admin, old, new):
    matter = old.matter(at=NOW)
    old.decide(matter, D.FILE, ground="unreadable", at=NOW)
    merged(admin, old, new)
    assert hand_over_letters(admin, old.agency, successor=new.agency, decision=DECISION, at=NOW) == []
    matter.refresh_from_db()
    assert matter.agency == old.agency


def test_some_go_here_and_some_there_and_a_second_run_moves_nothing(admin, old, new):
    first, second = old.matter(at=NOW), old.matter(K.DENUNCIATION, at=NOW)
    assert not stranded_matters(admin, old.agency, TODAY), "what a body that lives has in hand is its own"
    merged(admin, old, new)
    chosen = {"successor": new.agency, "decision": DECISION, "matter_ids": [first.pk]}
    hand_over_letters(admin, old.agency, **chosen, at=NOW)
    (found,) = stranded(admin, TODAY)
    assert (found.agency, found.matters, found.successors) == (old.agency, 1, (new.agency,))
    assert list(stranded_matters(admin, old.agency, TODAY)) == [second]
    with pytest.raises(HandOverNotAcceptable):
        hand_over_letters(admin, old.agency, **chosen, at=NOW)
    hand_over_letters(admin, old.agency, successor=new.agency, decision=DECISION, at=NOW)
    assert hand_over_letters(admin, old.agency, successor=new.agency, decision=DECISION, at=NOW) == []
    assert (MatterTakeover.objects.count(), stranded(admin, TODAY)) == (2, [])
    assert [one.matter for one in takeovers(admin)] == [second, first]


@pytest.mark.parametrize(
    "decision",
    [
        HandOverDecision(number=" ", decided_on=TODAY),
        HandOverDecision(number="45/QĐ-UBND", decided_on=TODAY + timedelta(days=1)),
    ],
)
def test_it_rests_on_a_decision(admin, old, new, decision):
    merged(admin, old, new)
    with pytest.raises(HandOverNotAcceptable):
        hand_over_letters(admin, old.agency, successor=new.agency, decision=decision, at=NOW)


def test_only_from_an_ended_agency_to_its_successor(admin, old, new):
    with pytest.raises(HandOverNotAcceptable, match="còn hoạt động"):
        hand_over_letters(admin, old.agency, successor=new.agency, decision=DECISION, at=NOW)
    ended = AgencyFactory(valid_to=date(2025, 7, 1))
    with pytest.raises(HandOverNotAcceptable, match="kế tục"):
        hand_over_letters(admin, ended, successor=new.agency, decision=DECISION, at=NOW)


def test_outsiders_hand_nothing_over(admin, old, new, cast):
    matter = old.matter(at=NOW)
    merged(admin, old, new)
    once = actor_for(admin.membership, second_factor=False)
    for actor in (old.leader, new.leader, cast.binh, cast.dung, cast.em, once):
        with pytest.raises(NotPermitted):
            hand_over_letters(actor, old.agency, successor=new.agency, decision=DECISION, at=NOW)
        with pytest.raises(NotPermitted):
            stranded(actor, TODAY)
        with pytest.raises(NotPermitted):
            stranded_matters(actor, old.agency, TODAY)
        with pytest.raises(NotPermitted):
            takeovers(actor)
    matter.refresh_from_db()
    assert matter.agency == old.agency


def test_the_administrator_moves_them_by_code_without_reading_them(admin, old, new):
    matter = old.matter(K.DENUNCIATION, at=NOW, summary="Nhận hối lộ")
    client = signed_in(admin)
    url = reverse("complaints:hand_over_move", args=[old.agency.pk])
    assert client.get(url).status_code == 404, "what a body that lives has in hand is its own"
    merged(admin, old, new)
    assert old.agency.name in client.get(reverse("complaints:hand_over_list")).content.decode()
    shown = client.get(url).content.decode()
    assert matter.letter.code in shown
    assert "Nhận hối lộ" not in shown
    typed = {"successor": new.agency.pk, "number": "45/QĐ-UBND", "decided_on": "15/09/2025"}
    assert client.post(url, {**typed, "number": ""}).status_code == 422
    assert client.post(url, {**typed, "all_of_them": "on"}).status_code == 302
    matter.refresh_from_db()
    assert matter.agency == new.agency
    assert "45/QĐ-UBND" in client.get(reverse("complaints:hand_over_list")).content.decode()
