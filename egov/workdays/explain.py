"""Why a term ends when it does: each day counted or skipped, in words, for staff and applicants alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from egov.workdays.calendar import Calendar, local, moment_of
from egov.workdays.limit import HOURS_PER_WORKING_DAY, MINUTES_PER_HOUR, Limit, LimitUnit
from egov.workdays.terms import counts_from, is_same_day, last_day, term_begins
from egov.workdays.weekday import Weekday

MINUTES_PER_WORKING_DAY = HOURS_PER_WORKING_DAY * MINUTES_PER_HOUR


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock stood still from one moment to another; ``until`` is None while it still does."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of a term: whether it counts, why, and how much has been counted by its end (words)."""

    day: date
    counted: bool
    reason: str
    so_far: str

    @property
    def weekday(self) -> str:
        """“Thứ Hai”."""
        return str(Weekday(self.day.weekday()).label)


def explain(
    calendar: Calendar,
    start: datetime,
    due: datetime,
    limit: Limit,
    stops: Sequence[Stop] = (),
    *,
    cutoff: time | None = None,
) -> tuple[DayLine, ...]:
    """Every day from receipt to the due moment, both included. ``stops`` in order of time."""
    units = {LimitUnit.HOURS: _Hours, LimitUnit.WORKING_DAYS: _WorkingDays}
    count = _SameDay if is_same_day(limit, cutoff) else units.get(limit.unit, _CalendarDays)
    term = count(
        calendar=calendar,
        start=local(start),
        begins=term_begins(calendar, start, limit, cutoff),
        due=local(due),
        limit=limit,
        stops=stops,
    )
    return tuple(term.lines())


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A time in which the clock runs: from receipt or resumption to a stop or the due moment."""

    since: datetime
    until: datetime


class _Term:
    """Walks the days of a term; the units differ in what a day adds."""

    def __init__(
        self,
        *,
        calendar: Calendar,
        start: datetime,
        begins: datetime,
        due: datetime,
        limit: Limit,
        stops: Sequence[Stop],
    ) -> None:
        self.calendar, self.start, self.begins, self.due, self.limit = calendar, start, begins, due, limit
        self.stops = [Stop(local(one.since), local(one.until) if one.until else None) for one in stops]
        self.stretches = list(self._stretches())

    def lines(self) -> Iterator[DayLine]:
        """One line a day."""
        before = 0
        for ordinal in range(self.start.date().toordinal(), self.due.date().toordinal() + 1):
            day = date.fromordinal(ordinal)
            total = self.total(day) if day >= self.begins.date() else 0
            counted = total > before
            yield DayLine(day, counted, self._reason(day, counted=counted), self.words(total))
            before = total

    def total(self, day: date) -> int:
        """What has been counted by the end of that day, in a unit of the class's own."""
        raise NotImplementedError

    def words(self, total: int) -> str:
        """A total for people."""
        raise NotImplementedError

    def _stretches(self) -> Iterator[_Stretch]:
        since: datetime | None = self.begins
        for stop in self.stops:
            if since is None:
                return
            yield _Stretch(since, max(since, stop.since))
            since = counts_from(self.calendar, stop.until) if stop.until else None
        if since is not None:
            yield _Stretch(since, max(since, self.due))

    def _runs_to_the_end(self) -> bool:
        return len(self.stretches) > len(self.stops)

    def _reason(self, day: date, *, counted: bool) -> str:
        if day < self.begins.date():
            return self._before_counting(day)
        if day == self.due.date() and self._runs_to_the_end():
            return self._last(counted=counted)
        if paused := self._paused(day, counted=counted):
            return paused
        if day == self.begins.date():
            return self._first_day(counted=counted)
        if self.calendar.is_working_day(day):
            special = self.calendar.special_days.get(day)
            return special.name if special else _("Ngày làm việc")
        return self._closed(day, counted=counted)

    def _before_counting(self, day: date) -> str:
        if not self.calendar.is_working_day(day):
            return self._closed(day, counted=False)
        if day != self.start.date():
            return _("Chưa bắt đầu tính")
        return _("Tiếp nhận lúc %(clock)s, tính từ ngày làm việc tiếp theo") % _clock(self.start)

    def _last(self, *, counted: bool) -> str:
        if counted:
            return _("Hạn trả kết quả lúc %(clock)s") % _clock(self.due)
        return _("Hạn trả kết quả lúc %(clock)s, vì thời hạn đã hết trước ngày này") % _clock(self.due)

    def _first_day(self, *, counted: bool) -> str:
        clock = _clock(self.begins)
        if counted:
            return _("Bắt đầu tính từ %(clock)s") % clock
        if self.start == self.begins:
            return _("Ngày tiếp nhận, lúc %(clock)s") % clock
        return _("Ngày bắt đầu, từ %(clock)s") % clock

    def _paused(self, day: date, *, counted: bool) -> str:
        """What a stop does to this day; empty when none touches it."""
        for ordinal, stop in enumerate(self.stops, start=1):
            until = stop.until.date() if stop.until else date.max
            if day == stop.since.date():
                return _("Hồ sơ tạm dừng từ %(clock)s") % _clock(stop.since)
            if stop.since.date() < day < until:
                return self._named(day, _("Hồ sơ tạm dừng"))
            if stop.until and until <= day <= self.stretches[ordinal].since.date():
                return self._goes_on(day, stop.until, self.stretches[ordinal].since, counted=counted)
        return ""

    def _goes_on(self, day: date, until: datetime, since: datetime, *, counted: bool) -> str:
        """A day from the end of a stop to where the clock runs again: like the day of receipt, a day on
        which counting begins is not one of the days counted."""
        if day != since.date():
            at_work = self.calendar.is_working_day(day)
            return (
                _("Hết tạm dừng lúc %(clock)s, ngoài giờ làm việc") % _clock(until)
                if at_work
                else self._closed(day, counted=counted)
            )
        if counted:
            return _("Hết tạm dừng, tính tiếp từ %(clock)s") % _clock(since)
        return _("Hết tạm dừng lúc %(clock)s, ngày sau mới tính tiếp") % _clock(since)

    def _named(self, day: date, reason: str) -> str:
        """The reason with the holiday that the day is: nobody has to ask what became of Tết in a stop."""
        special = self.calendar.special_days.get(day)
        return f"{reason} ({special.name})" if special and not special.works else reason

    def _closed(self, day: date, *, counted: bool) -> str:
        special = self.calendar.special_days.get(day)
        if special and not special.works:
            reason = special.name
        elif day.weekday() >= Weekday.SATURDAY:
            reason = _("Cuối tuần")
        else:
            reason = _("Ngày cơ quan không làm việc")
        return _("%(reason)s, vẫn tính trong thời hạn") % {"reason": reason} if counted else reason


class _SameDay(_Term):
    """Done on the day of receipt, after the cut-off on the next working day: one day, which is the last."""

    def total(self, day: date) -> int:
        return int(day >= self.due.date())

    def words(self, total: int) -> str:
        return _days(total)

    def _last(self, *, counted: bool) -> str:
        if self.begins.date() == self.due.date():
            return _("Trả kết quả trong ngày, chậm nhất lúc %(clock)s") % _clock(self.due)
        return super()._last(counted=counted)

    def _first_day(self, *, counted: bool) -> str:  # noqa: ARG002  (a first day that is not the last)
        return _("Tiếp nhận lúc %(clock)s, quá giờ trả trong ngày: trả vào ngày làm việc sau") % _clock(
            self.start
        )


class _WorkingDays(_Term):
    """Counted in minutes of an eight-hour day, so that parts before and after a stop add up."""

    def total(self, day: date) -> int:
        if day == self.due.date() and self._runs_to_the_end():
            return self.limit.amount * MINUTES_PER_WORKING_DAY
        minutes = 0
        for stretch in self.stretches:
            if stretch.until.date() <= day:
                minutes += self._of_stretch(stretch)
            elif stretch.since.date() <= day:
                whole_days = self.calendar.working_days_between(stretch.since.date(), day)
                minutes += whole_days * MINUTES_PER_WORKING_DAY
        return minutes

    def _of_stretch(self, stretch: _Stretch) -> int:
        """Whole working days from clock time to clock time, and the minutes of the last, broken one."""
        since, until = stretch.since, stretch.until
        days = self.calendar.working_days_between(since.date(), until.date())
        if days and until.time() < since.time():
            days -= 1
        same_clock = datetime.combine(self.calendar.working_day_after(since.date(), days), since.timetz())
        broken = self.calendar.minutes_between(same_clock if days else since, until)
        return days * MINUTES_PER_WORKING_DAY + max(broken, 0)

    def words(self, total: int) -> str:
        days, minutes = divmod(total, MINUTES_PER_WORKING_DAY)
        return " ".join(part for part in (_days(days), _hours(minutes) if minutes else "") if part)


class _Hours(_Term):
    """Counted in working minutes."""

    def total(self, day: date) -> int:
        end = moment_of(day + timedelta(days=1), 0)
        running = (one for one in self.stretches if one.since < end)
        return sum(self.calendar.minutes_between(one.since, min(one.until, end)) for one in running)

    def words(self, total: int) -> str:
        return _hours(total)


class _CalendarDays(_Term):
    """Counted in days, closed ones too; the days that the end rolls over are not counted."""

    def total(self, day: date) -> int:
        whole = (last_day(self.begins.date(), self.limit) - self.begins.date()).days
        running = (one for one in self.stretches if one.since.date() <= day)
        days = sum((min(one.until.date(), day) - one.since.date()).days for one in running)
        return min(days, whole)

    def words(self, total: int) -> str:
        return _days(total)

    def _closed(self, day: date, *, counted: bool) -> str:
        if not counted and day > self.begins.date():
            return _("Hết thời hạn vào ngày nghỉ, chuyển sang ngày làm việc tiếp theo")
        return super()._closed(day, counted=counted)


def _clock(moment: datetime) -> dict[str, str]:
    return {"clock": f"{moment:%H:%M}"}


def _days(days: int) -> str:
    return ngettext("%(days)d ngày", "%(days)d ngày", days) % {"days": days}


def _hours(minutes: int) -> str:
    hours, minutes = divmod(minutes, MINUTES_PER_HOUR)
    parts = []
    if hours or not minutes:
        parts.append(ngettext("%(hours)d giờ", "%(hours)d giờ", hours) % {"hours": hours})
    if minutes:
        parts.append(ngettext("%(minutes)d phút", "%(minutes)d phút", minutes) % {"minutes": minutes})
    return " ".join(parts)
