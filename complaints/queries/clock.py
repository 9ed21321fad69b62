"""Why a settlement is due when it is: each day of its term, and what moved its end."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints import deadlines
from complaints.models import ClockChange, Matter
from egov.workdays.calendar import Calendar
from egov.workdays.explain import DayLine

# Nobody reads further, and a clock that nobody stops has no last day.
MOST_DAYS = 400


def explained(matter: Matter, on: date, known: deadlines.Counting | None = None) -> tuple[DayLine, ...]:
    """Every day from acceptance to the last one; while the clock stands still, to today. None before
    acceptance."""
    known = known or deadlines.counting(matter)
    ending = deadlines.settle_ending(matter, known)
    if matter.accepted_on is None or ending is None:
        return ()
    paused = deadlines.is_paused(matter)
    last = min(on if paused else ending.due_on, matter.accepted_on + timedelta(days=MOST_DAYS))
    return tuple(_lines(matter, known.calendar, matter.accepted_on, ending, last))


def clock_changes(matter: Matter) -> list[ClockChange]:
    """Each time that the end was counted anew, oldest first."""
    return list(matter.clock_changes.all())


def _lines(
    matter: Matter, calendar: Calendar, first: date, ending: deadlines.Ending, last: date
) -> Iterator[DayLine]:
    stops = deadlines.pauses(matter)
    extended = {one.ended_on: one.ends_on for one in matter.extensions.all()}
    counted = 0
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        stopped = any(since < day and (until is None or day <= until) for since, until in stops)
        counts = first < day <= ending.ends_on and not stopped
        counted += counts
        reason = _reason(calendar, day, first, ending, is_stopped=stopped, until=extended.get(day))
        yield DayLine(day, counts, reason, _days(counted))


def _reason(
    calendar: Calendar,
    day: date,
    first: date,
    ending: deadlines.Ending,
    *,
    is_stopped: bool,
    until: date | None,
) -> str:
    if day == first:
        return _("Ngày thụ lý, ngày sau mới tính")
    if is_stopped:
        return _("Tạm đình chỉ, thời hạn không chạy")
    if day >= ending.ends_on:
        return _at_the_end(day, ending)
    if until is not None:
        return _("Hết thời hạn cũ, được gia hạn đến %(day)s") % {"day": f"{until:%d/%m/%Y}"}
    return _of_calendar(calendar, day)


def _at_the_end(day: date, ending: deadlines.Ending) -> str:
    if day == ending.due_on:
        return _("Ngày cuối của thời hạn giải quyết")
    if day == ending.ends_on:
        return _("Hết thời hạn vào ngày nghỉ, chuyển sang ngày làm việc tiếp theo")
    return _("Ngày nghỉ, chờ ngày làm việc tiếp theo")


def _of_calendar(calendar: Calendar, day: date) -> str:
    special = calendar.special_days.get(day)
    if special is not None:
        return special.name if special.works else _("%(name)s, vẫn tính") % {"name": special.name}
    return _("Ngày làm việc") if calendar.is_working_day(day) else _("Cuối tuần, vẫn tính")


def _days(days: int) -> str:
    return ngettext("%(days)d ngày", "%(days)d ngày", days) % {"days": days}
