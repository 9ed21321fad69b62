"""A content goes from one body to another: sent, entered there in its own register, or sent back."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Transfers by what became of them."""

    def waiting(self) -> Self:
        """Sent, and neither entered nor sent back."""
        return self.filter(received=None, returned_at=None)

    def late(self) -> Self:
        """Sent after the last day for it (rule 15)."""
        return self.annotate(sent_on=TruncDate("sent_at")).filter(due_on__lt=F("sent_on"))


class Transfer(models.Model):
    """One content on its way. Who denounces is on no paper of it: the sealed annex goes apart (rule 16)."""

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="transfers")
    sender = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    # None: a body outside the network, told by its name.
    recipient = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recipient_name = models.CharField(_("cơ quan nhận"), max_length=200)
    # Last day for sending, where the law sets one: denunciations.
    due_on = models.DateField(_("hạn chuyển"), null=True, blank=True)
    sent_at = models.DateTimeField(_("chuyển lúc"))
    paper = models.ForeignKey(
        "complaints.MatterPaper", on_delete=models.PROTECT, null=True, blank=True, related_name="transfers"
    )
    # What it became in the other body's register.
    received = models.OneToOneField(
        "complaints.Matter", on_delete=models.PROTECT, null=True, blank=True, related_name="came_by"
    )
    returned_at = models.DateTimeField(_("trả lại lúc"), null=True, blank=True)
    return_reason = models.CharField(_("lý do trả lại"), max_length=1000, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-id")
        indexes = [
            models.Index(
                fields=["recipient"],
                name="transfer_waiting",
                condition=Q(received=None, returned_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient=None) | ~Q(recipient=F("sender")), name="transfer_to_another"
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, return_reason="")
                | (Q(returned_at__isnull=False) & ~Q(return_reason="")),
                name="transfer_returned_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} → {self.recipient_name}"

    def was_late(self, sent_on: date) -> bool:
        """Whether a sending on that day is past the law's days."""
        return self.due_on is not None and sent_on > self.due_on
