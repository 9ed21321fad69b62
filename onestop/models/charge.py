"""What a dossier has to pay, line by line, and who need not pay it on what ground."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onestop.enums import ExemptionGround, FeeBasis, FeeKind


class Exemption(models.Model):
    """Nothing is paid for a dossier: on a ground of the law, with the paper that proves it (rule 34)."""

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="exemptions")
    ground = models.CharField(_("đối tượng được miễn"), max_length=10, choices=ExemptionGround.choices)
    # Which paper it is: number, day, who issued it.
    evidence = models.CharField(_("giấy tờ chứng minh"), max_length=300)
    # The same paper where it lies in the dossier.
    paper = models.ForeignKey(
        "onestop.Paper", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    granted_at = models.DateTimeField(_("miễn lúc"))
    granted_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(evidence="") & ~Q(ground=""), name="exemption_has_ground_and_evidence"
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.get_ground_display()


class ChargeQuerySet(models.QuerySet["Charge"]):
    """Charges by what became of them."""

    def due(self) -> Self:
        """What is still to be paid."""
        return self.filter(exemption=None, receipt=None, dropped_at=None)

    def paid(self) -> Self:
        """Paid, and not given back or asked back."""
        return self.filter(receipt__isnull=False, refund=None)


class Charge(models.Model):
    """One amount of a dossier, by the rule that held when it came in: later versions never change it."""

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="charges")
    rule = models.ForeignKey("onestop.FeeRule", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("loại"), max_length=6, choices=FeeKind.choices)
    name = models.CharField(_("khoản thu"), max_length=200)
    basis = models.CharField(_("cách tính"), max_length=12, choices=FeeBasis.choices)
    quantity = models.PositiveIntegerField(_("số lượng"))
    # Dong.
    amount = models.PositiveIntegerField(_("số tiền (đồng)"))
    laid_at = models.DateTimeField(_("phát sinh lúc"))

    # What became of it: at most one of the three; a cancelled receipt makes it due again.
    exemption = models.ForeignKey(
        Exemption, on_delete=models.PROTECT, null=True, blank=True, related_name="charges"
    )
    receipt = models.ForeignKey(
        "onestop.Receipt", on_delete=models.PROTECT, null=True, blank=True, related_name="charges"
    )
    # The dossier was withdrawn before anybody worked on it, and this was not paid yet.
    dropped_at = models.DateTimeField(_("thôi thu lúc"), null=True, blank=True)
    refund = models.ForeignKey(
        "onestop.Refund", on_delete=models.PROTECT, null=True, blank=True, related_name="charges"
    )

    objects = ChargeQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(
                fields=["dossier"],
                name="charge_due",
                condition=Q(exemption=None, receipt=None, dropped_at=None),
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, quantity__gt=0), name="charge_is_something"),
            models.CheckConstraint(
                condition=Q(exemption=None, receipt=None)
                | Q(exemption=None, dropped_at=None)
                | Q(receipt=None, dropped_at=None),
                name="charge_one_outcome",
            ),
            models.CheckConstraint(
                condition=Q(refund=None) | Q(receipt__isnull=False), name="charge_refunded_was_paid"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="amount_stays",
                operation=pgtrigger.UpdateOf(
                    "dossier_id", "rule_id", "kind", "name", "basis", "quantity", "amount", "laid_at"
                )
                | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.amount}"

    @property
    def is_due(self) -> bool:
        """Whether it is still to be paid."""
        return self.exemption_id is None and self.receipt_id is None and self.dropped_at is None
