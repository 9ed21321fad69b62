"""A slip or a short official paper as PDF/A: heading, number, then facts, tables and sentences in order.

``content`` is what templates/pdf/slip.typ reads; whoever issues one keeps it as it was printed.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from egov.printing.markup import clean_line
from egov.printing.typesetter import typeset

Block = dict[str, Any]
FIRST_MONTH_WITHOUT_ZERO = 3


def paper_pdf(content: dict[str, Any]) -> bytes:
    """Set it. Raises :class:`~egov.printing.typesetter.UnprintableText`."""
    whole = {"label": "", "source": "", "qr": "", "transfer_qr": "", "note": "", "paper": "a4", **content}
    return typeset("slip", _printable(whole)).pdf


def facts(*rows: tuple[str, str]) -> Block:
    """A block of labelled lines; those without a value are left out."""
    return {"kind": "facts", "rows": [list(row) for row in rows if row[1]]}


def sentence(text: str) -> Block:
    """A block of words."""
    return {"kind": "words", "text": text}


def paragraphs(text: str) -> list[Block]:
    """A block for each line that says something."""
    return [sentence(line) for line in text.splitlines() if line.strip()]


def table(headings: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]) -> Block:
    """A table with one share of the width per column."""
    return {
        "kind": "table",
        "headings": list(headings),
        "widths": list(widths),
        "rows": [list(row) for row in rows],
    }


def long_day(on: date) -> str:
    """``ngày 05 tháng 03 năm 2026``, as papers are dated (Decree 30/2020/NĐ-CP, Appendix I)."""
    month = f"{on.month:02d}" if on.month < FIRST_MONTH_WITHOUT_ZERO else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def long_moment(at: datetime) -> str:
    """``08 giờ 05 phút, ngày 05/03/2026``."""
    local = timezone.localtime(at)
    return f"{local:%H} giờ {local:%M} phút, ngày {local:%d/%m/%Y}"


def _printable(content: dict[str, Any]) -> dict[str, Any]:
    return {key: _cleaned(value) for key, value in content.items()}


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_line(value)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    return _printable(value) if isinstance(value, dict) else value
