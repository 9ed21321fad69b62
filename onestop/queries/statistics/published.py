"""Statistics as anybody may read them: what would point at a person is left out (rule 55)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from onestop.models import ClosedMonth, MonthFigure
from onestop.queries.statistics.count import total
from onestop.queries.statistics.figures import COLUMNS, Figures
from onestop.queries.statistics.report import agency_names

# A cell of one or two dossiers could be somebody's.
FEWEST = 3
PUBLISHED = ("received", "solved_early", "solved_on_time", "solved_late", "late_now", "refused", "withdrawn")
# None stands for "fewer than three", or for a cell that would give such a one away.
Cells = list[int | None]


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One agency's cells, in the order of ``PUBLISHED``."""

    label: str
    cells: Cells


@dataclass(frozen=True)
class PublishedMonth:
    """One closed month of the whole province."""

    first_day: date
    rows: list[PublishedRow]
    total: Cells
    as_of: date


def published_month(first_day: date) -> PublishedMonth | None:
    """The figures of a closed month by agency; None as long as it is not closed."""
    month = ClosedMonth.objects.filter(first_day=first_day).first()
    if month is None:
        return None
    sums: dict[int, Figures] = {}
    for row in MonthFigure.objects.filter(month=month).values("agency_id", *COLUMNS):
        agency = row.pop("agency_id")
        sums[agency] = sums.get(agency, Figures()) + Figures(**row)
    names = agency_names(sums)
    keys = [key for key in names if not sums[key].is_empty]
    table = [[int(getattr(sums[key], name)) for name in PUBLISHED] for key in keys]
    whole = total(sums.values())
    cells, sum_cells = masked(table, [int(getattr(whole, name)) for name in PUBLISHED])
    rows = [PublishedRow(names[key], row) for key, row in zip(keys, cells, strict=True)]
    return PublishedMonth(first_day, rows, sum_cells, timezone.localdate(month.closed_at))


def published_months() -> list[date]:
    """First days of the months that can be read, newest first."""
    return list(ClosedMonth.objects.values_list("first_day", flat=True))


def masked(table: Sequence[Sequence[int]], totals: Sequence[int]) -> tuple[list[Cells], Cells]:
    """The table without cells of one or two, and without what would give one of them away.

    A single hidden cell of a column is the sum less the others: then the smallest other one is hidden too,
    and where there is no other, the sum. Zero is no person and stays.
    """
    cells: list[Cells] = [[None if 0 < value < FEWEST else value for value in row] for row in table]
    sums: Cells = [None if 0 < value < FEWEST else value for value in totals]
    for column, whole in enumerate(sums):
        hidden = [place for place, row in enumerate(cells) if row[column] is None]
        if whole is None or not hidden:
            continue
        # What the hidden cells add up to can be read off: it must not itself be one or two of one agency.
        if len(hidden) > 1 and sum(table[place][column] for place in hidden) >= FEWEST:
            continue
        others = [place for place, row in enumerate(cells) if row[column]]
        if others:
            cells[min(others, key=lambda place: table[place][column])][column] = None
        else:
            sums[column] = None
    return cells, sums
