"""Tells the person at the terminal what happens, and what went wrong in one sentence."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

LOG_LINES = 3


class Refusal(Exception):
    """Why the command cannot go on, and the way out; one sentence for a person."""


@contextmanager
def step(what: str) -> Iterator[None]:
    """Show a step while it runs, and how long it took."""
    begin = time.monotonic()
    print(f"  … {what}", end="\n" if not sys.stdout.isatty() else "", flush=True)
    try:
        yield
    except BaseException:
        print(f"{_again()}  ✗ {what}", flush=True)
        raise
    print(f"{_again()}  ✓ {what} ({time.monotonic() - begin:.1f} s)", flush=True)


def told(main: Callable[[], int]) -> int:
    """Exit status of a command; its refusals become a sentence, Ctrl-C ends it quietly."""
    try:
        return main()
    except Refusal as refusal:
        print(f"\n{refusal}", file=sys.stderr, flush=True)
        return 2
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        reason = refusal_of(error)
        if reason is None:
            raise
        print(f"\n{reason}", file=sys.stderr, flush=True)
        return 2


def refusal_of(error: OSError) -> str | None:
    """The sentence for a full disk or a file of another user; ``None`` for what a person cannot mend."""
    import errno  # noqa: PLC0415

    where = f" ({error.filename})" if error.filename else ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk is full{where}: make room and run the command again; it goes on where it stopped."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return (
            f"This user may not write here{where}, perhaps because an earlier run was another user's: "
            "run as that user, or remove .venv and var as that user."
        )
    return None


def last_lines(log: Path) -> str:
    """The end of a log, on one line; of a stack trace only what it ends with."""
    text = log.read_text(errors="replace") if log.exists() else ""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return (
        " / ".join(lines[-1:] if "Traceback (most recent" in text else lines[-LOG_LINES:])
        or "it wrote nothing"
    )


def _again() -> str:
    """Go back to the start of the line and clear it, on a terminal."""
    return "\r\x1b[K" if sys.stdout.isatty() else ""
