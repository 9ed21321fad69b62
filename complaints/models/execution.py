"""What a decision or conclusion makes somebody do, item by item, until it is done (rule 33)."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ExecutionKind(models.TextChoices):
    """What has to be carried out, as the reports count it (domain: 11)."""

    MONEY_TO_STATE = "money_state", _("Thu hồi tiền cho Nhà nước (đồng)")
    MONEY_TO_CITIZEN = "money_citizen", _("Trả lại tiền cho công dân (đồng)")
    LAND_TO_STATE = "land_state", _("Thu hồi đất cho Nhà nước (m²)")
    LAND_TO_CITIZEN = "land_citizen", _("Trả lại đất cho công dân (m²)")
    RIGHTS = "rights", _("Khôi phục quyền lợi (người)")
    OFFICERS = "officers", _("Xử lý cán bộ, công chức (người)")
    INVESTIGATORS = "investigators", _("Chuyển cơ quan điều tra (vụ)")
    OTHER = "other", _("Việc khác")


class ExecutionItem(models.Model):
    """One thing to be done: how much, by whom, by when, and how much is done."""

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="execution_items")
    kind = models.CharField(_("loại"), max_length=14, choices=ExecutionKind.choices)
    what = models.CharField(_("nội dung phải thi hành"), max_length=500)
    # The person or body that has to do it, in words: it may be outside the network.
    by_whom = models.CharField(_("người, cơ quan thi hành"), max_length=300)
    amount = models.DecimalField(_("phải thi hành"), max_digits=16, decimal_places=2)
    done_amount = models.DecimalField(_("đã thi hành"), max_digits=16, decimal_places=2, default=0)
    due_on = models.DateField(_("hạn"))
    done_on = models.DateField(_("xong ngày"), null=True, blank=True)
    noted_at = models.DateTimeField(_("ghi nhận lúc"))
    noted_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("due_on", "id")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="execution_has_amount"),
            models.CheckConstraint(
                condition=Q(done_amount__gte=0, done_amount__lte=models.F("amount")),
                name="execution_not_more_than_due",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_amount__lt=models.F("amount"))
                | Q(done_on__isnull=False, done_amount=models.F("amount")),
                name="execution_done_when_all_is",
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.what


class ExecutionStep(models.Model):
    """What was done of an item on a day, and by what paper it is shown. Append-only."""

    item = models.ForeignKey(ExecutionItem, on_delete=models.PROTECT, related_name="steps")
    amount = models.DecimalField(_("đã thi hành"), max_digits=16, decimal_places=2)
    done_on = models.DateField(_("ngày"))
    proof = models.CharField(_("minh chứng"), max_length=500)
    noted_at = models.DateTimeField(_("ghi nhận lúc"))
    noted_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("done_on", "id")
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.item_id} {self.amount}"
