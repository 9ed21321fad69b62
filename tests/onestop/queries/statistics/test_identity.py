"""Rules 24, 25, 27: the report on thousands of random lives, against counting by hand."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pgtrigger
import pytest
from django.db import DatabaseError, transaction

from egov.workflow.performer import SYSTEM
from onestop.actions.times import note_times
from onestop.enums import ClockEventKind, DossierState, Timeliness
from onestop.models import Dossier, DossierChange, Spell
from onestop.queries.statistics.count import counted, in_and_out, open_at, total
from onestop.queries.statistics.figures import COLUMNS, Figures
from onestop.queries.statistics.period import Period, months_until
from onestop.queries.statistics.replay import differences
from tests.factories.histories import World, write_events, written
from tests.onestop.queries.statistics.naive import by_hand

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LONG_AFTER = datetime(2026, 9, 1, tzinfo=ZONE)
MONTHS = [Period.month(day, LONG_AFTER) for day in months_until(date(2025, 9, 1), 9)]
LIVES = 1500

pytestmark = pytest.mark.django_db


def as_counters(found: dict[tuple[int, int], Figures]) -> dict[tuple[int, int], Counter]:
    return {key: Counter({name: getattr(row, name) for name in COLUMNS}) for key, row in found.items()}


@pytest.fixture
def world(db: None) -> World:
    return World.made()


@pytest.mark.rule("onestop", 25)
@pytest.mark.rule("onestop", 24)
@pytest.mark.parametrize("seed", [1, 766])
def test_the_report_is_what_counting_by_hand_gives_for_every_unit_procedure_and_month(
    world: World, seed: int
):
    histories = world.histories(LIVES, seed)
    written(histories)
    seen: Counter = Counter()
    for month in MONTHS:
        found = counted(month)
        hand = by_hand(histories, month.starts_at, month.ends_at)
        assert {key: +row for key, row in as_counters(found).items()} == {
            key: +row for key, row in hand.items()
        }
        for key, row in found.items():
            assert row.taken_in == row.accounted_for, (month.first, key)
            seen.update(as_counters({key: row})[key])
        assert open_at(month) == total(found.values()).carried - total(found.values()).reopened
    # The lives are varied enough that every column was tried.
    assert {name for name in COLUMNS if not seen[name]} == set()


@pytest.mark.rule("onestop", 25)
def test_what_one_month_leaves_open_the_next_one_carries_over_unit_by_unit(world: World):
    written(world.histories(600, 3))
    for month, following in pairwise(MONTHS):
        # April begins with a merger: the successor carries over what the predecessor left.
        if following.first == date(2025, 4, 1):
            continue
        left = {key: row.running + row.paused for key, row in counted(month).items()}
        carried = {key: row.carried - row.reopened for key, row in counted(following).items()}
        assert {key: n for key, n in left.items() if n} == {key: n for key, n in carried.items() if n}


def test_what_came_in_and_went_out_of_many_months_is_that_of_each(world: World, django_assert_num_queries):
    written(world.histories(LIVES, 7))
    agencies = {key[0] for month in MONTHS for key in counted(month)}
    with django_assert_num_queries(1):
        found = in_and_out(MONTHS, agencies=agencies)
    for month in MONTHS:
        whole = total(counted(month).values())
        for name in COLUMNS:
            if name.startswith(("received_", "solved_")):
                assert getattr(found[month.first], name) == getattr(whole, name), (month.first, name)


@pytest.mark.rule("onestop", 25)
def test_sectors_units_and_filters_are_sums_of_the_same_figures(world: World):
    written(world.histories(400, 4))
    month = MONTHS[2]
    whole = counted(month)
    assert total(whole.values()).taken_in == total(whole.values()).accounted_for > 0
    for agency in world.agencies:
        own = {key: row for key, row in whole.items() if key[0] == agency.pk}
        assert counted(month, agencies=[agency.pk]) == own
    for version in world.versions:
        procedure = version.procedure
        in_sector = {v.procedure_id for v in world.versions if v.procedure.sector_id == procedure.sector_id}
        assert counted(month, sector=procedure.sector_id) == {
            k: r for k, r in whole.items() if k[1] in in_sector
        }
        assert counted(month, procedures=[procedure.pk]) == {
            key: row for key, row in whole.items() if key[1] == procedure.pk
        }


@pytest.mark.rule("onestop", 27)
def test_a_past_month_gives_the_same_numbers_whatever_happened_since(world: World):
    histories = world.histories(500, 5)
    until = datetime(2025, 4, 20, 9, 30, tzinfo=ZONE)
    dossiers = written(histories, until=until)
    past = [Period.month(day, until) for day in months_until(date(2025, 4, 1), 4)]
    before = [counted(month) for month in past]
    write_events(list(zip(dossiers, histories, strict=True)), since=until)
    # Even the unfinished month, when asked for until the same moment.
    assert [counted(month) for month in past] == before
    assert total(counted(MONTHS[5]).values()).taken_in > 0


@pytest.mark.rule("onestop", 27)
def test_the_database_derives_what_the_events_say(world: World):
    written(world.histories(700, 6))
    assert list(differences(Dossier.objects.all())) == []
    spell = Spell.objects.filter(timeliness=Timeliness.ON_TIME).first()
    with pytest.raises(DatabaseError), transaction.atomic():
        Spell.objects.filter(pk=spell.pk).update(timeliness=Timeliness.LATE)
    with pgtrigger.ignore("onestop.Spell:by_events_only"):
        Spell.objects.filter(pk=spell.pk).update(timeliness=Timeliness.EARLY)
    (found,) = differences(Dossier.objects.all())
    assert "timeliness: early, events say on_time" in found


def test_an_event_dated_back_changes_no_past(world: World):
    """It counts from when the last event before it had counted."""
    (dossier,) = written(world.histories(1, 7), until=datetime(2026, 1, 1, tzinfo=ZONE))
    last = Spell.objects.get(dossier=dossier, until=None)
    DossierChange.objects.create(
        dossier=dossier, after=DossierState.STOPPED, at=last.since - timedelta(days=9)
    )
    assert Spell.objects.get(dossier=dossier, until=None).since == last.since


def test_times_noted_by_the_real_function_reach_the_spells(world: World):
    (dossier,) = written(world.histories(1, 8), until=datetime(2020, 1, 1, tzinfo=ZONE))
    at = datetime(2025, 9, 15, 8, 0, tzinfo=ZONE)
    note_times(
        dossier, ClockEventKind.RECEIVED, by=SYSTEM, at=at, received_at=at, due_at=at + timedelta(days=1)
    )
    spell = Spell.objects.get(dossier=dossier)
    assert (spell.since, spell.received_at, spell.promised_at) == (at, at, at + timedelta(days=1))
