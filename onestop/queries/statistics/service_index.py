"""The index of Decision 766/QĐ-TTg as far as this system can tell; the rest says "not measured"."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from onestop.enums import Channel, DossierState, IndexGroup, OnlineLevel, PaperSource, Satisfaction
from onestop.models import DecisionEffect, IndexPart, Paper, Rating, Result, ResultKind, Spell
from onestop.queries.statistics.count import total
from onestop.queries.statistics.period import Period
from onestop.queries.statistics.report import figures_of
from onestop.queries.statistics.scope import Scope

CENT = Decimal("0.01")


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
    """By the parts and points in force on the last day that is counted."""
    parts = list(IndexPart.objects.in_force(period.last_counted_day))
    groups = []
    for group in IndexGroup:
        results = [
            PartResult(part, MEASURES[part.measure](scope, period) if part.measure in MEASURES else None)
            for part in parts
            if part.group == group
        ]
        groups.append(GroupResult(group, results))
    return ServiceIndex(groups)


def _on_time(scope: Scope, period: Period) -> Ratio:
    figures = total(figures_of(period, scope.keys).values())
    return Ratio(figures.solved_early + figures.solved_on_time, figures.solved_promised)


def _digital_results(scope: Scope, period: Period) -> Ratio:
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
    return _ratio(rows, Exists(signed))


def _digitised_papers(scope: Scope, period: Period) -> Ratio:
    """Received with a paper that has a file, of all received with papers that stay with the office."""
    papers = Paper.objects.filter(dossier=OuterRef("dossier"), is_shown_only=False)
    rows = _received(scope, period).filter(Exists(papers))
    return _ratio(rows, Exists(papers.filter(file__isnull=False)))


def _reused_papers(scope: Scope, period: Period) -> Ratio:
    """Received with a paper out of the owner's store or a connected database."""
    papers = Paper.objects.filter(dossier=OuterRef("dossier"))
    rows = _received(scope, period).filter(Exists(papers))
    reused = papers.filter(source__in=[PaperSource.STORE, PaperSource.DATABASE])
    return _ratio(rows, Exists(reused))


def _online_filing(scope: Scope, period: Period) -> Ratio:
    """Filed online, of all received by procedures that can be filed online."""
    can = [OnlineLevel.FULL, OnlineLevel.PARTIAL]
    rows = _received(scope, period).filter(dossier__version__online_level__in=can)
    return _ratio(rows, Q(channel=Channel.ONLINE))


def _timely_publication(scope: Scope, period: Period) -> Ratio:
    """Effects of announcing decisions that stood in the catalogue on the day from which they hold."""
    zone = timezone.get_default_timezone()
    rows = DecisionEffect.objects.filter(
        procedure__agency__in=scope.keys,
        effective_on__gte=period.first,
        effective_on__lte=period.last_counted_day,
    )
    applied_on = TruncDate("applied_at", tzinfo=zone)
    timely = Q(applied_on__lte=F("effective_on"))
    return _ratio(rows.annotate(applied_on=applied_on), timely)


def _satisfied(scope: Scope, period: Period) -> Ratio:
    rows = Rating.objects.filter(agency__in=scope.keys, at__gte=period.starts_at, at__lt=period.ends_at)
    return _ratio(rows, Q(level__in=[Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED]))


def _received(scope: Scope, period: Period) -> QuerySet[Spell]:
    rows = Spell.objects.just_before(period.ends_at).filter(
        Q(closed_at__isnull=True) | Q(closed_at__gte=period.starts_at)
    )
    return rows.filter(agency__in=scope.keys, entered_at__gte=period.starts_at, entered_at__lt=period.ends_at)


def _ratio(rows: QuerySet[Any], part: Q | Exists) -> Ratio:
    counts = rows.order_by().aggregate(part=Count("pk", filter=Q(part)), whole=Count("pk"))
    return Ratio(counts["part"], counts["whole"])


MEASURES: dict[str, Callable[[Scope, Period], Ratio]] = {
    "on_time": _on_time,
    "digital_results": _digital_results,
    "digitised_papers": _digitised_papers,
    "reused_papers": _reused_papers,
    "online_filing": _online_filing,
    "timely_publication": _timely_publication,
    "satisfied": _satisfied,
}


def measures() -> Iterable[str]:
    """What a part of the index may name as its measure."""
    return MEASURES
