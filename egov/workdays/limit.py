"""How long something may take: a number and its unit, as a procedure states it."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

# One working day is eight working hours wherever limits of both units are set side by side.
HOURS_PER_WORKING_DAY = 8
WORKING_DAYS_PER_WEEK = 5
DAYS_PER_WEEK = 7
DAYS_PER_MONTH = 30
MINUTES_PER_HOUR = 60


class LimitUnit(models.TextChoices):
    """What a limit is counted in."""

    WORKING_DAYS = "working_days", _("ngày làm việc")
    CALENDAR_DAYS = "calendar_days", _("ngày")
    HOURS = "hours", _("giờ")
    MONTHS = "months", _("tháng")


@dataclass(frozen=True, slots=True)
class Limit:
    """``Limit(3, LimitUnit.WORKING_DAYS)``; ``str()`` gives its words, “3 ngày làm việc”.

    Hours are working hours. Raises ValueError for a negative amount.
    """

    amount: int
    unit: LimitUnit

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError("a limit has no negative length")
        # A column of a database gives the bare code.
        object.__setattr__(self, "unit", LimitUnit(self.unit))

    def __str__(self) -> str:
        match self.unit:
            case LimitUnit.WORKING_DAYS:
                words = ngettext("%(amount)d ngày làm việc", "%(amount)d ngày làm việc", self.amount)
            case LimitUnit.CALENDAR_DAYS:
                words = ngettext("%(amount)d ngày", "%(amount)d ngày", self.amount)
            case LimitUnit.HOURS:
                words = ngettext("%(amount)d giờ", "%(amount)d giờ", self.amount)
            case LimitUnit.MONTHS:
                words = ngettext("%(amount)d tháng", "%(amount)d tháng", self.amount)
        return words % {"amount": self.amount}

    @property
    def is_in_calendar_days(self) -> bool:
        """Whether closed days count too: the limit ends with a day, not at a working minute."""
        return self.unit in {LimitUnit.CALENDAR_DAYS, LimitUnit.MONTHS}

    @property
    def working_hours(self) -> float:
        """The limit as working hours, to set limits of different units side by side; not for deadlines.

        A working day is eight hours. Calendar units are spread evenly: five working days in seven days,
        thirty days in a month.
        """
        per_day = HOURS_PER_WORKING_DAY * WORKING_DAYS_PER_WEEK / DAYS_PER_WEEK
        each = {
            LimitUnit.HOURS: 1,
            LimitUnit.WORKING_DAYS: HOURS_PER_WORKING_DAY,
            LimitUnit.CALENDAR_DAYS: per_day,
            LimitUnit.MONTHS: per_day * DAYS_PER_MONTH,
        }
        return self.amount * each[self.unit]

    def is_shorter_than(self, other: "Limit") -> bool:
        """Whether this limit allows less working time than the other."""
        return self.working_hours < other.working_hours

    def reduction_from(self, legal: "Limit") -> float | None:
        """By what share this (committed) limit undercuts the legal one: 0.5 is half of it, 0 the same.

        None when the legal limit is nothing, of which no share can be taken.
        """
        if not legal.amount:
            return None
        if self.unit == legal.unit:
            return 1 - self.amount / legal.amount
        return 1 - self.working_hours / legal.working_hours
