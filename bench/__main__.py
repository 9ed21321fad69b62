"""Measure everything, or the rows named: ``bin/bench``, ``bin/bench 1 6``."""

import argparse
import sys
from collections.abc import Iterator

from bench import stage
from bench.table import HEAD, Line, printed

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

    rows = {
        (1, 2): row_01_fan_out.lines,
        (6,): row_06_signing.lines,
        (8,): row_08_checking.lines,
        (9,): lambda _cast: row_09_intake.lines(),
        (10,): lambda _cast: row_10_public.lines(),
        (11,): lambda _cast: row_11_printing.lines(),
        (12,): row_12_queries.lines,
        (13,): row_13_memory.lines,
        (14,): row_14_figures.lines,
    }
    if unknown := wanted.difference(*rows):
        raise SystemExit(f"bin/bench measures no row {', '.join(map(str, sorted(unknown)))}")
    cast = make_cast()
    for numbers, take in rows.items():
        if not wanted.intersection(numbers) and (wanted or WHEN_NAMED.intersection(numbers)):
            continue
        print(f"measuring row {', '.join(map(str, numbers))} …", file=sys.stderr, flush=True)
        yield from sorted(take(cast), key=lambda line: line.row)


parser = argparse.ArgumentParser(prog="bin/bench", description="Print measures as ratios.")
parser.add_argument("rows", nargs="*", type=int, metavar="ROW", help="all but 14 when none is named")
sys.exit(main(set(parser.parse_args().rows)))
