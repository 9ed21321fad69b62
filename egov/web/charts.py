"""Where the lines and bars of a chart stand; the template draws them, its table says the same in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format

WIDTH, HEIGHT = 720, 240
# Room for the numbers on the left and the months below.
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 14, 30
STEPS = 4
BAR, GAP = 24, 12


@dataclass(frozen=True, slots=True)
class Mark:
    """A word at a place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One series: ``points`` as SVG wants them, and a dot for each value."""

    label: str
    points: str
    dots: Sequence[Mark]
    kind: int


@dataclass(frozen=True, slots=True)
class LineChart:
    """Series over time."""

    title: str
    description: str
    lines: Sequence[Line]
    labels: Sequence[Mark]
    grid: Sequence[Mark]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar below its name and value in words."""

    words: str
    y: float
    width: float
    text_y: float


@dataclass(frozen=True, slots=True)
class BarChart:
    """Values side by side, longest first as given."""

    title: str
    description: str
    bars: Sequence[Bar]
    height: float
    width: int = WIDTH
    thickness: int = BAR


def line_chart(
    title: str,
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    *,
    description: str,
    top: float | None = None,
    unit: str = "",
) -> LineChart:
    """Series of the same length; a value that does not exist leaves a hole in its line."""
    highest = top or _round_up(max((value or 0 for _, values in series for value in values), default=0))
    across = (WIDTH - LEFT - RIGHT) / max(1, len(labels) - 1)

    def x(place: int) -> float:
        return round(LEFT + across * place, 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / highest, 1)

    lines = []
    for kind, (label, values) in enumerate(series):
        known = [(place, value) for place, value in enumerate(values) if value is not None]
        dots = [
            Mark(x(place), y(value), f"{labels[place]}: {_number(value)}{unit}") for place, value in known
        ]
        lines.append(Line(label, " ".join(f"{dot.x},{dot.y}" for dot in dots), dots, kind))
    grid = [
        Mark(LEFT - 8, y(highest * step / STEPS), f"{_number(highest * step / STEPS)}{unit}")
        for step in range(STEPS + 1)
    ]
    below = [Mark(x(place), HEIGHT - 8, label) for place, label in enumerate(labels)]
    return LineChart(title, description, lines, below, grid)


def bar_chart(
    title: str, bars: Sequence[tuple[str, float, str]], *, description: str, top: float | None = None
) -> BarChart:
    """``bars`` are name, value and the value in words."""
    highest = top or max((value for _, value, _ in bars), default=0) or 1
    row = BAR + GAP + 18
    return BarChart(
        title,
        description,
        [
            Bar(f"{label}: {words}", place * row + 20, round(WIDTH * value / highest, 1), place * row + 14)
            for place, (label, value, words) in enumerate(bars)
        ],
        height=max(1, len(bars)) * row,
    )


def _round_up(value: float) -> float:
    """The next number that divides well into the steps of the grid."""
    size = 4.0
    while size < value:
        size *= 2 if str(int(size))[0] != "4" else 2.5
    return size


def _number(value: float) -> str:
    return str(number_format(round(value, 1) if value % 1 else int(value), force_grouping=True))
