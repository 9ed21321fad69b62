"""Tables of figures: one shape for the page, for .csv and for .xlsx."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

TEXT, COUNT, SHARE, DECIMAL = "text", "count", "share", "decimal"
NOTHING = "–"
Value = str | int | float | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and of what kind its values are. Shares are between 0 and 1."""

    label: str
    kind: str = COUNT


@dataclass(frozen=True)
class Table:
    """What one report says, with what has to be known to read it."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    total: Sequence[Value] | None = None
    notes: Sequence[str] = field(default_factory=list)

    @property
    def lines(self) -> Iterable[list[tuple[Column, str]]]:
        """Rows as people read them, each cell with its column."""
        return [self._line(row) for row in self.rows]

    @property
    def total_line(self) -> list[tuple[Column, str]] | None:
        return self._line(self.total) if self.total else None

    def _line(self, row: Sequence[Value]) -> list[tuple[Column, str]]:
        return [(column, shown(value, column.kind)) for column, value in zip(self.columns, row, strict=True)]


def shown(value: Value, kind: str) -> str:
    """A value in words of the reader's language; a dash for what does not exist."""
    if value is None:
        return NOTHING
    if kind == SHARE:
        return _("%(number)s%%") % {"number": number_format(float(value) * 100, 1)}
    if kind == DECIMAL:
        return str(number_format(value, 1, force_grouping=True))
    return str(number_format(value, force_grouping=True)) if kind == COUNT else str(value)
