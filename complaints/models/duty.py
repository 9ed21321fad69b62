"""Who was appointed to receive people, keep registers, keep keys: with dates, by a decision."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.enums import DutyKind
from egov.organizations.models.period import ends_after_start, in_force


class DutyQuerySet(models.QuerySet["Duty"]):
    """Duties by date."""

    def current(self, on: date) -> Self:
        """Duties held on that day in positions held on it."""
        return self.filter(in_force(on), in_force(on, "membership__"), membership__user__is_active=True)


def held_by_position(on: date) -> models.QuerySet["Duty", str]:
    """Codes of the duties of the position that an outer query reads."""
    return Duty.objects.filter(in_force(on), membership=models.OuterRef("pk")).values_list("kind", flat=True)


class Duty(models.Model):
    """One duty of one position. The head of the agency appoints; nobody has one by role alone."""

    membership = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, related_name="complaint_duties"
    )
    kind = models.CharField(_("nhiệm vụ"), max_length=12, choices=DutyKind.choices)
    basis = models.CharField(_("quyết định phân công"), max_length=200)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "valid_from", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "kind"], condition=Q(valid_to__isnull=True), name="duty_once"
            ),
            ends_after_start("duty_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.membership_id}"
