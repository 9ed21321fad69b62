"""The reports: carried and received give the outcomes, the same whenever asked; duplicates are no cases."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

import pytest

from complaints.actions.correct import correct_matter
from complaints.actions.enter import enter
from complaints.actions.entry import Entry
from complaints.actions.link import link_duplicate
from complaints.actions.take_in_hand import take_in_hand
from complaints.enums import DutyKind, MatterKind, MatterState
from complaints.models import ContentField, Letter
from complaints.queries.figures.processing import Processing, processing
from complaints.queries.figures.settlement import settlement
from complaints.queries.figures.window import Window
from egov.organizations.actor import Actor
from egov.workflow.move import move
from tests.factories.entries import content, entry, group
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory
from tests.factories.settlements import make_bench, settled

pytestmark = pytest.mark.django_db
QUARTER = Window.of_months(2026, 7, 3, cutoff=14)
DAYS = count()


@pytest.fixture
def clerk() -> Actor:
    return appointed(AgencyFactory(), DutyKind.INTAKE, DutyKind.HANDLING)


def on(day: date) -> datetime:
    return datetime.fromisoformat(f"{day}T09:30:00+07:00")


def entered(clerk: Actor, day: date, typed: Entry | None = None) -> Letter:
    at = on(day)
    typed = typed or entry(at=at)
    arrived = at - timedelta(hours=1)
    return enter(clerk, replace(typed, received_at=arrived, written_on=arrived.date()), at=at)


def ended(clerk: Actor, letter: Letter, state: MatterState, day: date) -> None:
    matter = letter.matters.get()
    take_in_hand(clerk, matter, at=on(day))
    matter.refresh_from_db()
    move(matter, to=state, by=clerk, at=on(day))


def line(table: Processing, kind: MatterKind):
    return next(one for one in table.kinds if one.kind == kind)


@pytest.mark.rule("complaints", 50)
@pytest.mark.parametrize(
    ("cutoff", "first", "last"),
    [(14, "2026-06-15", "2026-09-14"), (0, "2026-07-01", "2026-09-30"), (20, "2026-06-21", "2026-09-20")],
)
def test_a_quarter_ends_with_its_cut_off(cutoff, first, last):
    window = Window.of_months(2026, 7, 3, cutoff=cutoff)
    assert (str(window.first), str(window.last)) == (first, last)
    year = Window.of_months(2026, 1, 12, cutoff=cutoff)
    assert year.first.year == (2025 if cutoff else 2026)
    assert year.last.year == 2026


@pytest.mark.rule("complaints", 46)
def test_carried_and_received_are_what_ended_and_what_is_open(clerk):
    carried = entered(clerk, date(2026, 6, 10))
    ended(clerk, carried, MatterState.GUIDED, date(2026, 7, 1))
    before = entered(clerk, date(2026, 6, 9))
    ended(clerk, before, MatterState.FILED, date(2026, 6, 12))
    entered(clerk, date(2026, 6, 14))
    ended(clerk, entered(clerk, date(2026, 8, 3)), MatterState.FILED, date(2026, 8, 5))
    ended(clerk, entered(clerk, date(2026, 8, 4)), MatterState.GUIDED, date(2026, 9, 20))
    entered(clerk, date(2026, 9, 14), entry(content(kind=MatterKind.SUGGESTION)))
    entered(clerk, date(2026, 9, 15))
    table = processing(clerk.agency, QUARTER)
    complaints = line(table, MatterKind.COMPLAINT)
    assert (complaints.carried, complaints.received, complaints.reopened) == (2, 2, 0)
    assert complaints.outcomes == {MatterState.GUIDED: 1, MatterState.FILED: 1}
    assert complaints.open == 2
    assert line(table, MatterKind.SUGGESTION).received == 1
    assert all(one.came == one.went for one in table.kinds)
    assert table.letters.letters == 3


@pytest.mark.rule("complaints", 48)
@pytest.mark.rule("complaints", 49)
def test_asked_again_after_changes_it_gives_the_same(clerk):
    first, again = entered(clerk, date(2026, 8, 3)), entered(clerk, date(2026, 8, 10))
    link_duplicate(clerk, again, first, at=on(date(2026, 8, 11)))
    third = entered(clerk, date(2026, 8, 12), group(3))
    asked = processing(clerk.agency, QUARTER)
    assert (asked.letters.letters, asked.letters.cases, asked.letters.of_many) == (3, 2, 1)
    assert asked.letters.people == 5
    later = on(date(2026, 10, 1))
    land = ContentField.objects.filter(parent__isnull=False).first()
    correct_matter(
        clerk,
        third.matters.get(),
        {"kind": MatterKind.LAND_DISPUTE, "field": land},
        reason="Phân loại lại",
        at=later,
    )
    link_duplicate(clerk, third, first, at=later)
    ended(clerk, first, MatterState.GUIDED, later.date())
    entered(clerk, later.date())
    assert processing(clerk.agency, QUARTER) == asked
    now = processing(clerk.agency, Window.of_months(2026, 10, 3, cutoff=14))
    assert line(now, MatterKind.LAND_DISPUTE).carried == 1
    assert all(one.came == one.went for one in now.kinds)


@pytest.mark.rule("complaints", 46)
def test_settled_right_or_wrong_in_time_or_late():
    bench = make_bench()
    outcome = settled(bench)
    day = outcome.dated_on
    found = settlement(bench.agency, Window(day - timedelta(days=1), day))
    assert [(one.result, one.count, one.late) for one in found.results] == [(outcome.result, 1, 0)]
    assert settlement(bench.agency, Window(day - timedelta(days=9), day - timedelta(days=1))).results == ()
