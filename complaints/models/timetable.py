"""The head's days of reception: how many the law asks for, when they are, and every change of them."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from complaints.enums import QuotaUnit, TimetableEvent
from egov.organizations.enums import Level
from egov.organizations.models.period import ends_after_start


class ReceptionQuota(models.Model):
    """How many days the head of such a body receives in person, from when to when (rule 43)."""

    level = models.CharField(_("cấp"), max_length=10, choices=Level.choices)
    # Chairs of people's committees have a quota of their own; heads of other bodies theirs.
    is_committee = models.BooleanField(_("Ủy ban nhân dân"), default=True)
    days = models.PositiveSmallIntegerField(_("số ngày"))
    unit = models.CharField(_("trong mỗi"), max_length=5, choices=QuotaUnit.choices)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)
    source = models.CharField(_("căn cứ"), max_length=200)
    is_verified = models.BooleanField(_("đã đối chiếu văn bản"), default=False)

    class Meta:
        ordering = ("level", "is_committee", "valid_from")
        constraints = [
            models.UniqueConstraint(fields=["level", "is_committee", "valid_from"], name="quota_once"),
            ends_after_start("quota_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.days}/{self.get_unit_display()}"


class ReceptionDayQuerySet(models.QuerySet["ReceptionDay"]):
    """Days by what became of them."""

    def standing(self) -> Self:
        """Those that take place or took place."""
        return self.filter(cancelled_at=None)

    def published(self) -> Self:
        """Those that everybody may see, the cancelled ones among them."""
        return self.exclude(published_at=None)


class ReceptionDay(models.Model):
    """One day of the timetable, and who really received on it (rule 42)."""

    agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="reception_days"
    )
    # The day that the plan names, and the working day that it was moved to when that one is closed (rule 44).
    planned_on = models.DateField(_("ngày theo kế hoạch"))
    day = models.DateField(_("ngày tiếp"))
    opens = models.TimeField(_("từ giờ"))
    closes = models.TimeField(_("đến giờ"))
    place = models.CharField(_("nơi tiếp"), max_length=200)
    host = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("công bố lúc"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("hủy lúc"), null=True, blank=True)

    held_at = models.DateTimeField(_("xác nhận đã tiếp lúc"), null=True, blank=True)
    held_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # As the post was held on that day; it may pass on later.
    held_by_head = models.BooleanField(_("người đứng đầu trực tiếp tiếp"), default=False)

    objects = ReceptionDayQuerySet.as_manager()

    class Meta:
        ordering = ("day", "opens", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "day"], condition=Q(cancelled_at=None), name="reception_day_once"
            ),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="reception_day_closes_later"),
            models.CheckConstraint(
                condition=Q(held_at=None, held_by=None, held_by_head=False)
                | Q(held_at__isnull=False, held_by__isnull=False, cancelled_at=None),
                name="reception_day_held_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"

    @property
    def is_moved(self) -> bool:
        """Whether it is not on the day that the plan names."""
        return self.day != self.planned_on


class TimetableChange(models.Model):
    """What was changed of a day, from what to what, why and by whom: shown on the portal (rule 45)."""

    day = models.ForeignKey(ReceptionDay, on_delete=models.PROTECT, related_name="changes")
    event = models.CharField(_("thay đổi"), max_length=10, choices=TimetableEvent.choices)
    before = models.CharField(_("trước"), max_length=300, blank=True)
    after = models.CharField(_("sau"), max_length=300, blank=True)
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    at = models.DateTimeField(_("lúc"))
    user_id = models.BigIntegerField(_("người thực hiện"), null=True)
    person = models.CharField(_("họ tên, chức vụ"), max_length=300, blank=True)

    class Meta:
        ordering = ("at", "id")
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()}: {self.before} → {self.after}"
