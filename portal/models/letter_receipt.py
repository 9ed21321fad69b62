"""The receipt of a letter that came over the portal: every file with its SHA-256, signed by the system."""

from __future__ import annotations

from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LetterReceiptQuerySet(models.QuerySet["LetterReceipt"]):
    """Receipts by what still has to be done."""

    def unsigned(self) -> Self:
        """Those that still wait for their signature."""
        return self.filter(file=None)


class LetterReceipt(models.Model):
    """What was taken, without who sent it: nobody is named on it, so that it may be carried about.

    Whoever knows the letter's code and secret is handed it (rule 52 of complaints); the secret is asked of
    the letter itself and stands here nowhere.
    """

    number = models.CharField(_("mã đơn"), max_length=60, unique=True)
    # What it says, as JSON: see portal/queries/letter_receipt.py.
    content: models.JSONField[dict[str, Any]] = models.JSONField(_("nội dung"))
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("ký lúc"), null=True)

    objects = LetterReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("giấy xác nhận gửi đơn")
        verbose_name_plural = _("giấy xác nhận gửi đơn")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(file=None, signed_at=None) | Q(file__isnull=False, signed_at__isnull=False),
                name="letter_receipt_signed_with_file",
            )
        ]
        indexes = [models.Index(fields=["id"], name="letter_receipt_unsigned", condition=Q(file=None))]
        triggers = [pgtrigger.Protect(name="words_stay", operation=pgtrigger.UpdateOf("number", "content"))]

    def __str__(self) -> str:
        return self.number
