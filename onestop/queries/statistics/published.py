"""Statistics as anybody may read them: what would point at a person is left out (rule 55).

Everything that is published of a month is taken from here, so that two pages cannot be set against each
other. By agency and sector stand only columns of which none follows from the others of its row: what came
over from the month before is told of the whole province alone, for of an agency it would close the account
and give a blank away. Refused and withdrawn dossiers, few in any place, are not told at all.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import Count
from django.utils import timezone

from egov.organizations.models import Agency
from onestop.enums import Channel, RatingStage, Satisfaction
from onestop.models import ClosedMonth, MonthFigure, Procedure, Rating, Sector
from onestop.queries.statistics.count import Key, total
from onestop.queries.statistics.disclosure import FEWEST, Column, published_column
from onestop.queries.statistics.figures import COLUMNS, Figures, share
from onestop.queries.statistics.period import Period
from onestop.queries.statistics.report import agency_names
from onestop.queries.statistics.satisfaction import CONTENT

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


def published_month(first_day: date) -> PublishedMonth | None:
    """The figures of a closed month; None as long as it is not closed."""
    month = ClosedMonth.objects.filter(first_day=first_day).first()
    if month is None:
        return None
    figures = _figures(month)
    whole = total(figures.values())
    sector_of = dict(Procedure.objects.filter(pk__in={key[1] for key in figures}).values_list("pk", "sector"))
    ways = [int(getattr(whole, f"received_{one}")) for one in Channel]
    columns = {
        name: published_column(
            _parts(figures, sector_of, attrgetter(name)),
            ways if name == "received" else (),
        )
        for name in PUBLISHED
    }
    content, other = _ratings(month)
    told = PublishedRow("", "", **{name: column.whole for name, column in columns.items()})
    return PublishedMonth(
        first_day=first_day,
        as_of=timezone.localdate(month.closed_at),
        total=told,
        carried=whole.carried if _account_stays_open(whole, told) else None,
        agencies=tuple(_rows(_agencies(figures), {name: one.agencies for name, one in columns.items()})),
        sectors=tuple(_rows(_sectors(sector_of), {name: one.sectors for name, one in columns.items()})),
        channels=tuple(
            (str(one), str(one.label), cell)
            for one, cell in zip(Channel, columns["received"].ways, strict=True)
        ),
        content=ContentRow("", "", content.whole, other.whole),
        content_by_agency=tuple(
            ContentRow(code, label, content.agencies.get(key, 0), other.agencies.get(key, 0))
            for key, (code, label) in _named({*content.agencies, *other.agencies}).items()
        ),
    )


def published_months() -> list[date]:
    """First days of the months that can be read, newest first."""
    return list(ClosedMonth.objects.values_list("first_day", flat=True))


def _figures(month: ClosedMonth) -> dict[Key, Figures]:
    rows = MonthFigure.objects.filter(month=month).values("agency_id", "procedure_id", *COLUMNS)
    return {(row.pop("agency_id"), row.pop("procedure_id")): Figures(**row) for row in rows}


def _parts(
    figures: Mapping[Key, Figures], sector_of: Mapping[int, int], count_of: Callable[[Figures], int]
) -> dict[Key, int]:
    """By agency and sector."""
    parts: dict[Key, int] = defaultdict(int)
    for (agency, procedure), one in figures.items():
        parts[agency, sector_of[procedure]] += count_of(one)
    return dict(parts)


def _ratings(month: ClosedMonth) -> tuple[Column, Column]:
    """Of results only, which is what a month is asked for: content ones and the others."""
    period = Period.month(month.first_day, month.closed_at)
    rows = Rating.objects.filter(at__gte=period.starts_at, at__lt=period.ends_at, stage=RatingStage.RESULT)
    content: dict[Key, int] = defaultdict(int)
    other: dict[Key, int] = defaultdict(int)
    for agency, level, number in rows.order_by().values_list("agency_id", "level").annotate(n=Count("pk")):
        (content if Satisfaction(level) in CONTENT else other)[agency, NO_SECTOR] += number
    return published_column(content), published_column(other)


def _account_stays_open(whole: Figures, told: PublishedRow) -> bool:
    """Whether carried, received and solved leave enough untold that no blank of the sum follows from them."""
    untold = whole.refused + whole.withdrawn + whole.solved_unpromised
    return told.solved is not None and told.received is not None and (untold == 0 or untold >= FEWEST)


def _agencies(figures: Mapping[Key, Figures]) -> dict[int, tuple[str, str]]:
    return _named({agency for (agency, _procedure), one in figures.items() if not one.is_empty})


def _named(keys: Iterable[int]) -> dict[int, tuple[str, str]]:
    kept = set(keys)
    codes = dict(Agency.objects.filter(pk__in=kept).values_list("pk", "code"))
    return {key: (codes[key], name) for key, name in agency_names(kept).items()}


def _sectors(sector_of: Mapping[int, int]) -> dict[int, tuple[str, str]]:
    rows = Sector.objects.filter(pk__in=set(sector_of.values())).order_by("name")
    return {key: (code, name) for key, code, name in rows.values_list("pk", "code", "name")}


def _rows(
    names: Mapping[int, tuple[str, str]], cells: Mapping[str, Mapping[int, int | None]]
) -> Iterable[PublishedRow]:
    for key, (code, label) in names.items():
        yield PublishedRow(code, label, **{name: by_key.get(key, 0) for name, by_key in cells.items()})


def _sum(*cells: int | None) -> int | None:
    known = [cell for cell in cells if cell is not None]
    return sum(known) if len(known) == len(cells) else None
