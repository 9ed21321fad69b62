"""Measure everything, or the rows named: ``bin/bench``, ``bin/bench 1 6``."""

import argparse
import sys
from collections.abc import Iterator

from bench import stage
from bench.table import HEAD, Line, printed

MEASURED = frozenset({1, 2, 6, 8, 9, 10, 11, 12, 13, 14})
# Rows that take too long to be measured unasked.
WHEN_NAMED = frozenset({14})


def main(wanted: set[int]) -> int:
    """Print the table; status 0 whatever the ratios are, since a measure is not a test."""
    servers = stage.prepare()
    try:
        print(HEAD, flush=True)
        # As each row is done: a row that fails takes none of the others with it.
        for line in measured(wanted):
            print(printed(line), flush=True)
    finally:
        servers.stop()
    return 0


def measured(wanted: set[int]) -> Iterator[Line]:
    """The lines of the rows asked for, each told on standard error as it begins."""
    # Only now are the servers up and Django ready.
    from bench import (  # noqa: PLC0415
        row_01_fan_out,
        row_06_signing,
        row_08_checking,
        row_09_intake,
        row_10_public,
        row_11_printing,
        row_12_queries,
        row_13_memory,
        row_14_figures,
    )
    from bench.cast import make_cast  # noqa: PLC0415

    cast = make_cast()
    rows = {
        (1, 2): lambda: row_01_fan_out.lines(cast),
        (6,): lambda: row_06_signing.lines(cast),
        (8,): lambda: row_08_checking.lines(cast),
        (9,): row_09_intake.lines,
        (10,): row_10_public.lines,
        (11,): row_11_printing.lines,
        (12,): lambda: row_12_queries.lines(cast),
        (13,): lambda: row_13_memory.lines(cast),
        (14,): lambda: row_14_figures.lines(cast),
    }
    for numbers, take in rows.items():
        if not wanted.intersection(numbers) and (wanted or WHEN_NAMED.intersection(numbers)):
            continue
        print(f"measuring row {', '.join(map(str, numbers))} …", file=sys.stderr, flush=True)
        yield from sorted(take(), key=lambda line: line.row)


def row(word: str) -> int:
    """The number of a row that is measured; raises ArgumentTypeError for any other word."""
    if word not in map(str, MEASURED):
        known = ", ".join(map(str, sorted(MEASURED)))
        raise argparse.ArgumentTypeError(f"{word!r} is none of the rows {known}")
    return int(word)


parser = argparse.ArgumentParser(prog="bin/bench", description="Print measures as ratios.")
parser.add_argument("rows", nargs="*", type=row, metavar="ROW", help="all but 14 when none is named")
sys.exit(main(set(parser.parse_args().rows)))
