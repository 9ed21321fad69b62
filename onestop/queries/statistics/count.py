"""The period report in figures by agency and procedure: one statement, however long the history is.

A dossier counts for the agency that had to decide it at the end of the period (or when it ended): a takeover
moves an open dossier with its past, so that what one month leaves the next one carries over.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from onestop import states
from onestop.enums import Channel, DossierState, Timeliness
from onestop.models import Spell
from onestop.models.spell import SpellQuerySet
from onestop.queries.statistics.figures import Figures
from onestop.queries.statistics.period import Period

# Agency and procedure: every other row of every report is a sum of these.
Key = tuple[int, int]
SOLVED = Q(state__in=[DossierState.DONE, DossierState.RETURNED])
RUNNING = Q(state__in=states.RUNNING)
PAUSED = Q(state__in=states.PAUSED)


def counted(
    period: Period,
    *,
    agencies: Iterable[int] | None = None,
    procedures: Iterable[int] | None = None,
    sector: int | None = None,
) -> dict[Key, Figures]:
    """Figures of every agency and procedure with any dossier in the period; None of a filter is all."""
    found: dict[Key, Figures] = defaultdict(Figures)
    kept = Q()
    if agencies is not None:
        kept &= Q(agency__in=list(agencies))
    if procedures is not None:
        kept &= Q(procedure__in=list(procedures))
    if sector is not None:
        kept &= Q(sector=sector)
    taken_in = _taken_in(period)
    halves = (
        (_open(period).filter(kept), {**taken_in, **_of_open(period)}),
        (_closed(period).filter(kept), {**taken_in, **_of_closed()}),
    )
    for row in _tallied(halves, by=("agency_id", "procedure_id")):
        key = (row.pop("agency_id"), row.pop("procedure_id"))
        found[key] += Figures(**row)
    return dict(found)


def in_and_out(months: Sequence[Period], *, agencies: Iterable[int]) -> dict[date, Figures]:
    """Received and solved of several months by their first day, each as it stood at its end: one statement.

    The other columns say how dossiers stood at the end; they are not counted here.
    """
    found: dict[date, Figures] = {month.first: Figures() for month in months}
    firsts = {month.ends_at: month.first for month in months}
    channels = {f"received_{one}": Count("pk", filter=Q(channel=one)) for one in Channel}
    solved = {name: count for name, count in _of_closed().items() if name.startswith("solved_")}
    halves = []
    for field, columns in (("entered_at", channels), ("closed_at", solved)):
        within = [
            When(**{f"{field}__gte": one.starts_at, f"{field}__lt": one.ends_at}, then=Value(one.ends_at))
            for one in months
        ]
        whole = {
            f"{field}__gte": min(one.starts_at for one in months),
            f"{field}__lt": max(one.ends_at for one in months),
        }
        rows: Any = (
            Spell.objects.filter(**whole, agency__in=list(agencies))
            .annotate(month_end=Case(*within, output_field=DateTimeField()))
            .filter(
                Q(until__isnull=True) | Q(until__gte=F("month_end")),
                since__lt=F("month_end"),
                entered_at__lt=F("month_end"),
            )
        )
        halves.append((rows, columns))
    for row in _tallied(halves, by=("month_end",)):
        found[firsts[row.pop("month_end")]] += Figures(**row)
    return found


def total(figures: Iterable[Figures]) -> Figures:
    """The sum of many."""
    return sum(figures, Figures())


def _at_end(period: Period) -> SpellQuerySet:
    return Spell.objects.just_before(period.ends_at)


def _entered(period: Period) -> Q:
    return Q(entered_at__lt=period.ends_at)


def _open(period: Period) -> SpellQuerySet:
    return _at_end(period).filter(closed_at__isnull=True)


def _closed(period: Period) -> SpellQuerySet:
    return _at_end(period).filter(
        _entered(period), closed_at__gte=period.starts_at, closed_at__lt=period.ends_at
    )


def _tallied(
    halves: Iterable[tuple[QuerySet[Spell], dict[str, Count]]], *, by: Sequence[str]
) -> Iterable[dict[str, Any]]:
    """The counts of several sets of rows, one after the other; what a set does not count is 0 there."""
    halves = list(halves)
    names = {name for _rows, columns in halves for name in columns}
    zero = Value(0, output_field=IntegerField())
    tallied: list[Any] = [
        rows.order_by().values(*by).annotate(**{name: columns.get(name, zero) for name in sorted(names)})
        for rows, columns in halves
    ]
    return cast("Iterable[dict[str, Any]]", tallied[0].union(*tallied[1:], all=True))


def _taken_in(period: Period) -> dict[str, Count]:
    new = Q(entered_at__gte=period.starts_at, entered_at__lt=period.ends_at)
    old = Q(entered_at__lt=period.starts_at)
    closed_then = Spell.objects.just_before(period.starts_at).filter(
        dossier=OuterRef("dossier"), closed_at__isnull=False
    )
    # Carried over although closed at the start: opened again since, to mend a result.
    reopened = old & Q(reopened_at__gte=period.starts_at) & Q(Exists(closed_then))
    channels = {f"received_{one}": Count("pk", filter=new & Q(channel=one)) for one in Channel}
    return {"carried": Count("pk", filter=old), "reopened": Count("pk", filter=reopened), **channels}


def _of_open(period: Period) -> dict[str, Count]:
    late = Q(late_from__lt=period.ends_at)
    promised = Q(late_from__isnull=False)
    running, paused = RUNNING & _entered(period), PAUSED & _entered(period)
    return {
        "running_in_time": Count("pk", filter=running & promised & ~late),
        "running_late": Count("pk", filter=running & late),
        "running_unpromised": Count("pk", filter=running & ~promised),
        # A stopped clock cannot become late: how it stood when it stopped is how it stands.
        "paused_in_time": Count("pk", filter=paused & Q(timeliness=Timeliness.IN_TIME)),
        "paused_late": Count("pk", filter=paused & Q(timeliness=Timeliness.LATE)),
        "paused_unpromised": Count("pk", filter=paused & Q(timeliness=Timeliness.UNPROMISED)),
        "waiting": Count("pk", filter=Q(entered_at__isnull=True) | Q(entered_at__gte=period.ends_at)),
    }


def _of_closed() -> dict[str, Count]:
    late = SOLVED & Q(timeliness=Timeliness.LATE)
    return {
        "solved_early": Count("pk", filter=SOLVED & Q(timeliness=Timeliness.EARLY)),
        "solved_on_time": Count("pk", filter=SOLVED & Q(timeliness=Timeliness.ON_TIME)),
        "solved_late": Count("pk", filter=late),
        "solved_unpromised": Count("pk", filter=SOLVED & Q(timeliness=Timeliness.UNPROMISED)),
        "apologised": Count("pk", filter=late & Q(is_apologised=True)),
        "late_by_law": Count("pk", filter=SOLVED & Q(is_late_by_law=True)),
        "refused": Count("pk", filter=Q(state=DossierState.REFUSED)),
        "withdrawn": Count("pk", filter=Q(state=DossierState.WITHDRAWN)),
    }


def open_at(period: Period) -> int:
    """Entered and open just before the period began: what it carries over, less what it opened again.

    Counted from the other side than ``counted`` does, to check it.
    """
    rows = Spell.objects.just_before(period.starts_at)
    return rows.filter(entered_at__lt=period.starts_at, closed_at__isnull=True).count()
