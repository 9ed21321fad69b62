"""Rule 55: whoever reckons with everything that is published learns no small number."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.queries.statistics.disclosure import FEWEST, Column, published_column

AGENCIES, SECTORS = (1, 2, 3), (7, 8)
# As many as can be tried out one by one: at most four parts that are not zero, each up to four.
PARTS = st.dictionaries(
    st.tuples(st.sampled_from(AGENCIES), st.sampled_from(SECTORS)), st.integers(1, 4), min_size=1, max_size=4
)
MOST = 6


def told_by(parts: dict[tuple[int, int], int]) -> dict[str, int]:
    """Every number of every table, by its name."""
    numbers = {"whole": sum(parts.values())}
    for (agency, sector), value in parts.items():
        for name in (f"agency {agency}", f"sector {sector}"):
            numbers[name] = numbers.get(name, 0) + value
    return numbers


def shown(column: Column) -> dict[str, int | None]:
    return {
        "whole": column.whole,
        **{f"agency {key}": value for key, value in column.agencies.items()},
        **{f"sector {key}": value for key, value in column.sectors.items()},
    }


def possible(parts, published) -> dict[str, set[int]]:
    """By brute force: what each number can be, for who knows the others and which parts are not zero."""
    found: dict[str, set[int]] = {name: set() for name in published}
    for values in product(range(1, MOST + 1), repeat=len(parts)):
        numbers = told_by(dict(zip(parts, values, strict=True)))
        if all(value is None or numbers[name] == value for name, value in published.items()):
            for name, value in numbers.items():
                found[name].add(value)
    return found


@pytest.mark.rule("onestop", 55)
@settings(max_examples=150, deadline=None)
@given(PARTS)
def test_no_blank_can_be_worked_out_from_what_is_published(parts):
    published = shown(published_column(parts))
    true = told_by(parts)
    assert all(value in (None, true[name]) for name, value in published.items())
    assert [value for value in published.values() if value is not None and 0 < value < FEWEST] == []
    could_be = possible(parts, published)
    worked_out = {
        name: true[name] for name, value in published.items() if value is None and len(could_be[name]) < 2
    }
    assert worked_out == {}, published


@pytest.mark.rule("onestop", 55)
@given(st.lists(st.integers(0, 9), min_size=3, max_size=3))
def test_ways_of_filing_add_up_to_the_sum_and_still_hide_a_small_one(ways):
    column = published_column({(1, 7): sum(ways)}, ways)
    blank = [value for value, told in zip(ways, column.ways, strict=True) if told is None]
    assert all(told in (None, value) for value, told in zip(ways, column.ways, strict=True))
    assert [value for value in column.ways if value is not None and 0 < value < FEWEST] == []
    if blank and column.whole is not None:
        # Each blank is at least one: they must not be all ones, and not one alone.
        assert len(blank) > 1
        assert sum(blank) > len(blank)


def test_a_sector_that_one_agency_alone_deals_with_does_not_tell_its_number():
    column = published_column({(1, 7): 2, (2, 8): 40, (3, 8): 9, (2, 9): 5})
    assert column.agencies[1] is None
    assert column.sectors[7] is None
    assert column.whole == 56, "the sum of the province is the last that goes"


def test_three_ones_do_not_betray_each_other_by_their_sum():
    column = published_column({(1, 7): 1, (2, 7): 1, (3, 7): 1, (4, 7): 30})
    assert [column.agencies[key] for key in (1, 2, 3, 4)] == [None] * 4
    assert column.whole == 33


def test_what_hides_nobody_is_shown_as_it_is():
    column = published_column({(1, 7): 5, (2, 7): 7, (2, 8): 0}, [3, 9, 0])
    assert (column.whole, column.agencies, column.sectors, column.ways) == (
        12,
        {1: 5, 2: 7},
        {7: 12, 8: 0},
        [3, 9, 0],
    )
