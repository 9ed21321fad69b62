"""The verification of a matter: who was told to find out what, by when, and what they found (domain: 6)."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class Verification(models.Model):
    """One assignment by decision: the team, what to find out, the days for it inside the main term."""

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="verifications")
    order = models.OneToOneField("complaints.Order", on_delete=models.PROTECT, related_name="verification")
    leader = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    members = models.ManyToManyField("organizations.Membership", blank=True, related_name="+")
    content = models.TextField(_("nội dung xác minh"))
    due_on = models.DateField(_("xác minh xong trước hết ngày"))
    plan = models.TextField(_("kế hoạch xác minh"), blank=True)
    planned_at = models.DateTimeField(_("lập kế hoạch lúc"), null=True, blank=True)
    planned_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.order_id}"

    @property
    def finding(self) -> "VerificationReport | None":
        """Its report; None as long as there is none."""
        return getattr(self, "report", None)


class EvidenceKind(models.TextChoices):
    """What was taken up in the course of a verification."""

    DOCUMENT = "document", _("Tài liệu, bằng chứng")
    MINUTES = "minutes", _("Biên bản làm việc")
    EXPLANATION = "explanation", _("Văn bản giải trình của người bị khiếu nại, bị tố cáo")
    EXPERT = "expert", _("Kết luận giám định, ý kiến chuyên môn")


class Evidence(models.Model):
    """One piece, as it was taken up: its file is kept unchanged, its line is never written again."""

    verification = models.ForeignKey(Verification, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(_("loại"), max_length=12, choices=EvidenceKind.choices)
    name = models.CharField(_("tên, trích yếu"), max_length=300)
    # The essence: what it shows, who spoke to what; for minutes the minutes themselves.
    words = models.TextField(_("nội dung"), blank=True)
    taken_on = models.DateField(_("ngày thu thập"))
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    file_name = models.CharField(_("tên tệp"), max_length=255, blank=True)
    noted_at = models.DateTimeField(_("ghi nhận lúc"))
    noted_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("taken_on", "id")
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name


class VerificationReport(models.Model):
    """What the verification found, without which nobody drafts a decision (rule 28)."""

    verification = models.OneToOneField(Verification, on_delete=models.PROTECT, related_name="report")
    findings = models.TextField(_("kết quả xác minh"))
    recommendation = models.TextField(_("kiến nghị giải quyết"))
    # Whether what is asked for and what was found still differ: then the first stage needs a dialogue.
    differs = models.BooleanField(_("yêu cầu và kết quả xác minh còn khác nhau"))
    reported_at = models.DateTimeField(_("báo cáo lúc"))
    reported_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.verification_id}"
