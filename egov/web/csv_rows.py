"""Rows as RFC 4180 text that a spreadsheet opens with every accent intact and runs nothing of."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

# So that a spreadsheet takes it for UTF-8.
BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet would run as a formula when it stands first in a cell.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
Value = str | int | float | Decimal | None


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_rows(rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """The mark, then line by line; nothing stands where there is no value."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK
    for row in rows:
        yield str(writer.writerow([_plain(value) for value in row]))


def harmless(text: str) -> str:
    """Text that a spreadsheet shows and does not run."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _plain(value: Value) -> str | int | float | Decimal:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    return round(value, 4) if isinstance(value, float) else value
