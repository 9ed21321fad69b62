"""Which closed months the page of statistics shows: the one asked for, and the year that ends with it."""

from dataclasses import dataclass
from datetime import date

from onestop import public as onestop

MONTHS_SHOWN = 12
# Two years can be asked for; open data has as many.
MONTHS_OFFERED = 24


@dataclass(frozen=True)
class Statistics:
    """One month in full, the twelve that end with it (oldest first), and all that can be asked for."""

    months: tuple[date, ...]
    month: onestop.PublishedMonth
    year: tuple[onestop.PublishedMonth, ...]


def statistics(text: str) -> Statistics | None:
    """Of the month asked for as “2026-10”, else of the newest; None before the first is closed."""
    months = tuple(onestop.published_months()[:MONTHS_OFFERED])
    if not months:
        return None
    asked = next((month for month in months if f"{month:%Y-%m}" == text), months[0])
    year = onestop.published_year([day for day in months if day <= asked][:MONTHS_SHOWN])
    return Statistics(months, year[0], tuple(reversed(year)))
