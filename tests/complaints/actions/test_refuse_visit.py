"""Nobody is turned away without one of four grounds, a decider and a notice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from complaints.actions.receive_visit import link_visit
from complaints.actions.refuse_visit import RefusalNotAcceptable, Refusing, refuse_visit
from complaints.actions.visit_entry import NotIdentified
from complaints.enums import MatterState, ReceptionRefusalGround, VisitOutcome
from complaints.models import ReceptionRefusal
from egov.files.store import read_checked
from egov.workflow.refusal import NotPermitted
from tests.factories.cast import Cast
from tests.factories.letters import LetterFactory, MatterFactory
from tests.factories.visits import LAN, MONDAY, Desk, heard, make_desk
from tests.support.pdf_text import text_of

pytestmark = pytest.mark.django_db
G = ReceptionRefusalGround


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def because(desk: Desk, **changes: object) -> Refusing:
    """An abusive visitor, turned away by who receives."""
    plain = Refusing(
        ground=G.ABUSIVE,
        reason="Đập phá bàn ghế, xúc phạm người tiếp công dân",
        decider=desk.officer.membership,
    )
    return replace(plain, **changes)


@pytest.mark.rule("complaints", 9)
def test_a_refusal_has_its_ground_its_decider_and_a_printed_notice(desk: Desk):
    refusal = refuse_visit(desk.officer, desk.written(), because(desk), at=MONDAY)
    visit = refusal.visit
    visit.refresh_from_db()
    assert visit.outcome == VisitOutcome.REFUSED
    notice = text_of(read_checked(refusal.file))
    for words in ("01/TB-TCD", LAN.name, "Đập phá bàn ghế", "điểm b", desk.officer.user.full_name):
        assert words in notice
    second = refuse_visit(desk.officer, desk.written(), because(desk), at=MONDAY + timedelta(hours=1))
    assert second.number == 2


@pytest.mark.rule("complaints", 9)
@pytest.mark.parametrize(
    "wrong",
    [
        {"ground": "e"},
        {"ground": ""},
        {"reason": "  say rượu "},
        # Beyond this hour only a leader shuts somebody out.
        {"ground": G.SETTLED},
        {"ground": G.OTHER},
    ],
)
def test_without_one_of_the_four_grounds_nobody_is_refused(desk: Desk, wrong: dict[str, object]):
    with pytest.raises(RefusalNotAcceptable):
        refuse_visit(
            desk.officer, desk.written(heard(settled_by="UBND tỉnh")), because(desk, **wrong), at=MONDAY
        )
    assert not ReceptionRefusal.objects.exists()


@pytest.mark.rule("complaints", 9)
def test_a_settled_matter_is_refused_by_a_leader_who_names_who_settled_it(desk: Desk):
    settled = because(
        desk,
        ground=G.SETTLED,
        decider=desk.head.membership,
        reason="Đã có quyết định lần hai, đã giải thích nhiều lần",
    )
    with pytest.raises(RefusalNotAcceptable):
        refuse_visit(desk.officer, desk.written(), settled, at=MONDAY)
    visit = desk.written(heard(settled_by="Chủ tịch UBND tỉnh"))
    assert refuse_visit(desk.officer, visit, settled, at=MONDAY).decider == desk.head.membership


@pytest.mark.rule("complaints", 9)
def test_the_decider_serves_here(desk: Desk):
    for decider in (make_desk().head.membership, desk.deputy.membership):
        refusing = because(desk, decider=decider)
        if decider.agency_id == desk.agency.pk:
            assert refuse_visit(desk.officer, desk.written(), refusing, at=MONDAY).pk
        else:
            with pytest.raises(RefusalNotAcceptable):
                refuse_visit(desk.officer, desk.written(), refusing, at=MONDAY)


@pytest.mark.rule("complaints", 9)
def test_a_refusal_leaves_a_letter_that_was_received_as_it_is(desk: Desk):
    matter = MatterFactory(letter=LetterFactory(agency=desk.agency))
    visit = desk.written()
    link_visit(desk.officer, visit, letter=matter.letter, at=MONDAY)
    refuse_visit(desk.officer, visit, because(desk), at=MONDAY)
    matter.refresh_from_db()
    visit.refresh_from_db()
    assert (matter.state, visit.letter) == (MatterState.ENTERED, matter.letter)


@pytest.mark.rule("complaints", 8)
def test_who_is_refused_is_identified_too(desk: Desk):
    with pytest.raises(NotIdentified):
        refuse_visit(desk.officer, desk.written(heard(visitors=())), because(desk), at=MONDAY)


def test_a_refusal_is_kept_as_it_was(desk: Desk):
    refusal = refuse_visit(desk.officer, desk.written(), because(desk), at=MONDAY)
    for change in (
        lambda: ReceptionRefusal.objects.filter(pk=refusal.pk).update(reason="Khác"),
        lambda: ReceptionRefusal.objects.filter(pk=refusal.pk).delete(),
    ):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            change()


def test_an_outsider_refuses_nobody(desk: Desk, cast: Cast):
    visit = desk.written()
    for outsider in (cast.dung, cast.em, make_desk().officer):
        with pytest.raises(NotPermitted):
            refuse_visit(outsider, visit, because(desk), at=MONDAY)
