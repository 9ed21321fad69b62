"""A message to a person in a position, or to whoever holds a role in an agency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor
from egov.organizations.enums import Role

if TYPE_CHECKING:
    from egov.organizations.actor import SignedOut


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Notifications by whose they are."""

    def visible_to(self, actor: Actor | SignedOut) -> NotificationQuerySet:
        """Those for the actor's own position, and those for their role in their agency."""
        if not isinstance(actor, Actor):
            return self.none()
        mine = Q(member_id=actor.membership.pk)
        ours = Q(agency_id=actor.agency_id, role=actor.role)
        return self.filter(mine | ours)

    def unread(self) -> NotificationQuerySet:
        """Those that nobody whom they are for has opened yet."""
        return self.filter(read_at=None)


class Notification(models.Model):
    """One thing that somebody should know; ``key`` says it once, whatever runs twice."""

    member = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, related_name="notifications"
    )
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(_("vai trò"), max_length=15, choices=Role.choices, blank=True)
    event = models.CharField(_("sự kiện"), max_length=60)
    text = models.CharField(_("nội dung"), max_length=600)
    # What it is about, as ids and words: pages know the address, this layer does not.
    subject_type = models.CharField(_("loại đối tượng"), max_length=60, blank=True)
    subject_id = models.BigIntegerField(_("đối tượng"), null=True)
    key = models.CharField(_("khóa chống trùng"), max_length=120, unique=True)
    created_at = models.DateTimeField(_("lúc"), auto_now_add=True)
    read_at = models.DateTimeField(_("đọc lúc"), null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = [
            models.Index(fields=["member"], name="notification_mine", condition=Q(read_at=None)),
            models.Index(fields=["agency", "role"], name="notification_ours", condition=Q(read_at=None)),
            models.Index(fields=["event", "subject_id"], name="notification_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(member__isnull=False) & Q(agency__isnull=True) & Q(role=""))
                | (Q(member__isnull=True) & Q(agency__isnull=False) & ~Q(role="")),
                name="notification_to_person_or_role",
            ),
        ]

    def __str__(self) -> str:
        return self.text
