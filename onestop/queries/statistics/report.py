"""The period report as rows: by agency, sector, procedure or month, with the sum below."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, Q, Sum
from django.utils.translation import gettext_lazy as _

from onestop.models import ClosedMonth, Procedure, ProcedureVersion
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
        months = list(_months(period))
        by_month = figures_of_months(months, scope.keys, sector=sector, procedure=procedure)
        rows = [
            Row(month.first.toordinal(), f"{month.first:%m/%Y}", total(by_month[month].values()))
            for month in months
        ]
    else:
        rows = _rows(found, group, scope)
    return Report(period, group, rows, total(found.values()))


def figures_of(
    period: Period, agencies: Iterable[int], *, sector: int | None = None, procedure: int | None = None
) -> dict[Key, Figures]:
    """By agency and procedure: a closed month as it was closed, anything else from the spells."""
    return figures_of_months([period], agencies, sector=sector, procedure=procedure)[period]


def figures_of_months(
    periods: Sequence[Period],
    agencies: Iterable[int],
    *,
    sector: int | None = None,
    procedure: int | None = None,
) -> dict[Period, dict[Key, Figures]]:
    """The same of several: the closed months in one statement however many, each of the others in one."""
    keys = list(agencies)
    over = {one.first: one for one in periods if one.is_one_month and one.is_over}
    found: dict[Period, dict[Key, Figures]] = {}
    for row in _kept(over, keys, sector, procedure) if over else ():
        by_key = found.setdefault(over[row["first_day"]], {})
        if row["ours__agency_id"] is not None:
            key = (row["ours__agency_id"], row["ours__procedure_id"])
            by_key[key] = Figures(**{name: row[f"ours__{name}"] for name in COLUMNS})
    for one in periods:
        if one not in found:
            found[one] = counted(
                one, agencies=keys, sector=sector, procedures=[procedure] if procedure else None
            )
    return found


def _kept(
    days: Collection[date], agencies: Collection[int], sector: int | None, procedure: int | None
) -> Iterable[dict[str, Any]]:
    """The rows of closed months; one without any has a row of nothing, which tells that it is closed."""
    wanted = Q(figures__agency__in=agencies)
    if sector is not None:
        wanted &= Q(figures__procedure__in=Procedure.objects.filter(sector=sector))
    if procedure is not None:
        wanted &= Q(figures__procedure=procedure)
    months: Any = ClosedMonth.objects.filter(first_day__in=days).order_by()
    joined = months.annotate(ours=FilteredRelation("figures", condition=wanted))
    columns = (f"ours__{name}" for name in COLUMNS)
    return joined.values("first_day", "ours__agency_id", "ours__procedure_id", *columns)  # type: ignore[no-any-return]


def trend(scope: Scope, last: Report, months: int = 12) -> list[tuple[date, Figures]]:
    """So many months up to that of ``last``, oldest first: what came in and what was solved.

    Closed ones in one statement, those that are not closed yet in another.
    """
    asked_at = last.period.asked_at
    days = list(months_until(last.period.first, months))
    ours = FilteredRelation("figures", condition=Q(figures__agency__in=scope.keys))
    sums = {name: Sum(f"ours__{name}", default=0) for name in COLUMNS}
    summed: Any = ClosedMonth.objects.filter(first_day__in=days).annotate(ours=ours).order_by()
    rows = summed.values("first_day").annotate(**sums)
    found = {row.pop("first_day"): Figures(**row) for row in rows}
    # Months are closed oldest first: one before them that is not was before there was any dossier.
    first = min(found, default=days[0])
    found[last.period.first] = last.total
    still_open = [Period.month(day, asked_at) for day in days if day >= first and day not in found]
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


def _rows(found: dict[Key, Figures], group: str, scope: Scope) -> list[Row]:
    sums: dict[int, Figures] = defaultdict(Figures)
    if group == "agency":
        names = scope.names
        for (agency, _procedure), figures in found.items():
            sums[agency] += figures
    elif group == "procedure":
        for (_agency, procedure), figures in found.items():
            sums[procedure] += figures
        names = procedure_names(sums)
    else:
        sectors = _sectors(procedure for _agency, procedure in found)
        for (_agency, procedure), figures in found.items():
            sums[sectors[procedure][0]] += figures
        names = dict(sectors.values())
    return [
        Row(key, name, sums[key]) for key, name in names.items() if key in sums and not sums[key].is_empty
    ]


def procedure_names(keys: Collection[int] | None = None) -> dict[int, str]:
    """Procedures by code, as their latest version calls them; of all when no keys are given."""
    rows = (
        ProcedureVersion.objects.all()
        if keys is None
        else ProcedureVersion.objects.filter(procedure__in=keys)
    )
    ordered = rows.order_by("procedure__national_code", "procedure_id", "number")
    named = ordered.values_list("procedure_id", "procedure__national_code", "name")
    return {key: f"{code} {name}" for key, code, name in named}


def _sectors(procedures: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Key and name of the sector of each procedure, by name."""
    rows = Procedure.objects.filter(pk__in=set(procedures)).order_by("sector__name")
    return {key: (sector, name) for key, sector, name in rows.values_list("pk", "sector_id", "sector__name")}
