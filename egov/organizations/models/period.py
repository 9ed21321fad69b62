"""Periods of validity: ``valid_from`` is the first day, ``valid_to`` the first day after the last."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    BigIntegerRangeField,
    DateRangeField,
    RangeBoundary,
    RangeOperators,
)
from django.db import models
from django.db.models import F, Func, Q, Value


def in_force(on: date, prefix: str = "") -> Q:
    """Rows whose validity holds on that day."""
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    )


def ends_after_start(name: str) -> models.CheckConstraint:
    """Nothing ends before it began."""
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name=name
    )


def one_at_a_time(name: str, number: F | Func) -> ExclusionConstraint:
    """No two rows with the same number are in force on the same day.

    An integer range of one stands in for the equality of btree_gist, which the wheels lack.
    """
    point = Func(number, number, Value("[]"), function="int8range", output_field=BigIntegerRangeField())
    period = Func(
        F("valid_from"), F("valid_to"), RangeBoundary(), function="daterange", output_field=DateRangeField()
    )
    return ExclusionConstraint(
        name=name, expressions=[(point, RangeOperators.OVERLAPS), (period, RangeOperators.OVERLAPS)]
    )
