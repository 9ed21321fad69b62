"""Money that goes back to the person who paid it."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from onestop.enums import RefundGround, RefundWay


class Refund(models.Model):
    """What goes back of one receipt, or a payment that settled nothing: noted, approved by one official, paid
    out by another."""

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="refunds")
    receipt = models.ForeignKey(
        "onestop.Receipt", on_delete=models.PROTECT, null=True, blank=True, related_name="refunds"
    )
    payment = models.OneToOneField(
        "onestop.Payment", on_delete=models.PROTECT, null=True, blank=True, related_name="refund"
    )
    # Dong.
    amount = models.PositiveIntegerField(_("số tiền (đồng)"))
    ground = models.CharField(_("căn cứ hoàn trả"), max_length=12, choices=RefundGround.choices)
    reason = models.CharField(_("lý do"), max_length=500)
    asked_at = models.DateTimeField(_("lập lúc"))
    # None: the system noted it, when the dossier was withdrawn or money came that was not due.
    asked_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)
    approved_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    way = models.CharField(_("cách trả"), max_length=10, choices=RefundWay.choices, blank=True)
    # Bank and number of the account; empty for cash.
    account = models.CharField(_("tài khoản nhận"), max_length=200, blank=True)
    paid_at = models.DateTimeField(_("chi trả lúc"), null=True, blank=True)
    paid_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["dossier"], name="refund_open", condition=Q(paid_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(receipt__isnull=False, payment=None) | Q(receipt=None, payment__isnull=False),
                name="refund_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(reason=""), name="refund_has_reason"),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="refund_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(paid_at=None, paid_by=None, way="")
                | (
                    Q(paid_at__isnull=False, paid_by__isnull=False, approved_at__isnull=False)
                    & ~Q(way="")
                    & ~Q(paid_by=F("approved_by"))
                ),
                name="refund_paid_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(way="account") | ~Q(account=""), name="refund_names_its_account"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="what_is_asked_stays",
                operation=pgtrigger.UpdateOf(
                    "dossier_id",
                    "receipt_id",
                    "payment_id",
                    "amount",
                    "ground",
                    "reason",
                    "asked_at",
                    "asked_by_id",
                )
                | pgtrigger.Delete,
            ),
            pgtrigger.Protect(
                name="paid_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.paid_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ground_display()}: {self.amount}"

    @property
    def agency_id(self) -> int:
        """Who took the money, and gives it back."""
        return self.receipt.series.agency_id if self.receipt else self.dossier.receiving_agency_id

    @property
    def is_open(self) -> bool:
        """Whether it has not been paid out yet."""
        return self.paid_at is None
