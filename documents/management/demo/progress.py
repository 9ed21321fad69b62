"""How far the copies have come, as bars on a terminal and as plain lines elsewhere."""

import time
from collections.abc import Mapping

from django.core.management.base import OutputWrapper

WIDTH = 32
# Plain lines say something new at most this often, in seconds.
PLAIN_PAUSE = 1.0


class Progress:
    """A block of bars that is drawn over itself; on anything but a terminal a line now and then."""

    def __init__(self, out: OutputWrapper) -> None:
        self._out = out
        self._drawn = 0
        self._said = ("", 0.0)

    def show(self, counts: Mapping[str, tuple[int, int]]) -> None:
        """Draw ``{label: (done, of)}``."""
        if self._out.isatty():
            if self._drawn:
                self._out.write(f"\x1b[{self._drawn}F", ending="")
            for label, (done, total) in counts.items():
                self._out.write(f"\x1b[2K{_bar(label, done, total)}")
            self._drawn = len(counts)
            self._out.flush()
            return
        line = ", ".join(f"{label} {done}/{total}" for label, (done, total) in counts.items())
        complete = all(done == total for done, total in counts.values())
        said, at = self._said
        if line != said and (complete or time.monotonic() - at > PLAIN_PAUSE):
            self._out.write(f"  {line}")
            self._out.flush()
            self._said = (line, time.monotonic())

    def end(self) -> None:
        """Leave the bars as they are; what comes next is drawn below."""
        self._drawn = 0


def _bar(label: str, done: int, total: int) -> str:
    filled = WIDTH * done // total if total else WIDTH
    return f"  {label:<10} {'█' * filled}{'·' * (WIDTH - filled)} {done:>4}/{total}"
