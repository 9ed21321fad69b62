"""What the index of Decision 766/QĐ-TTg is made of, and how much each part weighs, by date."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from onestop.enums import IndexGroup


class IndexPartQuerySet(models.QuerySet["IndexPart"]):
    """Parts by date."""

    def in_force(self, on: date) -> Self:
        """The parts that count on that day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)


class IndexPart(models.Model):
    """One part of the index with its points. ``measure`` names what this system computes for it, if anything.

    A part without a measure is shown as not measured and is in no sum.
    """

    group = models.CharField(_("nhóm chỉ số"), max_length=15, choices=IndexGroup.choices)
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    name = models.CharField(_("chỉ số thành phần"), max_length=300)
    points = models.DecimalField(_("điểm tối đa"), max_digits=5, decimal_places=2)
    measure = models.CharField(_("cách đo"), max_length=30, blank=True)
    # Whether somebody compared the points with the decision's annex; groups' totals are certain.
    is_confirmed = models.BooleanField(_("điểm đã đối chiếu"), default=False)
    source = models.CharField(_("căn cứ"), max_length=200)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)

    objects = IndexPartQuerySet.as_manager()

    class Meta:
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(fields=["order", "valid_from"], name="index_part_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="index_part_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name
