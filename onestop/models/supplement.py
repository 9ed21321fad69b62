"""Requests for papers that are missing: all of them at once, and who approved asking again (rule 20)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SupplementRequest(models.Model):
    """One request to the applicant (form 02). A second one is only a proposal until a leader approves it."""

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="supplements")
    number = models.PositiveSmallIntegerField(_("lần"))
    reason = models.CharField(_("lý do"), max_length=500)
    deadline_on = models.DateField(_("thời hạn bổ sung"))
    proposed_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("đề nghị lúc"))
    # Why the first request did not name these papers; only a second one has it.
    again_reason = models.CharField(_("lý do yêu cầu thêm lần nữa"), max_length=500, blank=True)
    approved_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(_("gửi người nộp lúc"), null=True)
    form = models.OneToOneField(
        "onestop.IssuedForm", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("đã bổ sung lúc"), null=True)
    # Declined by the leader, or overtaken: the dossier was stopped or withdrawn.
    closed_at = models.DateTimeField(_("khép lại lúc"), null=True)
    closed_reason = models.CharField(_("lý do khép lại"), max_length=500, blank=True)

    class Meta:
        ordering = ("dossier_id", "number")
        indexes = [
            models.Index(
                fields=["deadline_on"],
                name="supplement_waiting",
                condition=Q(issued_at__isnull=False, answered_at__isnull=True, closed_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="supplement_number"),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(answered_at__isnull=True, closed_at__isnull=True),
                name="supplement_one_at_a_time",
            ),
            # Rule 20, held by the database: the first goes out by itself, a later one only approved.
            models.CheckConstraint(
                condition=Q(number=1)
                | (Q(issued_at__isnull=True) | Q(approved_by__isnull=False)) & ~Q(again_reason=""),
                name="supplement_again_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("issued_at")),
                name="supplement_answered_after_issue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.number}"

    @property
    def is_proposed(self) -> bool:
        """Whether it still waits for a leader's word."""
        return self.issued_at is None and self.closed_at is None

    @property
    def is_waiting(self) -> bool:
        """Whether the applicant has been asked and has not answered."""
        return self.issued_at is not None and self.answered_at is None and self.closed_at is None


class SupplementItem(models.Model):
    """One paper asked for, always one of the published list: nobody may ask for another."""

    request = models.ForeignKey(SupplementRequest, on_delete=models.PROTECT, related_name="items")
    requirement = models.ForeignKey("onestop.Requirement", on_delete=models.PROTECT, related_name="+")
    name = models.TextField(_("giấy tờ"))
    # What is wrong with the one that was handed in, or how the missing one must be.
    demand = models.CharField(_("yêu cầu"), max_length=500, blank=True)
    brought = models.OneToOneField(
        "onestop.Paper", on_delete=models.PROTECT, null=True, blank=True, related_name="asked_in"
    )

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["request", "requirement"], name="supplement_item_once")
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name
