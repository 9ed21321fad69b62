"""A set of open data: its columns, and its rows by month or as of a day."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from egov.workflow.refusal import Refusal
from onestop import public as onestop
from onestop.public import PublishedMonth
from portal.queries.statistics import MONTHS_OFFERED

Value = str | int | float | None
Row = list[Value]
TEXT, NUMBER, SHARE, DAY = "text", "number", "share", "date"


class NotAMonth(Refusal):
    """The set is not by month, or the month is not written as 2026-10."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("Tháng ghi dạng năm-tháng, ví dụ 2026-10, và chỉ dùng cho bộ dữ liệu theo tháng."))


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name in files, its kind, and what it says."""

    name: str
    kind: str
    words: Promise


@dataclass(frozen=True)
class Dataset:
    """One set of data; ``rows`` gets the months that are wanted, or the day for what has no months."""

    code: str
    title: Promise
    words: Promise
    update: Promise
    fields: tuple[Field, ...]
    of_months: Callable[[PublishedMonth], Iterable[Row]] | None = None
    of_day: Callable[[date], Iterable[Row]] | None = None

    @property
    def names(self) -> list[str]:
        return [field.name for field in self.fields]

    @property
    def is_monthly(self) -> bool:
        return self.of_months is not None

    def rows(self, on: date, month: str = "") -> Iterator[Row]:
        """Its rows: of one month (“2026-10”), of the last two years, or as of that day. Raises NotAMonth."""
        if self.of_months is not None:
            for one in _months(month):
                yield from self.of_months(one)
        elif month:
            raise NotAMonth
        elif self.of_day is not None:
            yield from self.of_day(on)

    def records(self, on: date, month: str = "") -> Iterator[Mapping[str, Value]]:
        """The same with the names of the columns."""
        return (dict(zip(self.names, row, strict=True)) for row in self.rows(on, month))


def _months(text: str) -> list[PublishedMonth]:
    months = onestop.published_months()[:MONTHS_OFFERED]
    if text:
        try:
            asked = date.fromisoformat(f"{text}-01")
        except ValueError as error:
            raise NotAMonth from error
        months = [month for month in months if month == asked]
    return onestop.published_year(months)
