"""The days of a report: a quarter does not end with its last month, but with its cut-off (rule 50)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

MONTHS_PER_YEAR = 12


@dataclass(frozen=True, slots=True)
class Window:
    """From the first day to the last, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends after it begins")

    @classmethod
    def of_months(cls, year: int, first_month: int, months: int, *, cutoff: int) -> "Window":
        """So many months of a year; with a cut-off of 14, the first quarter is 15 December to 14 March.

        A cut-off of 0 leaves the months as the calendar has them.
        """
        start = date(year, first_month, 1)
        end = _month_after(year, first_month + months - 1)
        if not cutoff:
            return cls(start, end - timedelta(days=1))
        before = (start - timedelta(days=1)).replace(day=cutoff)
        return cls(before + timedelta(days=1), (end - timedelta(days=1)).replace(day=cutoff))

    @property
    def starts_at(self) -> datetime:
        """The first moment that belongs to it."""
        return _midnight(self.first)

    @property
    def ends_at(self) -> datetime:
        """The first moment that does not; nothing that became known later counts (rule 48)."""
        return _midnight(self.last + timedelta(days=1))


def _month_after(year: int, month: int) -> date:
    return date(year + month // MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())
