"""A letter withdrawn, in whole or in part; and measures that hold while it is being settled."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Withdrawal(models.Model):
    """What was withdrawn, when, by which paper. A forced one is marked, and its content goes on (rule 34)."""

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="withdrawals")
    is_whole = models.BooleanField(_("rút toàn bộ"))
    # Of a part: which.
    content = models.CharField(_("nội dung rút"), max_length=1000, blank=True)
    received_on = models.DateField(_("nhận văn bản rút đơn ngày"))
    noted_at = models.DateTimeField(_("ghi nhận lúc"))
    noted_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    # Why a denunciation is settled all the same: signs of a breach, or of force.
    goes_on_because = models.CharField(_("vẫn tiếp tục giải quyết vì"), max_length=500, blank=True)
    order = models.OneToOneField(
        "complaints.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="withdrawal"
    )
    forced_because = models.CharField(_("bị đe dọa, ép buộc: chứng cứ"), max_length=500, blank=True)
    reopened_by = models.OneToOneField(
        "complaints.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="reopened"
    )
    # From when to when nothing ran because of it.
    stopped_on = models.DateField(_("đình chỉ từ ngày"), null=True, blank=True)
    reopened_on = models.DateField(_("giải quyết lại từ ngày"), null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(is_whole=True) | ~Q(content=""), name="withdrawal_of_what"),
            models.CheckConstraint(
                condition=Q(reopened_by__isnull=True, reopened_on__isnull=True)
                | Q(reopened_by__isnull=False, reopened_on__isnull=False) & ~Q(forced_because=""),
                name="withdrawal_reopened_when_forced",
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.received_on}"


class TemporaryMeasure(models.Model):
    """Execution of the decision complained of stands still, because harm would be hard to repair."""

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="measures")
    order = models.OneToOneField("complaints.Order", on_delete=models.PROTECT, related_name="measure")
    what = models.CharField(_("biện pháp"), max_length=1000)
    until = models.DateField(_("đến hết ngày"))
    lifted_by = models.OneToOneField(
        "complaints.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="lifted"
    )

    class Meta:
        ordering = ("id",)
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.order_id}"
