"""Payment through a gateway: what was asked for, what came in, and the daily comparison of the two."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onestop.enums import PaymentKind, SettlementKind


class CollectionAccount(models.Model):
    """The bank account of an agency that fees are transferred to; the VietQR code on slips names it."""

    agency = models.OneToOneField(
        "organizations.Agency", on_delete=models.PROTECT, related_name="collection_account"
    )
    # Six digits that the card network gives each bank (NAPAS).
    bank_bin = models.CharField(_("mã ngân hàng (BIN)"), max_length=6)
    bank_name = models.CharField(_("ngân hàng"), max_length=100)
    number = models.CharField(_("số tài khoản"), max_length=19)
    holder = models.CharField(_("chủ tài khoản"), max_length=200)

    class Meta:
        ordering = ("agency_id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(bank_bin__regex=r"^\d{6}$", number__regex=r"^[0-9A-Z]{1,19}$"),
                name="collection_account_shape",
            )
        ]

    def __str__(self) -> str:
        return f"{self.bank_name} {self.number}"


class PaymentRequest(models.Model):
    """An invitation to pay all that is due of a dossier online; its code names the dossier and the moment."""

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="payment_requests")
    # Dossier code + timestamp (domain: 3.7): what the gateway calls it.
    code = models.CharField(_("mã thanh toán"), max_length=60, unique=True)
    charges = models.ManyToManyField("onestop.Charge", related_name="payment_requests")
    # Dong.
    amount = models.PositiveIntegerField(_("số tiền (đồng)"))
    asked_at = models.DateTimeField(_("lập lúc"))
    expires_at = models.DateTimeField(_("hết hạn lúc"))
    # Money that settled it came in.
    settled_at = models.DateTimeField(_("đã thanh toán lúc"), null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, expires_at__gt=models.F("asked_at")), name="payment_request_shape"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="what_is_asked_stays",
                operation=pgtrigger.UpdateOf("dossier_id", "code", "amount", "asked_at", "expires_at")
                | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return self.code


class Payment(models.Model):
    """Money that the gateway took, each of its transactions once (rule 35)."""

    request = models.ForeignKey(PaymentRequest, on_delete=models.PROTECT, related_name="payments")
    transaction_id = models.CharField(_("mã giao dịch"), max_length=100, unique=True)
    # Dong, as the gateway says.
    amount = models.PositiveIntegerField(_("số tiền (đồng)"))
    paid_at = models.DateTimeField(_("nộp lúc"))
    booked_at = models.DateTimeField(_("ghi nhận lúc"))
    kind = models.CharField(_("phân loại"), max_length=12, choices=PaymentKind.choices)
    # Where it settled the charges.
    receipt = models.OneToOneField(
        "onestop.Receipt", on_delete=models.PROTECT, null=True, blank=True, related_name="payment"
    )

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["paid_at"], name="payment_paid")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["ok", "late"], receipt__isnull=False)
                | Q(kind__in=["duplicate", "wrong_amount"], receipt=None),
                name="payment_settles_or_goes_back",
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.transaction_id


class Settlement(models.Model):
    """One comparison of a day's payments with the gateway's statement of that day."""

    day = models.DateField(_("ngày"))
    compared_at = models.DateTimeField(_("đối soát lúc"))
    ours = models.PositiveIntegerField(_("giao dịch đã ghi nhận"), default=0)
    our_amount = models.PositiveBigIntegerField(_("số tiền đã ghi nhận"), default=0)
    theirs = models.PositiveIntegerField(_("giao dịch trên sao kê"), default=0)
    their_amount = models.PositiveBigIntegerField(_("số tiền trên sao kê"), default=0)
    # Why the statement could not be had; then nothing was compared.
    problem = models.CharField(_("lỗi"), max_length=500, blank=True)

    class Meta:
        ordering = ("-compared_at", "-id")
        indexes = [models.Index(fields=["day"], name="settlement_day")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


class SettlementDifference(models.Model):
    """One transaction that the two do not know alike; it stays open until a person has settled it."""

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="differences")
    kind = models.CharField(_("khác biệt"), max_length=12, choices=SettlementKind.choices)
    transaction_id = models.CharField(_("mã giao dịch"), max_length=100)
    # What the statement says it was for.
    code = models.CharField(_("mã thanh toán"), max_length=100, blank=True)
    our_amount = models.PositiveIntegerField(_("số tiền đã ghi nhận"), null=True)
    their_amount = models.PositiveIntegerField(_("số tiền trên sao kê"), null=True)
    their_paid_at = models.DateTimeField(_("nộp lúc (sao kê)"), null=True)
    # Whose money it is; none when the code is not ours.
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(_("xử lý lúc"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolution = models.CharField(_("cách xử lý"), max_length=500, blank=True)

    class Meta:
        ordering = ("settlement_id", "id")
        constraints = [
            models.UniqueConstraint(fields=["transaction_id", "kind"], name="settlement_difference_once"),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None, resolution="")
                | (Q(resolved_at__isnull=False, resolved_by__isnull=False) & ~Q(resolution="")),
                name="settlement_difference_resolved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.transaction_id}"
