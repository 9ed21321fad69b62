"""The receipt of an online filing: every file with its SHA-256, signed by the system."""

from __future__ import annotations

from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from egov.workflow.performer import Performer
from portal.models.citizen import Citizen
from portal.models.draft import Draft


class FilingReceiptQuerySet(models.QuerySet["FilingReceipt"]):
    """Receipts by whose they are."""

    def visible_to(self, performer: Performer | None) -> Self:
        """Whoever filed."""
        return self.filter(draft__citizen_id=performer.pk) if isinstance(performer, Citizen) else self.none()

    def unsigned(self) -> Self:
        """Those that still wait for their signature."""
        return self.filter(file=None)


class FilingReceipt(models.Model):
    """What was filed, word for word as it was that moment; the PDF is set from it and signed.

    It proves what was sent and when. It is not the counter's receipt (giấy tiếp nhận, form 01), which only
    a dossier that was taken in gets (rule 12).
    """

    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="receipt")
    number = models.CharField(_("số hồ sơ nộp trực tuyến"), max_length=60)
    # With the number it looks the dossier up; the applicant's alone.
    secret = models.CharField(_("mã tra cứu"), max_length=16)
    filed_at = models.DateTimeField(_("nộp lúc"))
    # Dong to be paid before the counter takes it up.
    pay_first = models.PositiveIntegerField(_("nộp trước (đồng)"), default=0)
    # What it says, as JSON: see portal/queries/filing_receipt.py.
    content: models.JSONField[dict[str, Any]] = models.JSONField(_("nội dung"))
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("ký lúc"), null=True)

    objects = FilingReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("giấy xác nhận nộp hồ sơ")
        verbose_name_plural = _("giấy xác nhận nộp hồ sơ")
        ordering = ("-filed_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(file=None, signed_at=None) | Q(file__isnull=False, signed_at__isnull=False),
                name="filing_receipt_signed_with_file",
            )
        ]
        indexes = [models.Index(fields=["id"], name="filing_receipt_unsigned", condition=Q(file=None))]
        triggers = [
            pgtrigger.Protect(
                name="words_stay",
                operation=pgtrigger.UpdateOf("number", "secret", "filed_at", "content"),
            )
        ]

    def __str__(self) -> str:
        return self.number
