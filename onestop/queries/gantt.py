"""The legs of a project as a picture: numbers for an SVG that the server draws without styles or scripts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from onestop.queries.projects import DossierLines, LegLine


@dataclass(frozen=True)
class Bar:
    """A leg as the picture draws it, in units of the picture."""

    leg: LegLine
    label: str
    y: int
    x: float
    width: float
    # Where the day on which it is due stands; None when nobody knows it.
    due_x: float | None
    kind: str


@dataclass(frozen=True)
class Row:
    """A dossier's heading in the picture."""

    label: str
    y: int


@dataclass(frozen=True)
class Tick:
    """A day on the axis."""

    label: str
    x: float


@dataclass(frozen=True)
class Gantt:
    """The picture of a project's legs: everything that the template writes as attributes of SVG."""

    width: int
    height: int
    left: int
    rows: tuple[Row, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    today_x: float | None


WIDTH, LEFT, RIGHT, TOP, ROW = 960, 250, 20, 30, 26
TICKS = 6
LABEL_LENGTH = 36


def gantt(lines: list[DossierLines], today: date) -> Gantt | None:
    """Draw what has begun; None when nothing has. Legs that have no day yet stand in the table only."""
    begun = [leg for one in lines for leg in one.legs if leg.starts_on]
    if not begun:
        return None
    first = min(leg.starts_on for leg in begun if leg.starts_on)
    last = max(day for leg in begun for day in (leg.starts_on, leg.due_on, leg.ends_on, today) if day)
    days = max((last - first).days + 1, 1)
    unit = (WIDTH - LEFT - RIGHT) / days

    def x(day: date) -> float:
        return round(LEFT + (day - first).days * unit, 1)

    rows, bars, y = [], [], TOP
    for one in lines:
        shown = [leg for leg in one.legs if leg.starts_on]
        if not shown:
            continue
        rows.append(Row(_short(f"{one.link.order}. {one.dossier.version.name}"), y + 17))
        y += ROW
        for leg in shown:
            bars.append(_bar(leg, y, x, unit, today))
            y += ROW
    step = max(days // TICKS, 1)
    ticks = tuple(
        Tick(f"{first + timedelta(days=offset):%d/%m}", x(first + timedelta(days=offset)))
        for offset in range(0, days, step)
    )
    return Gantt(
        WIDTH, y + 10, LEFT, tuple(rows), tuple(bars), ticks, x(today) if first <= today <= last else None
    )


def _bar(leg: LegLine, y: int, x: Callable[[date], float], unit: float, today: date) -> Bar:
    """From the day it began to the day it ended, or to today while it runs."""
    assert leg.starts_on is not None  # noqa: S101  (only legs that have begun are drawn)
    end = leg.ends_on or max(today, leg.starts_on)
    kind = "done" if leg.ends_on else "running"
    return Bar(
        leg=leg,
        label=_short(leg.agency),
        y=y,
        x=x(leg.starts_on),
        width=round(((end - leg.starts_on).days + 1) * unit, 1),
        due_x=round(x(leg.due_on) + unit, 1) if leg.due_on else None,
        kind="late" if leg.is_late else kind,
    )


def _short(text: str) -> str:
    return text if len(text) <= LABEL_LENGTH else f"{text[: LABEL_LENGTH - 1].rstrip()}…"
