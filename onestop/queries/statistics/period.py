"""The days that a report counts, and until which moment (rule 27)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

MONTHS_PER_YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included; what is not over yet counts until ``asked_at``.

    ``starts_at`` belongs to it, ``ends_at`` is the first moment that does not.
    """

    first: date
    last: date
    asked_at: datetime

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends after it begins")

    @classmethod
    def month(cls, day: date, asked_at: datetime) -> "Period":
        """The calendar month of that day."""
        first = day.replace(day=1)
        return cls(first, next_month(first) - timedelta(days=1), asked_at)

    @property
    def starts_at(self) -> datetime:
        return midnight(self.first)

    @property
    def ends_at(self) -> datetime:
        """The end of its last day, or the moment of asking when that comes first."""
        return max(self.starts_at, min(midnight(self.last + timedelta(days=1)), self.asked_at))

    @property
    def is_over(self) -> bool:
        """Whether every day of it has passed: asked again, it gives the same."""
        return midnight(self.last + timedelta(days=1)) <= self.asked_at

    @property
    def is_one_month(self) -> bool:
        return self.first.day == 1 and self.last + timedelta(days=1) == next_month(self.first)

    @property
    def last_counted_day(self) -> date:
        """The last day of which anything is counted."""
        return max(self.first, min(self.last, timezone.localdate(self.asked_at)))


def months_until(day: date, count: int) -> Iterator[date]:
    """The first days of so many months up to and with that of ``day``, oldest first."""
    ordinal = day.year * MONTHS_PER_YEAR + day.month - 1
    for number in range(ordinal - count + 1, ordinal + 1):
        yield date(number // MONTHS_PER_YEAR, number % MONTHS_PER_YEAR + 1, 1)


def next_month(first_day: date) -> date:
    """The first day of the month after."""
    return (first_day.replace(day=28) + timedelta(days=4)).replace(day=1)


def midnight(day: date) -> datetime:
    """When a day begins in Viet Nam."""
    return datetime.combine(day, time.min, timezone.get_default_timezone())
