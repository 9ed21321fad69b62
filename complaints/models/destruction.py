"""The head's decision to destroy filed letters whose year of keeping is over, and what it destroyed (41)."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Destruction(models.Model):
    """One decision of a head: number, day, and when it was carried out. It stays for ever."""

    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(_("số quyết định"), max_length=60)
    decided_on = models.DateField(_("ngày quyết định"))
    decided_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    person = models.CharField(_("họ tên, chức vụ"), max_length=300)
    at = models.DateTimeField(_("tiêu hủy lúc"))

    class Meta:
        ordering = ("-at", "-id")
        constraints = [
            models.CheckConstraint(condition=~Q(decision=""), name="destruction_has_decision"),
            models.UniqueConstraint(fields=["agency", "decision"], name="destruction_decision_once"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.decision


class DestroyedLetter(models.Model):
    """A letter that was destroyed, and how much of it there was: its code and number stay, not its words."""

    destruction = models.ForeignKey(Destruction, on_delete=models.PROTECT, related_name="letters")
    letter = models.OneToOneField("complaints.Letter", on_delete=models.PROTECT, related_name="destroyed")
    code = models.CharField(_("mã đơn"), max_length=60)
    # The day from which its year of keeping was counted.
    closed_on = models.DateField(_("ngày lưu"))
    matters = models.PositiveSmallIntegerField(_("số nội dung"))
    people = models.PositiveSmallIntegerField(_("số người bị xóa khỏi hồ sơ"))
    files = models.PositiveSmallIntegerField(_("số tệp"))

    class Meta:
        ordering = ("code",)
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.code
