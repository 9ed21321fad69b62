"""Statistics as anybody may read them: what would point at a person is left out (rule 55).

Everything that is published of a month is taken from here, so that two pages cannot be set against each
other. By agency and sector stand only columns of which none follows from the others of its row: what came
over from the month before is told of the whole province alone, for of an agency it would close the account
and give a blank away. Refused and withdrawn dossiers, few in any place, are not told at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, DateField, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from egov.organizations.models import Agency
from onestop.enums import Channel, RatingStage
from onestop.models import ClosedMonth, MonthFigure, Rating, Sector
from onestop.queries.statistics.count import total
from onestop.queries.statistics.disclosure import FEWEST, Column, published_column
from onestop.queries.statistics.figures import COLUMNS, Figures, share
from onestop.queries.statistics.period import Period
from onestop.queries.statistics.satisfaction import CONTENT
from onestop.queries.statistics.scope import FROM_THE_TOP

# Agency and sector; month, agency and level of a rating.
Key = tuple[int, int]
Level = tuple[date, int, str]
PUBLISHED = ("received", "solved_early", "solved_on_time", "solved_late", "apologised", "late_now")
# A rating belongs to no sector.
NO_SECTOR = 0


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """Counts of one agency, one sector or the province; None where a small number could be read off."""

    code: str
    label: str
    received: int | None
    solved_early: int | None
    solved_on_time: int | None
    # Of these, with an apology in time; and open at the end of the month, past the appointment.
    solved_late: int | None
    apologised: int | None
    late_now: int | None

    @property
    def solved(self) -> int | None:
        """With an appointment to compare with; None as soon as one of its parts is not told."""
        return _sum(self.solved_early, self.solved_on_time, self.solved_late)

    @property
    def on_time_share(self) -> float | None:
        """Early or on the day, between 0 and 1."""
        in_time = _sum(self.solved_early, self.solved_on_time)
        return None if in_time is None or self.solved is None else share(in_time, self.solved)


@dataclass(frozen=True, slots=True)
class ContentRow:
    """How many ratings of an agency, or of all, were content; None where few were given."""

    code: str
    label: str
    content: int | None
    other: int | None

    @property
    def content_share(self) -> float | None:
        """Satisfied or very satisfied of all ratings, between 0 and 1."""
        ratings = _sum(self.content, self.other)
        return None if ratings is None or self.content is None else share(self.content, ratings)


@dataclass(frozen=True)
class PublishedMonth:
    """One closed month of the whole province."""

    first_day: date
    as_of: date
    total: PublishedRow
    # Received before the month and open at its start; None when the account of a month could be closed.
    carried: int | None
    agencies: tuple[PublishedRow, ...]
    sectors: tuple[PublishedRow, ...]
    # What came in by each way of filing: code, name, count.
    channels: tuple[tuple[str, str, int | None], ...]
    content: ContentRow
    content_by_agency: tuple[ContentRow, ...]


@dataclass(frozen=True, slots=True)
class _Units:
    """Code and name of agencies and sectors, in the order in which they are shown."""

    agencies: Mapping[int, tuple[str, str]]
    sectors: Mapping[int, tuple[str, str]]


def published_month(first_day: date) -> PublishedMonth | None:
    """The figures of a closed month; None as long as it is not closed."""
    return next(iter(published_year([first_day])), None)


def published_year(first_days: Iterable[date]) -> list[PublishedMonth]:
    """The same of several months, newest first; as many statements as for one."""
    months = list(ClosedMonth.objects.filter(first_day__in=list(first_days)))
    rows = MonthFigure.objects.filter(month__in=months).order_by()
    summed: Any = rows.values("month_id", "agency_id", "procedure__sector_id").annotate(
        **{f"sum_{name}": Sum(name) for name in COLUMNS}
    )
    figures: dict[int, dict[Key, Figures]] = {month.pk: {} for month in months}
    for row in summed:
        key = (row["agency_id"], row["procedure__sector_id"])
        figures[row["month_id"]][key] = Figures(**{name: row[f"sum_{name}"] for name in COLUMNS})
    levels = _levels(months)
    units = _Units(
        _named({agency for one in figures.values() for agency, _sector in one} | {key[1] for key in levels}),
        _sectors({sector for one in figures.values() for _agency, sector in one}),
    )
    return [_told(month, figures[month.pk], levels, units) for month in months]


def published_months() -> list[date]:
    """First days of the months that can be read, newest first."""
    return list(ClosedMonth.objects.values_list("first_day", flat=True))


def _told(
    month: ClosedMonth, figures: Mapping[Key, Figures], levels: Mapping[Level, int], units: _Units
) -> PublishedMonth:
    whole = total(figures.values())
    columns = {
        name: published_column({key: int(getattr(one, name)) for key, one in figures.items()}, ways)
        for name, ways in [*((name, ()) for name in PUBLISHED[1:]), (PUBLISHED[0], _ways(whole))]
    }
    content, other = _ratings(month, levels)
    shown = PublishedRow("", "", **{name: column.whole for name, column in columns.items()})
    present = {agency for (agency, _sector), one in figures.items() if not one.is_empty}
    agencies = {key: name for key, name in units.agencies.items() if key in present}
    sectors = {key: name for key, name in units.sectors.items() if any(key == pair[1] for pair in figures)}
    return PublishedMonth(
        first_day=month.first_day,
        as_of=timezone.localdate(month.closed_at),
        total=shown,
        carried=_carried(whole, shown),
        agencies=tuple(_rows(agencies, {name: one.agencies for name, one in columns.items()})),
        sectors=tuple(_rows(sectors, {name: one.sectors for name, one in columns.items()})),
        channels=tuple(
            (str(one), str(one.label), cell)
            for one, cell in zip(Channel, columns["received"].ways, strict=True)
        ),
        content=ContentRow("", "", content.whole, other.whole),
        content_by_agency=tuple(
            ContentRow(code, label, content.agencies.get(key, 0), other.agencies.get(key, 0))
            for key, (code, label) in units.agencies.items()
            if key in content.agencies or key in other.agencies
        ),
    )


def _ways(whole: Figures) -> Sequence[int]:
    return [int(getattr(whole, f"received_{one}")) for one in Channel]


def _levels(months: Sequence[ClosedMonth]) -> dict[Level, int]:
    """How often each level was given for a result, by month and agency."""
    if not months:
        return {}
    periods = [Period.month(month.first_day, month.closed_at) for month in months]
    rows: Any = (
        Rating.objects.filter(
            at__gte=min(one.starts_at for one in periods),
            at__lt=max(one.ends_at for one in periods),
            stage=RatingStage.RESULT,
        )
        .order_by()
        .annotate(month=TruncMonth("at", output_field=DateField()))
        .values_list("month", "agency_id", "level")
        .annotate(n=Count("pk"))
    )
    return {(month, agency, level): number for month, agency, level, number in rows}


def _ratings(month: ClosedMonth, levels: Mapping[Level, int]) -> tuple[Column, Column]:
    """Content ones and the others."""
    content: dict[Key, int] = defaultdict(int)
    other: dict[Key, int] = defaultdict(int)
    for (day, agency, level), number in levels.items():
        if day == month.first_day:
            (content if level in CONTENT else other)[agency, NO_SECTOR] += number
    return published_column(content), published_column(other)


def _carried(whole: Figures, told: PublishedRow) -> int | None:
    """What came over; blank when small, and when it would leave of the month's account one small rest."""
    untold = whole.refused + whole.withdrawn + whole.solved_unpromised
    if 0 < whole.carried < FEWEST or 0 < untold < FEWEST or told.received is None or told.solved is None:
        return None
    return whole.carried


def _named(keys: Iterable[int]) -> dict[int, tuple[str, str]]:
    rows = Agency.objects.filter(pk__in=set(keys)).values_list("pk", "code", "name", "level")
    ordered = sorted(rows, key=lambda row: (FROM_THE_TOP[row[3]], row[2]))
    return {key: (code, name) for key, code, name, _level in ordered}


def _sectors(keys: Iterable[int]) -> dict[int, tuple[str, str]]:
    rows = Sector.objects.filter(pk__in=list(keys)).order_by("name")
    return {key: (code, name) for key, code, name in rows.values_list("pk", "code", "name")}


def _rows(
    names: Mapping[int, tuple[str, str]], cells: Mapping[str, Mapping[int, int | None]]
) -> Iterable[PublishedRow]:
    for key, (code, label) in names.items():
        yield PublishedRow(code, label, **{name: by_key.get(key, 0) for name, by_key in cells.items()})


def _sum(*cells: int | None) -> int | None:
    known = [cell for cell in cells if cell is not None]
    return sum(known) if len(known) == len(cells) else None
