"""What is written to a visit after it: a refusal, what became of it, the year's closing of the register."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.enums import ReceptionRefusalGround

FOR_EVER = pgtrigger.Update | pgtrigger.Delete


class ReceptionRefusal(models.Model):
    """Nobody was received: on one of four grounds, by a named decision, with a numbered notice (rule 9)."""

    visit = models.OneToOneField("complaints.Visit", on_delete=models.PROTECT, related_name="refusal")
    ground = models.CharField(_("căn cứ từ chối"), max_length=1, choices=ReceptionRefusalGround.choices)
    reason = models.TextField(_("lý do"))
    decider = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("quyết định lúc"))
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số thông báo"))
    # The notice as it was printed; the same bytes at every print.
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=FOR_EVER)]

    def __str__(self) -> str:
        return f"{self.number:02d}/TB-TCD"


class VisitFollowUp(models.Model):
    """What the receiving officer learnt of the result later: column 11 of the register."""

    visit = models.ForeignKey("complaints.Visit", on_delete=models.PROTECT, related_name="follow_ups")
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("kết quả theo dõi"), max_length=500)

    class Meta:
        ordering = ("at", "id")
        triggers = [pgtrigger.Protect(name="append_only", operation=FOR_EVER)]

    def __str__(self) -> str:
        return self.text


class RegisterClosing(models.Model):
    """The register of one year, closed with its totals and kept as it was printed."""

    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("năm"))
    closed_at = models.DateTimeField(_("khóa sổ lúc"))
    closed_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    # Visits, people, cases, groups, and what else the page counts, on the day of the closing.
    totals = models.JSONField(_("tổng số"))
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-year",)
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="register_closed_once"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=FOR_EVER)]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.year}"
