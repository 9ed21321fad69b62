"""What an applicant owes the state before the result is given: tax, land money (domain: 3.6)."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FinancialDuty(models.Model):
    """Asked of the tax office, its notice with number and amount, and the proof that it was paid."""

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="duties")
    tax_office = models.CharField(_("cơ quan xác định nghĩa vụ"), max_length=200)
    sent_at = models.DateTimeField(_("chuyển phiếu lúc"))
    sent_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    notice_number = models.CharField(_("số thông báo"), max_length=60, blank=True)
    notice_on = models.DateField(_("ngày thông báo"), null=True, blank=True)
    # Dong.
    amount = models.PositiveBigIntegerField(_("số tiền (đồng)"), null=True, blank=True)
    paid_on = models.DateField(_("ngày nộp"), null=True, blank=True)
    receipt_number = models.CharField(_("số chứng từ nộp tiền"), max_length=60, blank=True)
    proof = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proved_at = models.DateTimeField(_("có chứng từ lúc"), null=True)
    proved_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The dossier was stopped before anything was paid.
    closed_at = models.DateTimeField(_("khép lại lúc"), null=True)

    class Meta:
        ordering = ("sent_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(proved_at__isnull=True, closed_at__isnull=True),
                name="financial_duty_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(notice_number="", amount__isnull=True)
                | (~Q(notice_number="") & Q(amount__isnull=False, notice_on__isnull=False)),
                name="financial_duty_notice_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(proved_at__isnull=True)
                | (~Q(notice_number="") & ~Q(receipt_number="") & Q(paid_on__isnull=False)),
                name="financial_duty_proved_by_receipt",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="proved_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.proved_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return self.notice_number or self.tax_office
