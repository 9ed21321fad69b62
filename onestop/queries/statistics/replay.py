"""A dossier's spells made again from its events, in Python: to compare with what the database wrote.

Says the same as models/spell_sql.py in another language, on purpose: each is the other's check.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from egov.workdays.limit import LimitUnit
from onestop import states
from onestop.enums import ClockEventKind, DossierState, Timeliness
from onestop.models import ClockEvent, Dossier, DossierChange, DossierTakeover, Spell

FINAL = frozenset({DossierState.REFUSED, DossierState.WITHDRAWN, DossierState.DONE, DossierState.RETURNED})
NOT_YET_TAKEN = frozenset({DossierState.FILED, DossierState.SUPPLEMENT})
SOLVED = frozenset({DossierState.DONE, DossierState.RETURNED})
Event = DossierChange | ClockEvent | DossierTakeover
# Statements stay small however many dossiers are compared.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Told:
    """What a spell says, without its ends."""

    agency_id: int
    state: str
    state_since: datetime
    taken_at: datetime | None = None
    received_at: datetime | None = None
    entered_at: datetime | None = None
    due_at: datetime | None = None
    grace: timedelta = timedelta()
    is_apologised: bool = False
    promised_at: datetime | None = None
    late_from: datetime | None = None
    finished_at: datetime | None = None
    closed_at: datetime | None = None
    reopened_at: datetime | None = None
    timeliness: str = ""
    is_late_by_law: bool | None = None


def differences(dossiers: QuerySet[Dossier]) -> Iterator[str]:
    """In words, each dossier whose spells are not what its events give; nothing when all agree."""
    keys = dossiers.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH)
    batch: list[int] = []
    for key in keys:
        batch.append(key)
        if len(batch) == BATCH:
            yield from _different(batch)
            batch = []
    yield from _different(batch)


def replayed(dossier: Dossier, events: Iterable[Event]) -> dict[datetime, Told]:
    """By the moment from which each holds: what the dossier's events tell, oldest first."""
    agency = dossier.deciding_agency_id
    told: Told | None = None
    spells: dict[datetime, Told] = {}
    in_order = sorted(events, key=attrgetter("at", "pk"))
    takeovers = [event for event in in_order if isinstance(event, DossierTakeover)]
    for takeover in reversed(takeovers):
        # Back from who decides it now to who decided it first.
        agency = takeover.predecessor_id if takeover.successor_id == agency else agency
    for event in in_order:
        before = told or Told(agency, _first_state(dossier, in_order), event.at)
        told = _after(before, event, dossier, is_first=told is None)
        spells[event.at] = told
    return spells


def _after(told: Told, event: Event, dossier: Dossier, *, is_first: bool) -> Told:
    was_closed = told.closed_at
    if isinstance(event, DossierChange):
        since = event.at if event.after != told.state or is_first else told.state_since
        told = replace(told, state=event.after, state_since=since)
    elif isinstance(event, DossierTakeover):
        if told.agency_id == event.predecessor_id:
            told = replace(told, agency_id=event.successor_id)
    else:
        if event.kind == ClockEventKind.APOLOGY:
            won = event.due_at - told.due_at if event.due_at and told.due_at else timedelta()
            told = replace(told, grace=told.grace + won, is_apologised=True)
        told = replace(
            told, received_at=event.received_at, due_at=event.due_at, finished_at=event.finished_at
        )
    is_final = told.state in FINAL
    if told.taken_at is None and told.state not in NOT_YET_TAKEN:
        told = replace(told, taken_at=event.at)
    told = replace(
        told,
        closed_at=(was_closed or event.at) if is_final else None,
        reopened_at=event.at if was_closed and not is_final else told.reopened_at,
        promised_at=told.due_at - told.grace if told.due_at else None,
    )
    told = replace(told, late_from=_late_from(told.promised_at, dossier))
    return replace(
        told,
        entered_at=_entered(told, event.at),
        timeliness=_timeliness(told),
        is_late_by_law=_late_by_law(told, dossier),
    )


def _entered(told: Told, at: datetime) -> datetime | None:
    if told.entered_at is not None and told.entered_at < at:
        return told.entered_at
    if told.taken_at is None:
        return None
    counted = max(told.taken_at, told.received_at or told.taken_at)
    return min(counted, told.closed_at or counted)


def _late_from(promised_at: datetime | None, dossier: Dossier) -> datetime | None:
    if promised_at is None:
        return None
    rule = dossier.channel_rule
    if rule is not None and (rule.committed_unit or rule.legal_unit) == LimitUnit.HOURS:
        return promised_at + timedelta(microseconds=1)
    day = timezone.localtime(promised_at).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=1)


def _timeliness(told: Told) -> str:
    if told.state in {DossierState.REFUSED, DossierState.WITHDRAWN}:
        return ""
    if told.late_from is None or told.promised_at is None:
        return Timeliness.UNPROMISED
    if told.state in SOLVED:
        result = told.finished_at or told.closed_at
        assert result is not None  # noqa: S101  (solved is closed)
        if result >= told.late_from:
            return Timeliness.LATE
        early = timezone.localdate(result) < timezone.localdate(told.promised_at)
        return Timeliness.EARLY if early else Timeliness.ON_TIME
    if told.state in states.PAUSED:
        return Timeliness.LATE if told.state_since >= told.late_from else Timeliness.IN_TIME
    return ""


def _late_by_law(told: Told, dossier: Dossier) -> bool | None:
    result = told.finished_at or told.closed_at
    if told.state not in SOLVED or result is None or told.promised_at is None:
        return None
    if dossier.legal_due_at is None or dossier.promised_at is None:
        return None
    by_law = told.promised_at + (dossier.legal_due_at - dossier.promised_at)
    return timezone.localdate(result) > timezone.localdate(by_law)


def _first_state(dossier: Dossier, events: list[Event]) -> str:
    """What it was before its first change: that change knows; without changes it is as it was made."""
    change = next((event for event in events if isinstance(event, DossierChange)), None)
    return (change.before or change.after) if change else dossier.state


def _different(keys: list[int]) -> Iterator[str]:
    dossiers = Dossier.objects.select_related("channel_rule").in_bulk(keys)
    events: dict[int, list[Event]] = {key: [] for key in keys}
    for model in (DossierChange, ClockEvent, DossierTakeover):
        for event in model._default_manager.filter(dossier__in=keys).order_by("pk"):
            events[event.dossier_id].append(event)
    stored: dict[int, dict[datetime, dict[str, Any]]] = {key: {} for key in keys}
    names = tuple(Told.__dataclass_fields__)
    for row in (
        Spell.objects.filter(dossier__in=keys)
        .order_by("dossier_id", "since")
        .values("dossier_id", "since", "until", *names)
    ):
        stored[row.pop("dossier_id")][row.pop("since")] = row
    for key, dossier in dossiers.items():
        made = {since: asdict(told) for since, told in replayed(dossier, events[key]).items()}
        ends = [*list(made)[1:], None]
        for told, end in zip(made.values(), ends, strict=True):
            told["until"] = end
        if made != stored[key]:
            yield _said(dossier, made, stored[key])


def _said(dossier: Dossier, made: dict[datetime, Any], stored: dict[datetime, Any]) -> str:
    for since in sorted(made.keys() | stored.keys()):
        one, other = made.get(since), stored.get(since)
        if one is None or other is None:
            return f"{dossier}: {since:%d/%m/%Y %H:%M:%S} {'events' if other is None else 'spells'} only"
        for name, value in one.items():
            if value != other[name]:
                return f"{dossier}: {since:%d/%m/%Y %H:%M:%S} {name}: {other[name]}, events say {value}"
    return str(dossier)
