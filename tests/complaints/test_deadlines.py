"""The table of section 9 as dated data, and each of its vectors by the real calendar of 2026."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from complaints import deadlines
from complaints.deadlines import NoTermInForce
from complaints.enums import Complexity, MatterKind, MatterState, Stage, SubjectKind
from complaints.models import CaseFact, Matter, Term
from complaints.models.fact import FactKind
from complaints.models.term import TermKey
from egov.workdays.load_holidays import load_holidays
from tests.factories.letters import LetterFactory, MatterFactory
from tests.factories.organizations import MembershipFactory

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def holidays(db: None) -> None:
    load_holidays([2026])


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=HANOI)


def received(day: date, kind: str = MatterKind.COMPLAINT, **traits: object) -> Matter:
    letter = LetterFactory(received_at=at(day), protected=kind == MatterKind.DENUNCIATION)
    return MatterFactory(letter=letter, kind=kind, **traits)


def accepted(day: date, kind: str = MatterKind.COMPLAINT, **traits: object) -> Matter:
    return received(day, kind, state=MatterState.SETTLING, accepted_on=day, **traits)


def noted(matter: Matter, kind: str) -> CaseFact:
    return CaseFact.objects.create(
        matter=matter,
        kind=kind,
        evidence="Biên bản số 3",
        noted_at=at(date(2026, 2, 13)),
        noted_by=MembershipFactory(),
    )


@pytest.mark.rule("complaints", 21)
def test_a_denunciation_is_handled_in_seven_working_days_around_tet_and_sent_on_in_five():
    matter = received(date(2026, 2, 12), MatterKind.DENUNCIATION)
    assert deadlines.process_due(matter) == date(2026, 3, 2)
    assert deadlines.transfer_due(matter) == date(2026, 2, 26)


@pytest.mark.rule("complaints", 21)
def test_checks_in_several_places_give_it_ten_working_days():
    matter = received(date(2026, 2, 12), MatterKind.DENUNCIATION)
    noted(matter, FactKind.CHECKED_ELSEWHERE)
    assert deadlines.process_due(matter) == date(2026, 3, 5)


@pytest.mark.rule("complaints", 21)
@pytest.mark.parametrize(
    ("complexity", "ends_on", "due_on"),
    [
        (Complexity.NORMAL, date(2026, 2, 19), date(2026, 2, 23)),
        (Complexity.COMPLEX, date(2026, 3, 6), date(2026, 3, 6)),
    ],
)
def test_a_complaint_that_ends_in_tet_is_due_when_offices_open(complexity, ends_on, due_on):
    found = deadlines.settle_ending(accepted(date(2026, 1, 20), complexity=complexity))
    assert found == deadlines.Ending(ends_on, due_on)


@pytest.mark.rule("complaints", 21)
def test_a_denunciation_is_settled_in_thirty_days():
    matter = accepted(date(2026, 3, 2), MatterKind.DENUNCIATION)
    assert deadlines.settle_due(matter) == date(2026, 4, 1)


@pytest.mark.rule("complaints", 21)
@pytest.mark.parametrize("remote", [False, True])
@pytest.mark.parametrize("complexity", [Complexity.NORMAL, Complexity.COMPLEX])
@pytest.mark.parametrize(
    ("stage", "lengths"), [(Stage.FIRST, (30, 45, 45, 60)), (Stage.SECOND, (45, 60, 60, 70))]
)
def test_stage_complexity_and_place_choose_the_length(stage, lengths, complexity, remote):
    matter = accepted(date(2026, 7, 6), stage=stage, complexity=complexity, is_remote=remote)
    expected = lengths[2 * remote + (complexity == Complexity.COMPLEX)]
    assert deadlines.settle_limit(matter).amount == expected


@pytest.mark.rule("complaints", 21)
@pytest.mark.parametrize(
    ("key", "remote", "due_on"),
    [
        (TermKey.PROCESS, False, date(2026, 3, 17)),
        (TermKey.COMPLAINT_ACCEPT, False, date(2026, 3, 13)),
        (TermKey.COMPLAINT_LIMIT, False, date(2026, 6, 1)),
        (TermKey.COMPLAINT_SECOND_FILE, False, date(2026, 4, 2)),
        (TermKey.COMPLAINT_SECOND_FILE, True, date(2026, 4, 17)),
        (TermKey.COMPLAINT_EFFECT, False, date(2026, 4, 2)),
        (TermKey.COMPLAINT_EFFECT, True, date(2026, 4, 17)),
        (TermKey.COMPLAINT_PUBLISH, False, date(2026, 3, 18)),
        (TermKey.COMPLAINT_POSTING, False, date(2026, 3, 18)),
        (TermKey.DENUNCIATION_NOTIFY, False, date(2026, 3, 10)),
        (TermKey.DENUNCIATION_REPLY, False, date(2026, 3, 23)),
        (TermKey.DENUNCIATION_POSTING, False, date(2026, 3, 18)),
        (TermKey.RECEPTION_ANSWER, False, date(2026, 3, 13)),
        (TermKey.FILED_RETENTION, False, date(2027, 3, 3)),
    ],
)
def test_every_other_line_of_the_table_counted_from_3_march(key, remote, due_on):
    day = date(2026, 3, 3)
    assert deadlines.due(key, day, MatterFactory().agency, on=day, is_remote=remote) == due_on


@pytest.mark.rule("complaints", 6)
def test_processing_counts_from_arrival_and_settlement_from_acceptance():
    letter = LetterFactory(received_at=at(date(2026, 8, 3)), entered_at=at(date(2026, 8, 7)))
    matter = MatterFactory(letter=letter)
    assert deadlines.process_due(matter) == date(2026, 8, 17)
    assert deadlines.settle_due(matter) is None
    matter.accepted_on = date(2026, 8, 10)
    assert deadlines.settle_due(matter) == date(2026, 9, 9)


@pytest.mark.rule("complaints", 49)
def test_a_duplicate_has_the_clock_of_the_first_letter():
    first = received(date(2026, 8, 3))
    again = received(date(2026, 8, 12))
    again.letter.root = first.letter
    assert deadlines.process_due(again) == deadlines.process_due(first)
    assert deadlines.accept_due(again) == date(2026, 8, 13)


def test_a_letter_of_a_sunday_begins_to_count_on_monday():
    assert deadlines.process_due(received(date(2026, 8, 2))) == date(2026, 8, 14)


@pytest.mark.rule("complaints", 21)
def test_a_later_row_counts_letters_of_its_time_and_no_earlier_ones():
    change = date(2026, 9, 7)
    Term.objects.filter(key=TermKey.PROCESS).update(valid_to=change)
    Term.objects.create(
        key=TermKey.PROCESS,
        amount=5,
        unit="working_days",
        valid_from=change,
        source="Luật mới",
        is_verified=True,
    )
    assert deadlines.process_due(received(date(2026, 9, 4))) == date(2026, 9, 18)
    assert deadlines.process_due(received(date(2026, 9, 7))) == date(2026, 9, 14)


def test_discipline_and_suggestions_have_terms_of_their_own():
    day = date(2026, 8, 3)
    discipline = accepted(day, subject_kind=SubjectKind.DISCIPLINE, is_remote=True)
    assert deadlines.settle_limit(discipline).amount == 30
    assert deadlines.settle_limit(accepted(day, MatterKind.SUGGESTION)).amount == 15


def test_a_time_without_a_law_is_refused_in_words():
    matter = received(date(2011, 3, 1))
    with pytest.raises(NoTermInForce, match="Xử lý đơn"):
        deadlines.process_due(matter)


@pytest.mark.rule("complaints", 21)
def test_every_term_says_where_it_stands_in_the_law():
    assert set(Term.objects.values_list("key", flat=True)) == set(TermKey.values)
    assert not Term.objects.filter(source="").exists()
    assert Term.objects.filter(is_verified=False).exists(), "what nobody has read in the text is marked"
