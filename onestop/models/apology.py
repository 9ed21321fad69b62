"""The one apology that a late dossier may have, with the new appointment (form 04; rule 22)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Apology(models.Model):
    """Why the result is late, from when to when the appointment was put off, and whether that was in time.

    The first appointment stays on record in ``Dossier.promised_at``: lateness goes on counting against it.
    """

    # One to one: there is no second apology, whoever writes the row.
    dossier = models.OneToOneField("onestop.Dossier", on_delete=models.PROTECT, related_name="apology")
    reason = models.CharField(_("lý do chậm"), max_length=500)
    old_due_at = models.DateTimeField(_("đã hẹn lúc"))
    # Working days that were added, counted from the old appointment or, when it had passed, from the apology.
    days = models.PositiveSmallIntegerField(_("số ngày làm việc thêm"))
    new_due_at = models.DateTimeField(_("hẹn lại lúc"))
    # Sent later than one day before the appointment.
    is_late = models.BooleanField(_("xin lỗi muộn"))
    form = models.OneToOneField("onestop.IssuedForm", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("lúc"))
    made_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-made_at",)
        constraints = [
            models.CheckConstraint(condition=Q(new_due_at__gt=F("old_due_at")), name="apology_puts_off"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.new_due_at:%d/%m/%Y}"
