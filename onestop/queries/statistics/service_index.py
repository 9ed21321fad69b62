"""The index of Decision 766/QĐ-TTg as far as this system can tell; the rest says "not measured"."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import TruncDate
from django.utils import timezone

from onestop.enums import Channel, DossierState, IndexGroup, OnlineLevel, PaperSource, Satisfaction
from onestop.models import DecisionEffect, IndexPart, Paper, Rating, Result, ResultKind, Spell
from onestop.queries.statistics.count import total
from onestop.queries.statistics.period import Period
from onestop.queries.statistics.report import figures_of
from onestop.queries.statistics.scope import Scope

CENT = Decimal("0.01")
# What is counted, and which of it is meant: a share of rows.
Share = tuple[QuerySet[Any], Q | Exists]


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many; of none there is no share."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class PartResult:
    """One part of the index; without a ratio it is not measured here, or there was nothing to measure."""

    part: IndexPart
    ratio: Ratio | None

    @property
    def is_measured(self) -> bool:
        return self.ratio is not None and bool(self.ratio.whole)

    @property
    def points(self) -> Decimal | None:
        """What it earns of ``part.points``."""
        if self.ratio is None or not self.ratio.whole:
            return None
        return (self.part.points * self.ratio.part / self.ratio.whole).quantize(CENT)


@dataclass(frozen=True)
class GroupResult:
    """One of the five groups."""

    group: IndexGroup
    parts: list[PartResult]

    @property
    def label(self) -> str:
        return str(self.group.label)

    @property
    def most(self) -> Decimal:
        """Points of the whole group."""
        return sum((one.part.points for one in self.parts), Decimal())

    @property
    def measured_most(self) -> Decimal:
        """Points that were measured at all: the others are neither won nor lost."""
        return sum((one.part.points for one in self.parts if one.is_measured), Decimal())

    @property
    def points(self) -> Decimal:
        return sum((one.points or Decimal() for one in self.parts), Decimal())


@dataclass(frozen=True)
class ServiceIndex:
    """The whole index of a scope in a period."""

    groups: list[GroupResult]

    @property
    def most(self) -> Decimal:
        return sum((one.most for one in self.groups), Decimal())

    @property
    def measured_most(self) -> Decimal:
        return sum((one.measured_most for one in self.groups), Decimal())

    @property
    def points(self) -> Decimal:
        return sum((one.points for one in self.groups), Decimal())


def service_index(scope: Scope, period: Period) -> ServiceIndex:
    """By the parts and points in force on the last day that is counted: what rows are counted for, in one
    statement."""
    parts = list(IndexPart.objects.in_force(period.last_counted_day))
    ratios = _ratios(scope, period, {one.measure for one in parts})
    groups = []
    for group in IndexGroup:
        results = [PartResult(part, ratios.get(part.measure)) for part in parts if part.group == group]
        groups.append(GroupResult(group, results))
    return ServiceIndex(groups)


def _on_time(scope: Scope, period: Period) -> Ratio:
    figures = total(figures_of(period, scope.keys).values())
    return Ratio(figures.solved_early + figures.solved_on_time, figures.solved_promised)


def _digital_results(scope: Scope, period: Period) -> Share:
    """Solved with a signed result file; whatever has no result of its own kind cannot have one."""
    rows = (
        Spell.objects.just_before(period.ends_at)
        .filter(
            agency__in=scope.keys,
            state__in=[DossierState.DONE, DossierState.RETURNED],
            closed_at__gte=period.starts_at,
            closed_at__lt=period.ends_at,
        )
        .filter(Exists(ResultKind.objects.filter(version=OuterRef("dossier__version"))))
    )
    signed = Result.objects.filter(dossier=OuterRef("dossier"), file__isnull=False, is_signed=True)
    return rows, Exists(signed)


def _digitised_papers(scope: Scope, period: Period) -> Share:
    """Received with a paper that has a file, of all received with papers that stay with the office."""
    papers = Paper.objects.filter(dossier=OuterRef("dossier"), is_shown_only=False)
    rows = _received(scope, period).filter(Exists(papers))
    return rows, Exists(papers.filter(file__isnull=False))


def _reused_papers(scope: Scope, period: Period) -> Share:
    """Received with a paper out of the owner's store or a connected database."""
    papers = Paper.objects.filter(dossier=OuterRef("dossier"))
    rows = _received(scope, period).filter(Exists(papers))
    reused = papers.filter(source__in=[PaperSource.STORE, PaperSource.DATABASE])
    return rows, Exists(reused)


def _online_filing(scope: Scope, period: Period) -> Share:
    """Filed online, of all received by procedures that can be filed online."""
    can = [OnlineLevel.FULL, OnlineLevel.PARTIAL]
    rows = _received(scope, period).filter(dossier__version__online_level__in=can)
    return rows, Q(channel=Channel.ONLINE)


def _timely_publication(scope: Scope, period: Period) -> Share:
    """Effects of announcing decisions that stood in the catalogue on the day from which they hold."""
    zone = timezone.get_default_timezone()
    rows = DecisionEffect.objects.filter(
        procedure__agency__in=scope.keys,
        effective_on__gte=period.first,
        effective_on__lte=period.last_counted_day,
    )
    applied_on = TruncDate("applied_at", tzinfo=zone)
    timely = Q(applied_on__lte=F("effective_on"))
    return rows.annotate(applied_on=applied_on), timely


def _satisfied(scope: Scope, period: Period) -> Share:
    rows = Rating.objects.filter(agency__in=scope.keys, at__gte=period.starts_at, at__lt=period.ends_at)
    return rows, Q(level__in=[Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED])


def _received(scope: Scope, period: Period) -> QuerySet[Spell]:
    rows = Spell.objects.just_before(period.ends_at).filter(
        Q(closed_at__isnull=True) | Q(closed_at__gte=period.starts_at)
    )
    return rows.filter(agency__in=scope.keys, entered_at__gte=period.starts_at, entered_at__lt=period.ends_at)


def _ratios(scope: Scope, period: Period, wanted: Collection[str]) -> dict[str, Ratio]:
    """The ratio of each measure; one of which there was nothing to measure has a whole of 0."""
    found = {name: Ratio(0, 0) for name in SHARES if name in wanted}
    tallies = [_tallied(name, *SHARES[name](scope, period)) for name in found]
    if tallies:
        first, *others = tallies
        found |= {name: Ratio(part, whole) for name, part, whole in first.union(*others, all=True)}
    if ON_TIME in wanted:
        found[ON_TIME] = _on_time(scope, period)
    return found


def _tallied(name: str, rows: QuerySet[Any], part: Q | Exists) -> QuerySet[Any, Any]:
    named = rows.order_by().values(measure=Value(name, output_field=CharField()))
    counts: QuerySet[Any, Any] = named.annotate(part=Count("pk", filter=Q(part)), whole=Count("pk"))
    return counts.values_list("measure", "part", "whole")


ON_TIME = "on_time"
SHARES: dict[str, Callable[[Scope, Period], Share]] = {
    "digital_results": _digital_results,
    "digitised_papers": _digitised_papers,
    "reused_papers": _reused_papers,
    "online_filing": _online_filing,
    "timely_publication": _timely_publication,
    "satisfied": _satisfied,
}


def measures() -> Iterable[str]:
    """What a part of the index may name as its measure."""
    return (ON_TIME, *SHARES)
