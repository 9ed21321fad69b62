"""The published late list: how many results of each agency came late in a month, and how often it said sorry.

Agencies only. No dossier is listed: its code names day and counter, so neighbours could tell whose it is.
The numbers are those of the published month, blanks included (55). Closed months never change (27).
"""

from dataclasses import dataclass
from datetime import date

from onestop.queries.statistics.published import PublishedRow, published_month


@dataclass(frozen=True, slots=True)
class LateRow:
    """One agency; None stands for one or two, or for what would give such a cell away."""

    code: str
    agency: str
    solved: int | None
    late: int | None
    apologised: int | None
    late_now: int | None


@dataclass(frozen=True)
class LateMonth:
    """A closed month: agencies with anything late, and the whole province."""

    first_day: date
    rows: tuple[LateRow, ...]
    total: LateRow
    # How many agencies kept every appointment.
    punctual: int
    as_of: date


def late_month(first_day: date) -> LateMonth | None:
    """The late list of a month; None as long as it is not closed."""
    month = published_month(first_day)
    if month is None:
        return None
    # A blank is never zero.
    rows = [_late(row) for row in month.agencies if row.solved_late != 0 or row.late_now != 0]
    return LateMonth(
        first_day=first_day,
        rows=tuple(sorted(rows, key=_most_late)),
        total=_late(month.total),
        punctual=len(month.agencies) - len(rows),
        as_of=month.as_of,
    )


def _late(row: PublishedRow) -> LateRow:
    return LateRow(row.code, row.label, row.solved, row.solved_late, row.apologised, row.late_now)


def _most_late(row: LateRow) -> tuple[int, str]:
    """The most late first; hidden cells, which are small, last."""
    return -(row.late or 0), row.agency
