"""How much less time a procedure takes than the law allows: promised, and really used (rule 29).

All three are set side by side in working hours, eight to a working day (egov/workdays/limit.py).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Prefetch
from django.utils import timezone

from egov.workdays.limit import HOURS_PER_WORKING_DAY, MINUTES_PER_HOUR, Limit
from egov.workdays.load_calendar import calendar_of
from onestop.enums import Channel
from onestop.models import Case, ChannelRule, ProcedureVersion
from onestop.queries.working_time import SPENT, calendar_values

# So many of the latest dossiers of each version are measured: enough for a median, few enough for a page.
MEASURED = 500
YEARS_BACK = 3

_SQL = f"""
WITH latest AS (
    SELECT v.procedure_id, d.*,
           row_number() OVER (PARTITION BY v.procedure_id ORDER BY d.finished_at DESC) AS place
    FROM onestop_procedureversion v
    CROSS JOIN LATERAL (
        SELECT id, receiving_agency_id, channel, received_at, finished_at
        FROM onestop_dossier
        WHERE version_id = v.id AND received_at >= %(since)s AND finished_at IS NOT NULL
        ORDER BY finished_at DESC
        LIMIT %(most)s
    ) d
    WHERE v.procedure_id = ANY(%(procedures)s)
), taken AS (
    SELECT id AS dossier_id, receiving_agency_id AS agency_id,
           received_at AS began_at, finished_at AS ended_at
    FROM latest WHERE place <= %(most)s
), {SPENT}
SELECT latest.procedure_id, coalesce(latest.channel, ''), count(*),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY spent.minutes)
FROM latest JOIN spent ON spent.dossier_id = latest.id
GROUP BY GROUPING SETS ((latest.procedure_id), (latest.procedure_id, latest.channel))
"""  # noqa: S608  (put together from constants)


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
        **calendar_values(calendar_of(None, first), first, last),
        "most": MEASURED,
        "procedures": list(procedures),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, values)
        return {
            (procedure, channel): Measured(dossiers, float(minutes) / MINUTES_PER_HOUR)
            for procedure, channel, dossiers, minutes in cursor.fetchall()
        }
