"""When an agency works in an ordinary week."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    BigIntegerRangeField,
    DateRangeField,
    DecimalRangeField,
    RangeBoundary,
    RangeOperators,
)
from django.db import models
from django.db.models import BigIntegerField, DecimalField, F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from egov.organizations.models.period import ends_after_start
from egov.workdays.weekday import Weekday


def _place() -> Func:
    """Agency (none is 0) and weekday as one number: wheels of PostgreSQL lack btree_gist."""
    agency = Coalesce(F("agency"), Value(0), output_field=BigIntegerField())
    number = agency * Value(8) + F("weekday")
    return Func(number, number, Value("[]"), function="int8range", output_field=BigIntegerRangeField())


def _seconds(column: str) -> Func:
    return Func(F(column), template="EXTRACT(EPOCH FROM %(expressions)s)", output_field=DecimalField())


class WorkingHours(models.Model):
    """One stretch of work on one weekday, from a day on; a weekday may have several, around a noon break.

    An agency without rows on a day works as the nearest agency above it that has some, else as the province
    (rows without an agency). Rows are ended and followed by new ones, never rewritten: old terms were
    counted with them.
    """

    agency = models.ForeignKey(
        "organizations.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="working_hours",
    )
    weekday = models.PositiveSmallIntegerField(_("thứ"), choices=Weekday.choices)
    opens = models.TimeField(_("bắt đầu"))
    closes = models.TimeField(_("kết thúc"))
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        ordering = ("valid_from", "weekday", "opens")
        constraints = [
            ends_after_start("working_hours_end_after_start"),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="working_hours_close_after_opening"
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="working_hours_on_a_weekday"),
            ExclusionConstraint(
                name="working_hours_do_not_overlap",
                expressions=[
                    (_place(), RangeOperators.OVERLAPS),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            RangeBoundary(),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            _seconds("opens"),
                            _seconds("closes"),
                            RangeBoundary(),
                            function="numrange",
                            output_field=DecimalRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"
