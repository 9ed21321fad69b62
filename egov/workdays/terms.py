"""The clock that dossiers trust: when counting starts, when it ends, what remains after a stop.

How each limit is counted (law and sources: one-stop domain, section 3.4):

====================  =====================================================================================
working days          the day of receipt is left out; due at the same time of the day, ``amount`` working days
                      later, or at the next working minute where that time is not worked (a half Saturday)
hours                 working minutes; a term that fills its last window is due at closing time; no hours at
                      all are over as soon as counting begins
days, months          closed days count; due at closing time of the last day, of the next working day if that
                      one is closed (a month ends on the day of the same number, or on its last day)
same day              ``amount`` 0, or ``amount`` 1 day with a ``cutoff``: due at closing time of the day of
                      receipt; received after the cut-off, at closing time of the next working day
longer, with cut-off  received after the cut-off counts as received at the next day's opening
====================  =====================================================================================

Every answer is in whole minutes of Vietnamese time.
"""

import calendar as months
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from egov.workdays.calendar import Calendar, local, moment_of
from egov.workdays.limit import MINUTES_PER_HOUR, Limit, LimitUnit

MONTHS_PER_YEAR = 12
SAME_DAY = 1


@dataclass(frozen=True, slots=True)
class Remaining:
    """What a stop keeps until the clock runs again: working minutes, or days for limits in days and months.

    Exactly one of the two is set; it is negative when the term had already passed. ``to_closing``: minutes
    that just fill a window of work end at its closing time, not at the next opening.
    """

    minutes: int | None = None
    days: int | None = None
    to_closing: bool = False

    def __post_init__(self) -> None:
        if (self.minutes is None) == (self.days is None):
            raise ValueError("what remains is either minutes or days")


def counts_from(calendar: Calendar, received: datetime) -> datetime:
    """When the clock starts for something received then: at once, or at the next opening when closed."""
    return calendar.moved(received, 0)


def term_begins(calendar: Calendar, received: datetime, limit: Limit, cutoff: time | None = None) -> datetime:
    """When a term begins: as ``counts_from``; a longer one, received after the cut-off, on the next day."""
    begins = counts_from(calendar, received)
    if cutoff is None or begins.time() <= cutoff or is_same_day(limit, cutoff):
        return begins
    return counts_from(calendar, moment_of(calendar.working_day_after(begins.date()), 0))


def due(calendar: Calendar, start: datetime, limit: Limit, cutoff: time | None = None) -> datetime:
    """By when it must be done; see the table above. ``start`` may be any moment, also a closed one."""
    if limit.unit == LimitUnit.HOURS and not limit.amount:
        return counts_from(calendar, start)
    begins = term_begins(calendar, start, limit, cutoff)
    if is_same_day(limit, cutoff):
        day = begins.date()
        late = cutoff is not None and begins.time() > cutoff
        return calendar.closing(calendar.working_day_after(day) if late else day)
    if limit.is_in_calendar_days:
        return calendar.closing(calendar.rolled_forward(last_day(begins.date(), limit)))
    if limit.unit == LimitUnit.HOURS:
        return calendar.moved(begins, limit.amount * MINUTES_PER_HOUR, to_closing=True)
    day = calendar.working_day_after(begins.date(), limit.amount)
    return counts_from(calendar, datetime.combine(day, begins.timetz()))


def ends_on(calendar: Calendar, start: datetime, limit: Limit, cutoff: time | None = None) -> date:
    """The day on which a limit in days or months ends, before a closed one moves the appointment on."""
    if is_same_day(limit, cutoff):
        return due(calendar, start, limit, cutoff).date()
    return last_day(term_begins(calendar, start, limit, cutoff).date(), limit)


def last_day(first: date, limit: Limit) -> date:
    """The last day of a limit in days or months; the first day is left out."""
    if limit.unit == LimitUnit.CALENDAR_DAYS:
        return first + timedelta(days=limit.amount)
    if limit.unit == LimitUnit.MONTHS:
        years, month = divmod(first.month - 1 + limit.amount, MONTHS_PER_YEAR)
        year, month = first.year + years, month + 1
        return date(year, month, min(first.day, months.monthrange(year, month)[1]))
    raise ValueError("a limit of working time has no last day of its own")


def working_minutes_between(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Working minutes from one moment to another; negative when ``end`` is earlier."""
    return calendar.minutes_between(start, end)


def add_working_minutes(calendar: Calendar, at: datetime, minutes: int) -> datetime:
    """The moment that many working minutes later (or earlier): an opening, never a closing time."""
    return calendar.moved(at, minutes)


def ends_at_closing(calendar: Calendar, due: datetime) -> bool:
    """Whether a due moment is a closing time, which is the same working minute as the next opening."""
    return counts_from(calendar, due) != local(due)


def is_same_day(limit: Limit, cutoff: time | None) -> bool:
    """Whether the result is given on the day of receipt, or on the next working day after the cut-off."""
    if limit.unit not in {LimitUnit.WORKING_DAYS, LimitUnit.CALENDAR_DAYS}:
        return False
    return limit.amount == 0 or (limit.amount == SAME_DAY and cutoff is not None)


def remaining(calendar: Calendar, at: datetime, due: datetime, unit: LimitUnit) -> Remaining:
    """What is left at the moment of a stop: working minutes, or for days and months calendar days.

    Days are counted to the day of ``due``. Where that is an appointment that a closed day moved on, ask with
    the day on which the term itself ended (``ends_on``): else each stop would add the days of the move.
    """
    if unit in {LimitUnit.CALENDAR_DAYS, LimitUnit.MONTHS}:
        return Remaining(days=(local(due).date() - local(at).date()).days)
    to_closing = unit == LimitUnit.HOURS or ends_at_closing(calendar, due)
    return Remaining(minutes=calendar.minutes_between(at, due), to_closing=to_closing)


def resume(calendar: Calendar, at: datetime, remaining: Remaining) -> datetime:
    """The new due moment when the clock runs on at ``at`` with what the stop had left.

    The old moment is never shifted by the length of the stop: over weekends and Tết that would be wrong.
    """
    begins = counts_from(calendar, at)
    if remaining.minutes is None:
        last = begins.date() + timedelta(days=remaining.days or 0)
        return calendar.closing(calendar.rolled_forward(last))
    ends = calendar.moved(begins, remaining.minutes, to_closing=remaining.to_closing)
    # Nothing left at an opening is that opening, not the closing time before it.
    return max(ends, begins) if remaining.minutes >= 0 else ends
