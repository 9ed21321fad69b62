"""Receipts for fees and charges (biên lai): gap-free in their series, cancelled ones stay visible."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onestop.enums import PaymentMethod

# A receipt's number has seven digits; the series ends with the last of them.
NUMBER_DIGITS = 7
LAST_NUMBER = 10**NUMBER_DIGITS - 1


class ReceiptSeries(models.Model):
    """A run of receipts of one agency: form, symbol, numbers and days as its notice of issue says (mẫu số,
    ký hiệu, thông báo phát hành; Decree 123/2020/NĐ-CP, chapter III).

    Who needs more numbers opens the next run; this one stays as it is.
    """

    agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="receipt_series"
    )
    form = models.CharField(_("mẫu số"), max_length=20)
    symbol = models.CharField(_("ký hiệu"), max_length=10)
    year = models.PositiveSmallIntegerField(_("năm"))
    first_number = models.PositiveIntegerField(_("từ số"), default=1)
    last_number = models.PositiveIntegerField(_("đến số"), default=LAST_NUMBER)
    valid_from = models.DateField(_("dùng từ ngày"))
    # None: until its numbers are used up.
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    opened_at = models.DateTimeField(_("mở lúc"))
    # None: opened by the first receipt of an agency that announces no runs.
    opened_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-year", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "form", "symbol", "year", "first_number"], name="receipt_series_once"
            ),
            models.CheckConstraint(
                condition=Q(first_number__gte=1, last_number__lte=LAST_NUMBER)
                & Q(last_number__gte=models.F("first_number")),
                name="receipt_series_numbers",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="receipt_series_days",
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.form} {self.symbol}"

    @property
    def numbers_text(self) -> str:
        """As a notice of issue writes it: 0000001–0000500."""
        return f"{self.first_number:0{NUMBER_DIGITS}d}–{self.last_number:0{NUMBER_DIGITS}d}"


class Receipt(models.Model):
    """Money was taken for charges of a dossier. What it says is a snapshot; a reprint gives the same bytes.

    A wrong one is cancelled with its reason and keeps its number (rule 36). The file is made when it is first
    printed, so that a power cut between number and print loses nothing.
    """

    series = models.ForeignKey(ReceiptSeries, on_delete=models.PROTECT, related_name="receipts")
    number = models.PositiveIntegerField(_("số"))
    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="receipts")
    # Dong.
    amount = models.PositiveIntegerField(_("số tiền (đồng)"))
    payer = models.CharField(_("người nộp tiền"), max_length=200)
    method = models.CharField(_("hình thức nộp"), max_length=10, choices=PaymentMethod.choices)
    # What identifies a transfer: the bank's number.
    reference = models.CharField(_("số chứng từ"), max_length=100, blank=True)
    content = models.JSONField(_("nội dung"))
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(_("lập lúc"))
    # None: paid through the gateway, issued by the system.
    issued_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(_("hủy lúc"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancel_reason = models.CharField(_("lý do hủy"), max_length=500, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["issued_at"], name="receipt_issued")]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="receipt_number_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=LAST_NUMBER, amount__gt=0), name="receipt_in_range"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancel_reason="")
                | (Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason="")),
                name="receipt_cancelled_with_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="what_it_says_stays",
                operation=pgtrigger.UpdateOf(
                    "series_id",
                    "number",
                    "dossier_id",
                    "amount",
                    "payer",
                    "method",
                    "reference",
                    "content",
                    "issued_at",
                    "issued_by_id",
                )
                | pgtrigger.Delete,
            ),
            pgtrigger.Protect(
                name="file_is_made_once",
                operation=pgtrigger.UpdateOf("file_id"),
                condition=pgtrigger.Condition("OLD.file_id IS NOT NULL"),
            ),
            pgtrigger.Protect(
                name="cancelled_once",
                operation=pgtrigger.UpdateOf("cancelled_at", "cancelled_by_id", "cancel_reason"),
                condition=pgtrigger.Condition("OLD.cancelled_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series.symbol} {self.number_text}"

    @property
    def number_text(self) -> str:
        """As printed: 0000012."""
        return f"{self.number:0{NUMBER_DIGITS}d}"

    @property
    def file_name(self) -> str:
        """What the browser calls it."""
        return f"bien-lai-{self.number_text}-{self.series.year}.pdf"
