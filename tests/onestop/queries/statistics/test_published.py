"""Rules 55 and 57: what is published points at nobody."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.actions.close_month import close_months
from onestop.queries.statistics.published import FEWEST, masked, published_month, published_months
from tests.factories.histories import World, written

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TABLES = st.integers(1, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=8
    )
)


@pytest.mark.rule("onestop", 55)
@given(TABLES)
def test_no_cell_of_one_or_two_is_shown_or_can_be_worked_out(table: list[list[int]]):
    totals = [sum(column) for column in zip(*table, strict=True)]
    cells, sums = masked(table, totals)
    for place, whole in enumerate(sums):
        column = [row[place] for row in cells]
        assert not [value for value in [*column, whole] if value is not None and 0 < value < FEWEST]
        hidden = [row[place] for row, shown in zip(table, column, strict=True) if shown is None]
        if hidden and whole is not None:
            # Whoever takes the others from the sum learns only what several agencies did together.
            assert len(hidden) > 1
            assert sum(hidden) >= FEWEST
    assert all(
        shown in (None, value)
        for row, told in zip(table, cells, strict=True)
        for value, shown in zip(row, told, strict=True)
    )


def test_what_hides_nobody_is_shown_as_it_is():
    assert masked([[5, 0], [7, 3]], [12, 3]) == ([[5, 0], [7, 3]], [12, 3])


@pytest.mark.django_db
def test_only_closed_months_are_published():
    world = World.made()
    written(world.histories(40, 13), until=datetime(2025, 3, 1, tzinfo=ZONE))
    assert published_month(date(2025, 1, 1)) is None
    close_months(datetime(2025, 3, 2, tzinfo=ZONE))
    assert published_months() == [date(2025, 2, 1), date(2025, 1, 1)]
    month = published_month(date(2025, 1, 1))
    assert {row.label for row in month.rows} <= {agency.name for agency in world.agencies}
    assert all(value is None or value == 0 or value >= FEWEST for row in month.rows for value in row.cells)
