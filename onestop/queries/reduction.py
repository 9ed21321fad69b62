"""How much less time a procedure takes than the law allows: promised, and really used (rule 29).

All three are set side by side in working hours, eight to a working day (egov/workdays/limit.py).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Prefetch
from django.utils import timezone

from egov.workdays.calendar import Calendar
from egov.workdays.limit import HOURS_PER_WORKING_DAY, MINUTES_PER_HOUR, Limit
from egov.workdays.load_calendar import calendar_of
from onestop.enums import Channel
from onestop.models import Case, ChannelRule, ProcedureVersion

# So many of the latest dossiers of each version are measured: enough for a median, few enough for a page.
MEASURED = 500
YEARS_BACK = 3

# The working minutes since the first day turn "time used" into additions of four kinds of moment, so no
# dossier is looked at alone. ``days`` and ``windows`` are the province's calendar.
_SQL = """
WITH days AS (
    SELECT * FROM unnest(%(days)s::date[], %(before)s::int[]) AS d(day, before)
), windows AS (
    SELECT *
    FROM unnest(%(window_days)s::date[], %(opens)s::int[], %(closes)s::int[]) AS w(day, opens, closes)
), latest AS (
    SELECT v.procedure_id, d.*,
           row_number() OVER (PARTITION BY v.procedure_id ORDER BY d.finished_at DESC) AS place
    FROM onestop_procedureversion v
    CROSS JOIN LATERAL (
        SELECT id, channel, received_at, finished_at
        FROM onestop_dossier
        WHERE version_id = v.id AND received_at >= %(since)s AND finished_at IS NOT NULL
        ORDER BY finished_at DESC
        LIMIT %(most)s
    ) d
    WHERE v.procedure_id = ANY(%(procedures)s)
), moments AS (
    SELECT id, received_at AS at, -1 AS sign FROM latest WHERE place <= %(most)s
    UNION ALL
    SELECT id, finished_at, 1 FROM latest WHERE place <= %(most)s
    UNION ALL
    SELECT l.id, s.started_at, 1 FROM latest l JOIN onestop_stop s ON s.dossier_id = l.id
    UNION ALL
    SELECT l.id, coalesce(s.ended_at, l.finished_at), -1
    FROM latest l JOIN onestop_stop s ON s.dossier_id = l.id
), local AS (
    SELECT id, sign, t::date AS day, extract(hour FROM t)::int * 60 + extract(minute FROM t)::int AS minute
    FROM moments, LATERAL (SELECT at AT TIME ZONE %(zone)s AS t) z
), used AS (
    SELECT l.id, sum(l.sign * (d.before + coalesce(inside.minutes, 0))) AS minutes
    FROM local l
    JOIN days d ON d.day = l.day
    LEFT JOIN LATERAL (
        SELECT sum(greatest(least(l.minute, w.closes) - w.opens, 0)) AS minutes
        FROM windows w WHERE w.day = l.day
    ) inside ON true
    GROUP BY l.id
)
SELECT latest.procedure_id, coalesce(latest.channel, ''), count(*),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY used.minutes)
FROM latest JOIN used USING (id)
WHERE place <= %(most)s
GROUP BY GROUPING SETS ((latest.procedure_id), (latest.procedure_id, latest.channel))
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Half of so many dossiers took no longer than this, in working hours, stops left out."""

    dossiers: int
    hours: float


@dataclass(frozen=True, slots=True)
class Reduction:
    """One limit of a version: by law, as promised, as it really was; None where it is not known."""

    legal: Limit
    committed: Limit
    real: Measured | None

    @property
    def legal_days(self) -> float:
        """In working days."""
        return self.legal.working_hours / HOURS_PER_WORKING_DAY

    @property
    def committed_days(self) -> float:
        """In working days."""
        return self.committed.working_hours / HOURS_PER_WORKING_DAY

    @property
    def real_days(self) -> float | None:
        """In working days."""
        return None if self.real is None else self.real.hours / HOURS_PER_WORKING_DAY

    @property
    def committed_percent(self) -> int | None:
        """How much the promise undercuts the law, in whole per cent, rounded down."""
        share = self.committed.reduction_from(self.legal)
        return None if share is None else int(share * 100)

    @property
    def real_percent(self) -> int | None:
        """How much the time really used undercuts the law; negative when it took longer."""
        if self.real is None or not self.legal.working_hours:
            return None
        return int((1 - self.real.hours / self.legal.working_hours) * 100)


def reduction_of(rule: ChannelRule, real: Measured | None) -> Reduction | None:
    """The three times of one channel rule; None where the law sets no limit."""
    legal, committed = rule.legal_limit, rule.limit
    return Reduction(legal, committed, real) if legal and committed else None


def leading_rule(version: ProcedureVersion) -> ChannelRule | None:
    """The rule that stands for a version in a list: at the counter if it has one, of the first case."""
    rules = [rule for case in version.cases.all()[:1] for rule in case.channel_rules.all()]
    rules.sort(key=lambda rule: (rule.channel != Channel.COUNTER, rule.pk))
    return next((rule for rule in rules if rule.legal_limit), None)


def with_limits() -> "Prefetch[Any]":
    """What a list of versions needs for their three times."""
    return Prefetch("cases", Case.objects.prefetch_related("channel_rules"))


def reductions(versions: Iterable[ProcedureVersion], at: datetime) -> dict[int, Reduction]:
    """The three times of each version by its leading rule, for a list; lines are prefetched."""
    shown = list(versions)
    measured = measured_times({version.procedure_id for version in shown}, at)
    found: dict[int, Reduction] = {}
    for version in shown:
        rule = leading_rule(version)
        reduction = reduction_of(rule, measured.get((version.procedure_id, ""))) if rule else None
        if reduction:
            found[version.pk] = reduction
    return found


def measured_times(procedures: Collection[int], at: datetime) -> dict[tuple[int, str], Measured]:
    """Median working time of the latest finished dossiers, by procedure (channel "") and by channel.

    One statement however many dossiers there are. Counted in the hours of the province; an agency with
    hours of its own is measured by the same rule.
    """
    if not procedures:
        return {}
    last = timezone.localdate(at)
    first = date(last.year - YEARS_BACK, 1, 1)
    values: dict[str, Any] = {
        **_calendar_columns(calendar_of(None, first), first, last),
        "since": datetime.combine(first, datetime.min.time(), timezone.get_default_timezone()),
        "zone": settings.TIME_ZONE,
        "most": MEASURED,
        "procedures": list(procedures),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, values)
        return {
            (procedure, channel): Measured(dossiers, float(minutes) / MINUTES_PER_HOUR)
            for procedure, channel, dossiers, minutes in cursor.fetchall()
        }


def _calendar_columns(calendar: Calendar, first: date, last: date) -> dict[str, list[Any]]:
    """The calendar as columns: each day with the minutes worked before it, and its stretches of work."""
    columns: dict[str, list[Any]] = {
        name: [] for name in ("days", "before", "window_days", "opens", "closes")
    }
    total = 0
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        columns["days"].append(day)
        columns["before"].append(total)
        for window in calendar.windows(day):
            columns["window_days"].append(day)
            columns["opens"].append(window.opens)
            columns["closes"].append(window.closes)
            total += len(window)
    return columns
