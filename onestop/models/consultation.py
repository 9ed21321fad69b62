"""Opinions that are asked of other agencies while a dossier is at work (domain: 3.6)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Opinion(models.TextChoices):
    """What an agency that was asked said; silence counts only where the procedure says so."""

    AGREES = "agrees", _("Đồng ý")
    OBJECTS = "objects", _("Không đồng ý")
    REMARKS = "remarks", _("Có ý kiến khác")
    SILENCE = "silence", _("Quá hạn không trả lời, coi như đồng ý")
    # The dossier ended before the answer came.
    WITHDRAWN = "withdrawn", _("Thôi hỏi")


class Consultation(models.Model):
    """One question to one agency, until when, and what it said; silence is consent only where the procedure
    says so."""

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="consultations")
    asking_agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="consultations")
    question = models.TextField(_("nội dung lấy ý kiến"))
    asked_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("hỏi lúc"))
    due_at = models.DateTimeField(_("hạn trả lời"))
    opinion = models.CharField(_("ý kiến"), max_length=10, choices=Opinion.choices, blank=True)
    answer = models.TextField(_("nội dung trả lời"), blank=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True)
    answered_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("asked_at", "id")
        indexes = [
            models.Index(fields=["agency", "due_at"], name="consultation_open", condition=Q(opinion=""))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "agency"], condition=Q(opinion=""), name="consultation_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(opinion="", answered_at__isnull=True)
                | (~Q(opinion="") & Q(answered_at__isnull=False)),
                name="consultation_answer_has_time",
            ),
            models.CheckConstraint(condition=~Q(agency=F("asking_agency")), name="consultation_of_another"),
            models.CheckConstraint(
                condition=~Q(opinion="silence") | Q(answered_at__gt=F("due_at")),
                name="consultation_silent_past_deadline",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.opinion <> ''"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} → {self.agency_id}"
