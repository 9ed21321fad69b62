"""The papers that go out about a content: guidance, transfer, refusal … each with its outgoing number."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MatterPaper(models.Model):
    """One outgoing paper: its words are a snapshot of the day, its number is never given again.

    The file is made when it is first printed and is the same ever after. A paper that is signed and sent to
    another agency as an official document also names that document.
    """

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", _("Phiếu đề xuất thụ lý")
        COMPLETION = "completion", _("Yêu cầu bổ sung")
        REFUSAL = "refusal", _("Thông báo không thụ lý")
        GUIDANCE = "guidance", _("Phiếu hướng dẫn")
        TRANSFER = "transfer", _("Phiếu chuyển đơn")
        TRANSFER_NOTICE = "told_transfer", _("Thông báo chuyển đơn")
        RETURN = "return", _("Phiếu trả lại đơn")
        URGING = "urging", _("Văn bản đôn đốc")
        ANSWER = "answer", _("Văn bản trả lời")
        STOP = "stop", _("Quyết định đình chỉ")
        REPLY = "reply", _("Báo kết quả cho nơi chuyển đơn")

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="papers")
    proposal = models.ForeignKey(
        "complaints.Proposal", on_delete=models.PROTECT, null=True, blank=True, related_name="papers"
    )
    kind = models.CharField(_("loại"), max_length=13, choices=Kind.choices)
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số"))
    notation = models.CharField(_("số, ký hiệu"), max_length=60)
    content = models.JSONField(_("nội dung"))
    # An agency of the network that it goes to; papers for people and outside bodies have none.
    addressee = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(_("lập lúc"))
    # None: the system issued it (a letter about the head of the body that received it goes up by itself).
    issued_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of the documents' app, which this one knows by its door alone.
    document_id = models.BigIntegerField(_("văn bản"), null=True, blank=True, unique=True)
    document_notation = models.CharField(_("số, ký hiệu văn bản"), max_length=60, blank=True)
    sent_at = models.DateTimeField(_("phát hành lúc"), null=True, blank=True)

    class Meta:
        ordering = ("issued_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="matter_paper_number"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(document_id__isnull=False), name="matter_paper_sent_as_document"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="snapshot_stays",
                operation=pgtrigger.UpdateOf(
                    "matter_id", "kind", "agency_id", "year", "number", "notation", "issued_at"
                )
                | pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return self.notation

    @property
    def file_name(self) -> str:
        """What the browser calls it: nobody's name stands in it."""
        return f"{self.kind}-{self.number}-{self.year}.pdf"
