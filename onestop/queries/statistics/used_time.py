"""Legal, committed and real time of what was solved in a period, all in working hours (rule 29)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from egov.workdays.limit import MINUTES_PER_HOUR, Limit, LimitUnit
from egov.workdays.load_calendar import calendars_of_all
from onestop.enums import DossierState
from onestop.models.spell import INSTANT
from onestop.queries.statistics.period import Period
from onestop.queries.statistics.report import procedure_names
from onestop.queries.statistics.scope import Scope
from onestop.queries.working_time import SPENT, calendar_values

# What was received longer before the period is not measured: the calendar reaches back so far.
YEARS_BACK = 5

_SQL = f"""
WITH solved AS (
    SELECT s.dossier_id, s.procedure_id, s.received_at, s.finished_at, d.receiving_agency_id,
           r.legal_amount, r.legal_unit, r.committed_amount, r.committed_unit
    FROM onestop_spell s
    JOIN onestop_dossier d ON d.id = s.dossier_id
    JOIN onestop_channelrule r ON r.id = d.channel_rule_id
    WHERE s.during @> %(moment)s::timestamptz AND s.agency_id = ANY(%(scope)s) AND s.state = ANY(%(solved)s)
        AND s.closed_at >= %(starts_at)s AND s.closed_at < %(ends_at)s
        AND s.received_at >= %(since)s AND s.finished_at IS NOT NULL
        -- No limit, no reduction.
        AND s.late_from IS NOT NULL AND r.legal_amount IS NOT NULL AND r.legal_unit <> ''
), taken AS (
    SELECT dossier_id, receiving_agency_id AS agency_id, received_at AS began_at, finished_at AS ended_at
    FROM solved
), {SPENT}
SELECT procedure_id, legal_amount, legal_unit, committed_amount, committed_unit,
       count(*), sum(minutes), percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes)
FROM solved JOIN spent USING (dossier_id)
GROUP BY GROUPING SETS (
    (procedure_id), (procedure_id, legal_amount, legal_unit, committed_amount, committed_unit)
)
"""  # noqa: S608  (put together from constants)


@dataclass(slots=True)
class UsedTime:
    """Of dossiers that had a limit, on average: what the law allows, what was promised, what they took.

    All in working hours.
    """

    dossiers: int = 0
    legal_hours: float = 0
    committed_hours: float = 0
    real_hours: float = 0
    # Half of them took no longer.
    median_hours: float = 0

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


@dataclass(frozen=True, slots=True)
class _Tally:
    """Dossiers of a procedure with the same limits, or (``legal`` is None) all of it."""

    procedure: int
    legal: float | None
    committed: float
    count: int
    minutes: float
    median: float


def used_time(scope: Scope, period: Period) -> list[UsedRow]:
    """By procedure, in one statement; stops are left out, each agency's own working hours count."""
    found: dict[int, UsedTime] = defaultdict(UsedTime)
    parts = []
    for tally in _tallied(scope, period):
        if tally.legal is not None:
            parts.append(tally)
            continue
        used = found[tally.procedure]
        used.dossiers = tally.count
        used.real_hours = tally.minutes / tally.count / MINUTES_PER_HOUR
        used.median_hours = tally.median / MINUTES_PER_HOUR
    for tally in parts:
        used = found[tally.procedure]
        used.legal_hours += (tally.legal or 0) * tally.count / used.dossiers
        used.committed_hours += tally.committed * tally.count / used.dossiers
    names = procedure_names(found)
    return [UsedRow(key, names[key], found[key]) for key in names]


def _tallied(scope: Scope, period: Period) -> Iterator[_Tally]:
    last = period.last_counted_day
    first = date(period.first.year - YEARS_BACK, 1, 1)
    usual, by_agency = calendars_of_all(first)
    values: dict[str, Any] = {
        **calendar_values(usual, first, last, by_agency=by_agency),
        "moment": period.ends_at - INSTANT,
        "starts_at": period.starts_at,
        "ends_at": period.ends_at,
        "scope": list(scope.keys),
        "solved": [DossierState.DONE, DossierState.RETURNED],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, values)
        for procedure, amount, unit, committed, committed_unit, count, minutes, median in cursor.fetchall():
            legal = _hours(amount, unit)
            promised = _hours(committed, committed_unit) or legal or 0
            yield _Tally(procedure, legal, promised, count, float(minutes), float(median))


def _hours(amount: int | None, unit: str | None) -> float | None:
    return None if amount is None or not unit else Limit(amount, LimitUnit(unit)).working_hours
