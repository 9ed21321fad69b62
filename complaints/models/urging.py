"""A body that is late is urged by the one above or by the one that sent it the letter."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Urging(models.Model):
    """Which body was urged to do what by when, and what it answered; open until it did."""

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="urgings")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    paper = models.OneToOneField("complaints.MatterPaper", on_delete=models.PROTECT, related_name="urging")
    answer_by = models.DateField(_("trả lời trước hết ngày"), null=True, blank=True)
    urged_at = models.DateTimeField(_("đôn đốc lúc"))
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    answer = models.CharField(_("nội dung trả lời"), max_length=1000, blank=True)

    class Meta:
        ordering = ("-urged_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="urging_answered_in_words",
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} – {self.agency_id}"
