"""Prints a register (sổ đăng ký) as PDF/A: the columns of the law in their order, headings on every page.

Registers kept in the system must be printable with all columns, bound and kept (Decree 30/2020/NĐ-CP, Art.
16, 22).
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from egov.printing.markup import clean_line
from egov.printing.typesetter import typeset


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width, whether its cells are centred (numbers, dates)."""

    heading: str
    width: float = 1.0
    centred: bool = False


def register(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    *,
    agency: str,
    superior_agency: str = "",
    period: str,
    keeper: str = "",
    nothing: str = "",
) -> bytes:
    """Set a register as PDF/A-2b. ``rows`` hold one value per column; ``None`` prints as an empty cell.

    ``period`` is printed as it stands ("Từ ngày 01/01/2026 đến ngày 31/12/2026"), and so is ``nothing``
    instead of lines. Five thousand rows take
    seconds. Raises :class:`~egov.printing.typesetter.UnprintableText`.
    """
    cells = [[_cell(value) for value in row] for row in rows]
    if any(len(row) != len(columns) for row in cells):
        raise ValueError(f"each row of {title!r} needs {len(columns)} values")
    now = timezone.localtime()
    content = {
        "title": clean_line(title),
        "columns": [asdict(column) for column in columns],
        "rows": cells,
        "agency": clean_line(agency),
        "superior_agency": clean_line(superior_agency),
        "period": clean_line(period),
        "nothing": nothing or _("Không có văn bản nào trong kỳ."),
        "total": ngettext("Sổ này có %(count)s dòng.", "Sổ này có %(count)s dòng.", len(cells))
        % {"count": len(cells)},
        "printed": _("Ngày in: %(moment)s") % {"moment": date_format(now, "H:i d/m/Y")},
        "keeper_title": _("Người giữ sổ"),
        "keeper": clean_line(keeper),
        "footer": clean_line(f"{title} – {agency}"),
    }
    return typeset("register", content, tagged=False).pdf


def _cell(value: object) -> str:
    """Text of a cell; long unbroken words may break after a slash."""
    if value is None:
        return ""
    return clean_line(str(value)).replace("/", "/\u200b")
