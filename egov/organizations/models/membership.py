"""A person's position in an agency; one person may hold several."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from egov.organizations.enums import Role
from egov.organizations.models.period import ends_after_start, in_force


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Positions by date."""

    def current(self, on: date) -> Self:
        """Positions held on that day in agencies that exist on it."""
        return self.filter(in_force(on), in_force(on, "agency__"), user__is_active=True)


class Membership(models.Model):
    """Who serves where, as what, from when to when: the source of every right in the system."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="memberships")
    department = models.ForeignKey(
        "organizations.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
    )
    position = models.CharField(_("chức vụ"), max_length=100)
    role = models.CharField(_("vai trò"), max_length=15, choices=Role.choices)
    # The head signs in own right (or TM.); a deputy signs KT. (Decree 30/2020, Art. 13).
    is_head = models.BooleanField(_("người đứng đầu"), default=False)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("agency_id", "-is_head", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "position", "valid_from"], name="membership_once"
            ),
            ends_after_start("membership_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.position} – {self.user_id} – {self.agency_id}"

    def holds_on(self, day: date) -> bool:
        """Whether the position is held on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
