"""The period report as rows: by agency, sector, procedure or month, with the sum below."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from egov.organizations.models import Agency
from onestop.models import ClosedMonth, MonthFigure, Procedure, ProcedureVersion, Sector
from onestop.queries.statistics.count import Key, counted, in_and_out, total
from onestop.queries.statistics.figures import COLUMNS, Figures
from onestop.queries.statistics.period import Period, months_until
from onestop.queries.statistics.scope import Scope

GROUPS = {
    "agency": _("Cơ quan"),
    "sector": _("Lĩnh vực"),
    "procedure": _("Thủ tục"),
    "month": _("Tháng"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a report."""

    key: int
    label: str
    figures: Figures


@dataclass(frozen=True)
class Report:
    """What was asked for and what came out; a report by month has no sum, as months carry over."""

    period: Period
    group: str
    rows: list[Row]
    total: Figures

    @property
    def group_label(self) -> str:
        return str(GROUPS[self.group])

    @property
    def has_total(self) -> bool:
        return self.group != "month"


def report(
    scope: Scope,
    period: Period,
    *,
    group: str = "agency",
    sector: int | None = None,
    procedure: int | None = None,
) -> Report:
    """The report of a scope; inside ``reading.one_moment`` all its numbers agree."""
    found = figures_of(period, scope.keys, sector=sector, procedure=procedure)
    if group == "month":
        rows = [
            Row(month.first.toordinal(), f"{month.first:%m/%Y}", total(by_key.values()))
            for month, by_key in (
                (month, figures_of(month, scope.keys, sector=sector, procedure=procedure))
                for month in _months(period)
            )
        ]
    else:
        rows = _rows(found, group)
    return Report(period, group, rows, total(found.values()))


def figures_of(
    period: Period, agencies: Iterable[int], *, sector: int | None = None, procedure: int | None = None
) -> dict[Key, Figures]:
    """By agency and procedure: a closed month as it was closed, anything else from the spells."""
    keys = list(agencies)
    may_be_closed = period.is_one_month and period.is_over
    month = ClosedMonth.objects.filter(first_day=period.first).first() if may_be_closed else None
    if month is None:
        return counted(period, agencies=keys, sector=sector, procedures=[procedure] if procedure else None)
    kept = MonthFigure.objects.filter(month=month, agency__in=keys)
    if sector is not None:
        kept = kept.filter(procedure__sector=sector)
    if procedure is not None:
        kept = kept.filter(procedure=procedure)
    return {
        (row["agency_id"], row["procedure_id"]): Figures(**{name: row[name] for name in COLUMNS})
        for row in kept.values("agency_id", "procedure_id", *COLUMNS)
    }


def trend(scope: Scope, last: Report, months: int = 12) -> list[tuple[date, Figures]]:
    """So many months up to that of ``last``, oldest first: what came in and what was solved.

    Closed ones in one statement, those that are not closed yet in two.
    """
    asked_at = last.period.asked_at
    days = list(months_until(last.period.first, months))
    sums = {name: Sum(name) for name in COLUMNS}
    kept = MonthFigure.objects.filter(month__first_day__in=days, agency__in=scope.keys)
    closed = set(ClosedMonth.objects.filter(first_day__in=days).values_list("first_day", flat=True))
    summed: Any = kept.order_by().values("month__first_day").annotate(**sums)
    found = {row["month__first_day"]: Figures(**{name: row[name] for name in COLUMNS}) for row in summed}
    found[last.period.first] = last.total
    # Months are closed oldest first: one before them that is not was before there was any dossier.
    first = min(closed, default=days[0])
    still_open = [
        Period.month(day, asked_at) for day in days if day >= first and day not in closed and day not in found
    ]
    if still_open:
        found |= in_and_out(still_open, agencies=scope.keys)
    return [(day, found.get(day, Figures())) for day in days]


def _months(period: Period) -> Iterable[Period]:
    day = period.first.replace(day=1)
    count = (period.last.year - day.year) * 12 + period.last.month - day.month + 1
    for first in months_until(period.last, count):
        month = Period.month(first, period.asked_at)
        if month.starts_at < period.asked_at:
            # The first and the last month are counted as far as the period goes.
            yield Period(max(month.first, period.first), min(month.last, period.last), period.asked_at)


def _rows(found: dict[Key, Figures], group: str) -> list[Row]:
    sectors = (
        dict(Procedure.objects.filter(pk__in={key[1] for key in found}).values_list("pk", "sector_id"))
        if group == "sector"
        else {}
    )
    key_of: dict[str, Callable[[Key], int]] = {
        "agency": lambda key: key[0],
        "procedure": lambda key: key[1],
        "sector": lambda key: sectors[key[1]],
    }
    sums: dict[int, Figures] = defaultdict(Figures)
    for key, figures in found.items():
        sums[key_of[group](key)] += figures
    names = {"agency": agency_names, "procedure": procedure_names, "sector": _sector_names}[group](sums)
    return [Row(key, names[key], sums[key]) for key in names if not sums[key].is_empty]


def agency_names(keys: Iterable[int]) -> dict[int, str]:
    """Agencies from the province down, each level by name."""
    rows = Agency.objects.filter(pk__in=list(keys)).values_list("pk", "name", "level")
    order = {"province": 0, "district": 1, "commune": 2}
    return {pk: name for pk, name, level in sorted(rows, key=lambda row: (order.get(row[2], 3), row[1]))}


def procedure_names(keys: Iterable[int]) -> dict[int, str]:
    """Procedures by code, as their latest version calls them."""
    rows = (
        ProcedureVersion.objects.filter(procedure__in=list(keys))
        .order_by("procedure__national_code", "procedure_id", "number")
        .values_list("procedure_id", "procedure__national_code", "name")
    )
    return {key: f"{code} {name}" for key, code, name in rows}


def _sector_names(keys: Iterable[int]) -> dict[int, str]:
    return dict(Sector.objects.filter(pk__in=list(keys)).order_by("name").values_list("pk", "name"))
