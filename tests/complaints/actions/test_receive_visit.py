"""The desk of a visit: who is received, what is asked of whom, and what then stands in the register."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import InternalError, transaction

from complaints.actions.receive_visit import (
    Opening,
    VisitNotOpenable,
    close_visit,
    link_visit,
    open_visit,
    write_visit,
)
from complaints.actions.visit_entry import (
    BelongsInSeal,
    Came,
    Decided,
    Handed,
    NotIdentified,
    VisitNotAcceptable,
    VisitNotClosable,
)
from complaints.enums import MatterKind, ParticipantRole, ReceptionKind, VisitOutcome, VisitState
from complaints.models import Visit
from complaints.queries.reception_counts import Counted, reception_figures
from egov.audit.models import AuditEvent
from egov.workflow.refusal import NotPermitted
from tests.factories.cast import Cast
from tests.factories.letters import LetterFactory
from tests.factories.visits import GUIDED, LAN, MONDAY, Desk, heard, make_desk
from tests.support.parallel import at_once

pytestmark = pytest.mark.django_db
JUNE = datetime.fromisoformat("2026-06-30T09:00:00+07:00")
NOBODY = Came(name="Một người không rõ tên")


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def test_a_visit_gets_the_next_number_and_stands_in_the_register(desk: Desk):
    first, second = desk.closed(), desk.closed()
    assert (first.number, second.number) == (1, 2)
    assert first.code == f"TD-{desk.agency.code}-2026-00001"
    first.refresh_from_db()
    assert (first.state, first.outcome) == (VisitState.CLOSED, VisitOutcome.GUIDED)
    assert [one.name for one in first.visitors.all()] == [LAN.name]


def test_two_clicks_are_one_visit(desk: Desk):
    assert desk.opened(key="k").pk == desk.opened(key="k").pk
    assert Visit.objects.count() == 1


@pytest.mark.rule("complaints", 8)
def test_from_july_2026_nobody_is_received_unknown(desk: Desk):
    unknown = desk.written(heard(visitors=(NOBODY,)))
    with pytest.raises(NotIdentified):
        close_visit(desk.officer, unknown, GUIDED, at=MONDAY)
    unknown.refresh_from_db()
    assert unknown.state == VisitState.OPEN
    # One of two without a paper is as good as none.
    with pytest.raises(NotIdentified):
        desk.closed(heard(visitors=(LAN, NOBODY), people=2))


@pytest.mark.rule("complaints", 8)
@pytest.mark.parametrize(
    "known",
    [
        {"visitors": (LAN,)},
        {"visitors": (Came(name="Bùi Văn Sơn", identity_paper="Hộ chiếu C1234567"),)},
        {"visitors": (NOBODY,), "unidentified_because": "Cấp cứu, không mang giấy tờ"},
        {"visitors": (), "unidentified_because": "Từ chối cho biết họ tên"},
    ],
)
def test_identity_or_a_recorded_ground_closes_a_visit(desk: Desk, known: dict[str, object]):
    assert desk.closed(heard(**known)).state == VisitState.CLOSED


@pytest.mark.rule("complaints", 8)
def test_before_july_2026_a_visit_needs_no_paper(desk: Desk):
    assert desk.closed(heard(visitors=(NOBODY,)), at=JUNE).state == VisitState.CLOSED


@pytest.mark.rule("complaints", 8)
def test_a_denouncer_is_identified_by_the_seal_or_was_looked_at(desk: Desk):
    denounces = heard(matter_kind=MatterKind.DENUNCIATION, visitors=(), summary="")
    received = Decided(outcome=VisitOutcome.RECEIVED)
    with pytest.raises(NotIdentified):
        desk.closed(denounces, received)
    assert desk.closed(replace(denounces, identity_seen=True), received).state == VisitState.CLOSED
    letter = LetterFactory(agency=desk.agency, protected=True)
    assert desk.closed(denounces, replace(received, letter=letter)).letter == letter


@pytest.mark.rule("complaints", 35)
def test_the_register_never_holds_who_denounces(desk: Desk):
    denounces = heard(matter_kind=MatterKind.DENUNCIATION)
    visit = desk.opened()
    with pytest.raises(BelongsInSeal):
        write_visit(desk.officer, visit, denounces, at=MONDAY)
    named = desk.written()
    write_visit(desk.officer, named, replace(denounces, visitors=(), summary=""), at=MONDAY)
    named.refresh_from_db()
    assert (named.is_protected, named.summary, named.visitors.count()) == (True, "", 0)
    with pytest.raises(InternalError, match="seal"), transaction.atomic():
        named.visitors.create(name=LAN.name)
    with pytest.raises(BelongsInSeal):
        write_visit(desk.officer, named, heard(), at=MONDAY)


@pytest.mark.rule("complaints", 47)
def test_a_group_of_twenty_on_one_matter(desk: Desk):
    speakers = tuple(replace(LAN, name=f"Người đại diện {n}") for n in range(1, 6))
    group = heard(visitors=speakers, people=20, group_note="Công an xã giữ trật tự tại sân trụ sở")
    desk.closed(group)
    figures = reception_figures(desk.agency, date(2026, 8, 1), date(2026, 8, 31))
    assert figures.all == Counted(visits=1, people=20, cases=1, old_cases=0, groups=1, group_people=20)


@pytest.mark.rule("complaints", 47)
def test_several_visits_on_one_matter_are_one_case(desk: Desk):
    july = MONDAY - timedelta(days=20)
    first = desk.closed(at=july)
    desk.closed(heard(earlier=first))
    desk.closed(heard(earlier=first, people=2))
    letter = LetterFactory(agency=desk.agency)
    received = Decided(outcome=VisitOutcome.RECEIVED, letter=letter)
    desk.closed(decided=received)
    desk.closed(decided=received)
    figures = reception_figures(desk.agency, date(2026, 8, 1), date(2026, 8, 31))
    assert (figures.all.visits, figures.all.people, figures.all.cases) == (4, 5, 2)
    assert (figures.all.old_cases, figures.all.new_cases) == (1, 1)


@pytest.mark.rule("complaints", 11)
@pytest.mark.parametrize(
    ("people", "speakers", "fits"),
    [(4, 4, True), (10, 2, True), (10, 3, False), (11, 5, True), (11, 6, False)],
)
def test_a_group_is_heard_through_representatives(desk: Desk, people: int, speakers: int, fits: bool):
    came = heard(people=people, visitors=(LAN,) * speakers)
    if fits:
        assert desk.written(came).visitors.count() == speakers
    else:
        with pytest.raises(VisitNotAcceptable):
            desk.written(came)


@pytest.mark.rule("complaints", 10)
def test_an_authorisation_is_flagged_and_given_to_one(desk: Desk):
    acts = replace(LAN, role=ParticipantRole.AUTHORISED, authorisation="Giấy ủy quyền ngày 01/08/2026")
    visit = desk.written(heard(visitors=(acts,)))
    assert visit.visitors.get().lacks_certificate
    certified = desk.written(heard(visitors=(replace(acts, is_certified=True),)))
    assert not certified.visitors.get().lacks_certificate
    with pytest.raises(VisitNotAcceptable):
        desk.written(heard(visitors=(acts, acts), people=2))


def test_a_closed_entry_never_changes_whoever_writes(desk: Desk):
    visit = desk.closed(heard(papers=(Handed(name="Đơn khiếu nại"),)))
    for change in (
        lambda: Visit.objects.filter(pk=visit.pk).update(summary="Khác"),
        lambda: Visit.objects.filter(pk=visit.pk).update(number=9),
        lambda: Visit.objects.filter(pk=visit.pk)._raw_delete("default"),
        lambda: visit.visitors.all().delete(),
        lambda: visit.papers.all().update(name="Khác"),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            change()
    with pytest.raises(NotPermitted):
        write_visit(desk.officer, visit, heard(), at=MONDAY)


def test_a_letter_is_named_later_and_once(desk: Desk):
    visit, letter = desk.closed(), LetterFactory(agency=desk.agency)
    link_visit(desk.officer, visit, letter=letter, at=MONDAY)
    with pytest.raises(VisitNotAcceptable):
        link_visit(desk.officer, visit, letter=LetterFactory(agency=desk.agency), at=MONDAY)
    with pytest.raises(VisitNotAcceptable):
        link_visit(desk.officer, desk.closed(), letter=LetterFactory(), at=MONDAY)
    protected = LetterFactory(agency=desk.agency, protected=True)
    with pytest.raises(VisitNotAcceptable):
        link_visit(desk.officer, desk.closed(), letter=protected, at=MONDAY)


@pytest.mark.parametrize(
    "lacking",
    [
        Decided(outcome=VisitOutcome.GUIDED, words="Đi nơi khác"),
        Decided(outcome=VisitOutcome.OTHER),
        Decided(outcome=VisitOutcome.REFUSED, words="Không tiếp"),
    ],
)
def test_a_direction_says_what_the_register_asks_for(desk: Desk, lacking: Decided):
    with pytest.raises(VisitNotClosable):
        desk.closed(decided=lacking)


def test_an_answer_is_due_ten_days_after_the_visit(desk: Desk):
    assert desk.closed(decided=Decided(outcome=VisitOutcome.RECEIVED)).answer_due_on == date(2026, 8, 13)


def test_who_receives_is_there_and_a_leader_where_the_occasion_says_so(desk: Desk):
    elsewhere = make_desk()
    for opening in (
        Opening(host=elsewhere.head.membership),
        Opening(kind=ReceptionKind.UNSCHEDULED),
        Opening(kind=ReceptionKind.SCHEDULED, host=desk.head.membership),
        Opening(started_at=MONDAY + timedelta(hours=1)),
    ):
        with pytest.raises(VisitNotOpenable):
            open_visit(desk.officer, desk.agency, opening, at=MONDAY)
    assert desk.opened(kind=ReceptionKind.UNSCHEDULED, host=desk.head.membership).host_is_head


def test_an_outsider_opens_reads_and_writes_nothing(desk: Desk, cast: Cast):
    visit = desk.written()
    for outsider in (cast.dung, cast.em, make_desk().officer):
        assert not Visit.objects.visible_to(outsider).exists()
        with pytest.raises(NotPermitted):
            open_visit(outsider, desk.agency, Opening(), at=MONDAY)
        with pytest.raises(NotPermitted):
            write_visit(outsider, visit, heard(), at=MONDAY)
        with pytest.raises(NotPermitted):
            close_visit(outsider, visit, GUIDED, at=MONDAY)
        with pytest.raises(NotPermitted):
            link_visit(outsider, visit, letter=LetterFactory(), at=MONDAY)


def test_the_log_names_the_visit_and_nobody_in_it(desk: Desk):
    desk.closed()
    logged = AuditEvent.objects.filter(action__startswith="complaints.").values_list("details", flat=True)
    assert logged
    assert LAN.name not in str(list(logged))


@pytest.mark.django_db(transaction=True)
@pytest.mark.rule("complaints", 7)
def test_two_desks_at_once_get_two_numbers_in_turn(desk: Desk):
    at_once(lambda _turn: desk.opened().number, range(4))
    assert sorted(Visit.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
