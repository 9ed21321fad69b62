"""The published late list: how many results of each agency came late in a month, and how often it said sorry.

Agencies only. No dossier is listed: its code names day and counter, so neighbours could tell whose it is.
Cells of one or two are left out with what would give them away (55). Closed months never change (27).
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from onestop.models import ClosedMonth, MonthFigure
from onestop.queries.statistics.count import total
from onestop.queries.statistics.figures import COLUMNS, Figures
from onestop.queries.statistics.published import masked
from onestop.queries.statistics.report import agency_names

# Of all results with an appointment; after it; of those, with an apology in time; open and past it now.
LATE_COLUMNS = ("solved_promised", "solved_late", "apologised", "late_now")


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
    month = ClosedMonth.objects.filter(first_day=first_day).first()
    if month is None:
        return None
    sums: dict[int, Figures] = {}
    codes: dict[int, str] = {}
    for row in MonthFigure.objects.filter(month=month).values("agency_id", "agency__code", *COLUMNS):
        agency = row.pop("agency_id")
        codes[agency] = row.pop("agency__code")
        sums[agency] = sums.get(agency, Figures()) + Figures(**row)
    names = agency_names(sums)
    keys = [key for key in names if not sums[key].is_empty]
    table = [_counts(sums[key]) for key in keys]
    cells, whole = masked(table, _counts(total(sums.values())))
    rows = [
        LateRow(codes[key], names[key], *row)
        for key, row in zip(keys, cells, strict=True)
        if sums[key].solved_late or sums[key].late_now
    ]
    return LateMonth(
        first_day=first_day,
        rows=tuple(sorted(rows, key=_most_late)),
        total=LateRow("", "", *whole),
        punctual=len(keys) - len(rows),
        as_of=timezone.localdate(month.closed_at),
    )


def _counts(figures: Figures) -> list[int]:
    return [int(getattr(figures, name)) for name in LATE_COLUMNS]


def _most_late(row: LateRow) -> tuple[int, str]:
    """The most late first; hidden cells, which are small, last."""
    return -(row.late or 0), row.agency
