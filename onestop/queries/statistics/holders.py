"""Who held dossiers too long: a leg's lateness is its agency's, a vain hand-over its sender's (rule 28)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Q, Value
from django.utils import timezone

from egov.workdays.calendar import Calendar
from egov.workdays.limit import MINUTES_PER_HOUR, LimitUnit
from egov.workdays.load_calendar import calendars_by_key
from onestop.enums import HandoverAnswer, LegState
from onestop.models import HandoverLine, Leg, LegChange
from onestop.queries.statistics.figures import share
from onestop.queries.statistics.period import Period
from onestop.queries.statistics.scope import Scope


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
    for agency, unit, due_at, at, is_done in _had(scope, period):
        _note(found[agency], calendars[agency], unit, due_at, at, is_done=is_done)
    for agency, sent_at, answered_at in _vain(scope, period):
        found[agency].vain += 1
        assert answered_at is not None  # noqa: S101  (asked for by its time)
        found[agency].vain_minutes += _minutes(calendars[agency], sent_at, answered_at)
    rows = [HoldingRow(key, scope.names[key], holding) for key, holding in found.items()]
    return sorted(rows, key=lambda row: (-row.holding.late_minutes - row.holding.vain_minutes, row.label))


def _note(
    holding: Holding, calendar: Calendar, unit: str, due_at: datetime | None, at: datetime, *, is_done: bool
) -> None:
    is_late = due_at is not None and _is_late(unit, due_at, at)
    if is_done:
        holding.done += 1
        holding.done_late += is_late
    else:
        holding.open += 1
        holding.open_late += is_late
    if is_late and due_at is not None:
        holding.late_minutes += _minutes(calendar, due_at, at)


def _is_late(unit: str, due_at: datetime, at: datetime) -> bool:
    """By the day, as the whole dossier is; a limit in hours by the minute."""
    if unit == LimitUnit.HOURS:
        return at > due_at
    return timezone.localdate(at) > timezone.localdate(due_at)


def _minutes(calendar: Calendar, start: datetime, end: datetime) -> int:
    return max(0, calendar.minutes_between(start, end))


def _had(scope: Scope, period: Period) -> Iterable[tuple[int, str, datetime | None, datetime, bool]]:
    """Legs done in the period, and those sent or begun before its end and not done by then."""
    done = LegChange.objects.filter(
        leg__agency__in=scope.keys, after=LegState.DONE, at__gte=period.starts_at, at__lt=period.ends_at
    )
    still = Leg.objects.filter(
        Q(ended_at__isnull=True, state__in=[LegState.SENT, LegState.RUNNING])
        | Q(ended_at__gte=period.ends_at),
        agency__in=scope.keys,
        sent_at__lt=period.ends_at,
    )
    then: Any = Value(period.ends_at, output_field=DateTimeField())
    return (
        done.order_by()
        .values_list("leg__agency_id", "leg__unit", "leg__due_at", "at", Value(True))
        .union(
            still.order_by().values_list("agency_id", "unit", "due_at", then, Value(False)),
            all=True,
        )
        .iterator()
    )


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
