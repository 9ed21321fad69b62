"""Which month of the published late list is shown."""

from datetime import date

from onestop import public as onestop


def shown_month(text: str) -> tuple[list[date], onestop.LateMonth | None]:
    """All closed months, newest first, and the list of the one asked for as “2026-10”, else of the newest."""
    months = onestop.published_months()
    asked = next((month for month in months if f"{month:%Y-%m}" == text), None)
    chosen = asked or next(iter(months), None)
    return months, onestop.late_month(chosen) if chosen else None
