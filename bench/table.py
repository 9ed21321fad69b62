"""One measured line, and the table that `bin/bench` prints."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Seconds of several runs of one thing."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def spread(self) -> str:
        """Smallest and largest run, relative to the median, in percent."""
        low, high = min(self.seconds) / self.median - 1, max(self.seconds) / self.median - 1
        return f"{low:+.0%} … {high:+.0%}"


@dataclass(frozen=True)
class Line:
    """What was measured, ours, the limit, and the bar that the ratio has to meet."""

    row: int
    what: str
    ours: str
    limit: str
    ratio: float | None
    bar: str
    met: bool | None
    spread: str


def timed(function: Callable[[], object], *, runs: int = 5, warm: int = 1) -> Timing:
    """Seconds of ``runs`` calls after ``warm`` unmeasured ones, the collector asleep."""
    for _ in range(warm):
        function()
    seconds = []
    for _ in range(runs):
        gc.collect()
        gc.disable()
        started = time.perf_counter()
        function()
        seconds.append(time.perf_counter() - started)
        gc.enable()
    return Timing(tuple(seconds))


def milliseconds(timing: Timing) -> str:
    return f"{timing.median * 1000:.1f} ms"


def per_second(timing: Timing, count: int = 1) -> str:
    return f"{count / timing.median:.1f}/s"


def at_most(row: int, what: str, ours: Timing, limit: Timing, bar: float, *, scale: float = 1.0) -> Line:
    """Our time may be at most ``bar`` times the limit's (``scale`` evens out different amounts of work)."""
    ratio = ours.median / (limit.median * scale)
    return Line(
        row, what, milliseconds(ours), milliseconds(limit), ratio, f"≤ {bar:g} ×", ratio <= bar, ours.spread
    )


def at_least(row: int, what: str, ours: Timing, limit: Timing, bar: float, *, count: int = 1) -> Line:
    """Our rate has to be at least ``bar`` times the limit's, for the same ``count`` of things."""
    ratio = limit.median / ours.median
    return Line(
        row,
        what,
        per_second(ours, count),
        per_second(limit, count),
        ratio,
        f"≥ {bar:g} ×",
        ratio >= bar,
        ours.spread,
    )


HEAD = "| # | what | ours | limit | ratio | bar | met | spread |\n|---|---|---|---|---|---|---|---|"


def printed(line: Line) -> str:
    """One line of the table in Markdown."""
    ratio = "—" if line.ratio is None else f"{line.ratio:.2f} ×"
    met = "—" if line.met is None else ("yes" if line.met else "**no**")
    return (
        f"| {line.row} | {line.what} | {line.ours} | {line.limit} | {ratio} "
        f"| {line.bar} | {met} | {line.spread} |"
    )
