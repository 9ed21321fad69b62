"""Who held dossiers too long: a leg's lateness is its agency's, a vain hand-over its sender's (rule 28)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from egov.workdays.calendar import Calendar
from egov.workdays.limit import MINUTES_PER_HOUR, LimitUnit
from egov.workdays.load_calendar import calendars_by_key
from onestop.enums import HandoverAnswer, LegState
from onestop.models import HandoverLine
from onestop.queries.statistics.figures import share
from onestop.queries.statistics.period import Period
from onestop.queries.statistics.scope import Scope

# Legs done in the period, and those sent or begun before its end and not done by then. Only the late ones are
# told one by one: their working time is counted by the calendar of their agency.
_SQL = """
WITH had AS (
    SELECT l.agency_id, l.unit, l.due_at, c.at, true AS is_done
    FROM onestop_legchange c
    JOIN onestop_leg l ON l.id = c.leg_id
    WHERE l.agency_id = ANY(%(scope)s) AND c.after = %(done)s
        AND c.at >= %(starts_at)s AND c.at < %(ends_at)s
    UNION ALL
    SELECT agency_id, unit, due_at, %(ends_at)s, false
    FROM onestop_leg
    WHERE agency_id = ANY(%(scope)s) AND sent_at < %(ends_at)s AND ended_at IS NULL AND state = ANY(%(open)s)
    UNION ALL
    SELECT agency_id, unit, due_at, %(ends_at)s, false
    FROM onestop_leg
    WHERE %(is_past)s AND agency_id = ANY(%(scope)s) AND sent_at < %(ends_at)s AND ended_at >= %(ends_at)s
), judged AS (
    -- By the day, as the whole dossier is; a limit in hours by the minute.
    SELECT agency_id, is_done, due_at, at,
           CASE WHEN unit = %(hours)s THEN at > due_at
                ELSE (at AT TIME ZONE %(zone)s)::date > (due_at AT TIME ZONE %(zone)s)::date END AS is_late
    FROM had
)
SELECT agency_id, is_done, count(*),
       array_agg(due_at ORDER BY due_at, at) FILTER (WHERE is_late),
       array_agg(at ORDER BY due_at, at) FILTER (WHERE is_late)
FROM judged
GROUP BY agency_id, is_done
"""


@dataclass(slots=True)
class Holding:
    """What one agency had in hand in a period; hours are working hours of that agency."""

    done: int = 0
    done_late: int = 0
    open: int = 0
    open_late: int = 0
    # Beyond the leg's own limit: of legs done in the period, and of open ones until its end.
    late_minutes: int = 0
    # Sent by this agency, and sent back to it.
    vain: int = 0
    vain_minutes: int = 0

    @property
    def late_share(self) -> float | None:
        return share(self.done_late, self.done)

    @property
    def late_hours(self) -> float:
        return self.late_minutes / MINUTES_PER_HOUR

    @property
    def vain_hours(self) -> float:
        return self.vain_minutes / MINUTES_PER_HOUR


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """One agency of the report."""

    key: int
    label: str
    holding: Holding


def holders(scope: Scope, period: Period) -> list[HoldingRow]:
    """Agencies of the scope that had a leg or sent one in vain, those with most lost hours first."""
    found: dict[int, Holding] = defaultdict(Holding)
    calendars = calendars_by_key(scope.keys, period.first)
    for agency, is_done, count, late in _had(scope, period):
        _note(found[agency], count, len(late), is_done=is_done)
        found[agency].late_minutes += sum(_minutes(calendars[agency], due_at, at) for due_at, at in late)
    for agency, sent_at, answered_at in _vain(scope, period):
        found[agency].vain += 1
        assert answered_at is not None  # noqa: S101  (asked for by its time)
        found[agency].vain_minutes += _minutes(calendars[agency], sent_at, answered_at)
    rows = [HoldingRow(key, scope.names[key], holding) for key, holding in found.items()]
    return sorted(rows, key=lambda row: (-row.holding.late_minutes - row.holding.vain_minutes, row.label))


def _note(holding: Holding, count: int, late: int, *, is_done: bool) -> None:
    if is_done:
        holding.done += count
        holding.done_late += late
    else:
        holding.open += count
        holding.open_late += late


def _minutes(calendar: Calendar, start: datetime, end: datetime) -> int:
    return max(0, calendar.minutes_between(start, end))


def _had(scope: Scope, period: Period) -> Iterable[tuple[int, bool, int, list[tuple[datetime, datetime]]]]:
    """By agency, done or not: how many legs; of the late ones, when they were due and until when held."""
    values: dict[str, Any] = {
        "scope": list(scope.keys),
        "starts_at": period.starts_at,
        "ends_at": period.ends_at,
        # Nothing has ended later than now: there is nothing to look for then.
        "is_past": period.ends_at < period.asked_at,
        "done": LegState.DONE,
        "open": [LegState.SENT, LegState.RUNNING],
        "hours": LimitUnit.HOURS,
        "zone": settings.TIME_ZONE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, values)
        for agency, is_done, count, due, held_until in cursor.fetchall():
            yield agency, is_done, count, list(zip(due or (), held_until or (), strict=True))


def _vain(scope: Scope, period: Period) -> Iterable[tuple[int, datetime, datetime | None]]:
    rows = HandoverLine.objects.filter(
        handover__sender_agency__in=scope.keys,
        answer=HandoverAnswer.GIVEN_BACK,
        answered_at__gte=period.starts_at,
        answered_at__lt=period.ends_at,
    )
    return (
        rows.order_by()
        .values_list("handover__sender_agency_id", "handover__sent_at", "answered_at")
        .iterator()
    )
