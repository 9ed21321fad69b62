"""Legal, committed and real time of what was solved in a period, all in working hours (rule 29)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Any

from django.db.models import Q, QuerySet

from egov.organizations.models import Agency
from egov.workdays.limit import MINUTES_PER_HOUR, Limit, LimitUnit
from egov.workdays.load_calendar import calendars_of
from onestop.enums import DossierState
from onestop.models import Spell, Stop
from onestop.queries.statistics.period import Period
from onestop.queries.statistics.report import procedure_names
from onestop.queries.statistics.scope import Scope

# Stops of so many dossiers are fetched at a time.
BATCH = 2_000
RULE = "dossier__channel_rule__"


@dataclass(slots=True)
class UsedTime:
    """Of dossiers that had a limit: what each was allowed, promised, and took, in working hours."""

    legal: list[float] = field(default_factory=list)
    committed: list[float] = field(default_factory=list)
    real: list[float] = field(default_factory=list)

    @property
    def dossiers(self) -> int:
        return len(self.real)

    @property
    def legal_hours(self) -> float:
        return sum(self.legal) / len(self.legal)

    @property
    def committed_hours(self) -> float:
        return sum(self.committed) / len(self.committed)

    @property
    def real_hours(self) -> float:
        return sum(self.real) / len(self.real)

    @property
    def median_hours(self) -> float:
        """Half of them took no longer."""
        return median(self.real)

    @property
    def committed_cut(self) -> float | None:
        """By what share the promise undercuts the law; 0.5 is half the time."""
        return 1 - self.committed_hours / self.legal_hours if self.legal_hours else None

    @property
    def real_cut(self) -> float | None:
        """By what share the time really used undercuts the law; below 0 it was longer."""
        return 1 - self.real_hours / self.legal_hours if self.legal_hours else None


@dataclass(frozen=True, slots=True)
class UsedRow:
    """One procedure of the report."""

    key: int
    label: str
    used: UsedTime


def used_time(scope: Scope, period: Period) -> list[UsedRow]:
    """By procedure; stops are left out, each agency's own working hours count."""
    found: dict[int, UsedTime] = defaultdict(UsedTime)
    calendars = calendars_of(Agency.objects.all(), period.first)
    for batch in _batches(_solved(scope, period)):
        stops = _stops([row["dossier_id"] for row in batch])
        for row in batch:
            calendar = calendars[row["dossier__receiving_agency_id"]]
            minutes = calendar.minutes_between(row["received_at"], row["finished_at"])
            for started_at, ended_at in stops.get(row["dossier_id"], ()):
                minutes -= calendar.minutes_between(
                    max(started_at, row["received_at"]),
                    min(ended_at or row["finished_at"], row["finished_at"]),
                )
            used, legal = found[row["procedure_id"]], _hours(row, "legal")
            used.legal.append(legal)
            used.committed.append(_hours(row, "committed") or legal)
            used.real.append(max(0, minutes) / MINUTES_PER_HOUR)
    names = procedure_names(found)
    return [UsedRow(key, names[key], found[key]) for key in names]


def _solved(scope: Scope, period: Period) -> Iterable[dict[str, Any]]:
    rows = Spell.objects.just_before(period.ends_at).filter(
        ~Q(**{f"{RULE}legal_unit": ""}),
        agency__in=scope.keys,
        state__in=[DossierState.DONE, DossierState.RETURNED],
        closed_at__gte=period.starts_at,
        closed_at__lt=period.ends_at,
        received_at__isnull=False,
        finished_at__isnull=False,
        # No limit, no reduction.
        late_from__isnull=False,
        **{f"{RULE}legal_amount__isnull": False},
    )
    columns = ("legal_amount", "legal_unit", "committed_amount", "committed_unit")
    solved: QuerySet[Spell, dict[str, Any]] = rows.order_by().values(
        "dossier_id",
        "procedure_id",
        "dossier__receiving_agency_id",
        "received_at",
        "finished_at",
        *(RULE + column for column in columns),
    )
    return solved.iterator(chunk_size=BATCH)


def _hours(row: dict[str, Any], which: str) -> float:
    amount, unit = row[f"{RULE}{which}_amount"], row[f"{RULE}{which}_unit"]
    return 0 if amount is None or not unit else Limit(amount, LimitUnit(unit)).working_hours


def _stops(dossiers: list[int]) -> dict[int, list[tuple[datetime, datetime | None]]]:
    found: dict[int, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    rows = Stop.objects.filter(dossier__in=dossiers).order_by()
    for dossier, started_at, ended_at in rows.values_list("dossier_id", "started_at", "ended_at"):
        found[dossier].append((started_at, ended_at))
    return found


def _batches(rows: Iterable[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
