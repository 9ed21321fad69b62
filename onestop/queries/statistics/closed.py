"""Whether closed months still give the numbers with which they were closed (rule 27)."""

from collections.abc import Iterator

from onestop.models import ClosedMonth, MonthFigure
from onestop.queries.statistics.count import counted
from onestop.queries.statistics.figures import COLUMNS, Figures
from onestop.queries.statistics.period import Period


def changed_figures(month: ClosedMonth) -> Iterator[str]:
    """In words, each line of a closed month that would come out otherwise today; nothing when all stand."""
    now = counted(Period.month(month.first_day, month.closed_at))
    kept = {
        (row["agency_id"], row["procedure_id"]): Figures(**{name: row[name] for name in COLUMNS})
        for row in MonthFigure.objects.filter(month=month).values("agency_id", "procedure_id", *COLUMNS)
    }
    for key in sorted(now.keys() | kept.keys()):
        before, today = kept.get(key, Figures()), now.get(key, Figures())
        for name in COLUMNS:
            if getattr(before, name) != getattr(today, name):
                yield (
                    f"{month}: agency {key[0]}, procedure {key[1]}, {name}: "
                    f"closed with {getattr(before, name)}, now {getattr(today, name)}"
                )
