"""A leader's directive on an incoming document, and who carries it out."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.enums import AssignmentRole


class Directive(models.Model):
    """Bút phê: written once, never edited; a new one supersedes it (Decree 30/2020, Art. 23; rule 37)."""

    delivery = models.ForeignKey("documents.Delivery", on_delete=models.PROTECT, related_name="directives")
    author = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("ý kiến chỉ đạo"))
    at = models.DateTimeField(_("lúc"))
    due_on = models.DateField(_("hạn xử lý"), null=True)
    superseded_at = models.DateTimeField(_("được thay lúc"), null=True)

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["delivery"], name="directive_one_in_force", condition=Q(superseded_at__isnull=True)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="written_once", fields=["delivery", "author", "text", "at", "due_on"]),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Parts in directives."""

    def in_force(self) -> Self:
        """Parts in directives that no later one has superseded."""
        return self.filter(directive__superseded_at=None)


class Assignment(models.Model):
    """One unit's or person's part in a directive: exactly one leads, on each level.

    The leader gives parts to units and people; the head of a unit gives the unit's part on to people (second
    part of the law's handling slip), as rows ``within`` the unit's.
    """

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="assignments")
    within = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="given_on")
    role = models.CharField(_("vai trò"), max_length=12, choices=AssignmentRole.choices)
    department = models.ForeignKey(
        "organizations.Department", on_delete=models.PROTECT, null=True, related_name="assignments"
    )
    member = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, related_name="assignments"
    )
    due_on = models.DateField(_("hạn"), null=True)
    done_at = models.DateTimeField(_("xong lúc"), null=True)
    note = models.TextField(_("kết quả"), blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["directive"], name="assignment_one_lead", condition=Q(role="lead", within=None)
            ),
            models.UniqueConstraint(
                fields=["within"], name="assignment_one_lead_within", condition=Q(role="lead")
            ),
            models.CheckConstraint(
                condition=Q(department__isnull=False) ^ Q(member__isnull=False),
                name="assignment_unit_or_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.department_id or self.member_id}"
