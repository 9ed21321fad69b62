"""How a matter is settled: the decision on a complaint, the conclusion on a denunciation (rule 30)."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutcomeForm(models.TextChoices):
    """What the result stands in; each kind of matter has its own."""

    DECISION = "decision", _("Quyết định giải quyết khiếu nại")
    CONCLUSION = "conclusion", _("Kết luận nội dung tố cáo")
    ANSWER = "answer", _("Văn bản trả lời")


class ComplaintResult(models.TextChoices):
    """The words for a complaint; the last three only for its second settlement."""

    RIGHT = "right", _("Khiếu nại đúng toàn bộ")
    PARTLY = "partly", _("Khiếu nại đúng một phần")
    WRONG = "wrong", _("Khiếu nại sai toàn bộ")
    UPHOLD = "uphold", _("Giữ nguyên quyết định giải quyết lần đầu")
    MODIFY = "modify", _("Sửa đổi, hủy một phần quyết định giải quyết lần đầu")
    CANCEL = "cancel", _("Hủy toàn bộ quyết định giải quyết lần đầu")


class DenunciationResult(models.TextChoices):
    """The words for a denunciation."""

    TRUE = "true", _("Tố cáo đúng")
    PARTLY_TRUE = "partly_true", _("Tố cáo đúng một phần")
    FALSE = "false", _("Tố cáo sai")
    KNOWINGLY_FALSE = "knowingly_false", _("Cố ý tố cáo sai sự thật")


class AnswerResult(models.TextChoices):
    """For what is answered, not decided."""

    TAKEN_UP = "taken_up", _("Tiếp thu")
    EXPLAINED = "explained", _("Giải thích, trả lời")


FIRST_RESULTS = (ComplaintResult.RIGHT, ComplaintResult.PARTLY, ComplaintResult.WRONG)
SECOND_RESULTS = (ComplaintResult.UPHOLD, ComplaintResult.MODIFY, ComplaintResult.CANCEL)
RESULTS = [*ComplaintResult.choices, *DenunciationResult.choices, *AnswerResult.choices]


class Outcome(models.Model):
    """A draft, then the paper that was issued for it: number, day and signer are the paper's own."""

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="outcomes")
    form = models.CharField(_("hình thức"), max_length=10, choices=OutcomeForm.choices)
    result = models.CharField(_("kết quả"), max_length=16, choices=RESULTS)
    # What was found and what is decided; the paper around it is made from the matter.
    findings = models.TextField(_("nhận định"))
    ruling = models.TextField(_("nội dung quyết định, kết luận"))
    drafted_at = models.DateTimeField(_("dự thảo lúc"))
    drafted_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(_("bỏ dự thảo lúc"), null=True, blank=True)

    signer = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of the documents' app, which this one knows by its door alone.
    document_id = models.BigIntegerField(_("văn bản"), null=True, blank=True, unique=True)
    requested_at = models.DateTimeField(_("trình ký lúc"), null=True, blank=True)
    notation = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)
    dated_on = models.DateField(_("ngày"), null=True, blank=True)
    issued_at = models.DateTimeField(_("ban hành lúc"), null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(dropped_at__isnull=True), name="outcome_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(form="decision", result__in=ComplaintResult.values)
                | Q(form="conclusion", result__in=DenunciationResult.values)
                | Q(form="answer", result__in=AnswerResult.values),
                name="outcome_words_of_its_form",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True)
                | Q(document_id__isnull=False, dated_on__isnull=False) & ~Q(notation=""),
                name="outcome_issued_as_a_paper",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="issued_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.issued_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return self.notation or f"{self.matter_id}"


class SecondFiling(models.Model):
    """That a complaint goes against a first settlement: until when it could come, whether it came late, and
    whether there was a good reason (rule 27)."""

    matter = models.OneToOneField("complaints.Matter", on_delete=models.PROTECT, related_name="second_filing")
    filed_until = models.DateField(_("được khiếu nại lần hai đến hết ngày"))
    filed_on = models.DateField(_("gửi đơn ngày"))
    # Illness, disaster, work or study far away do not count (law on complaints); who judged it, and why.
    good_reason = models.CharField(_("lý do chính đáng"), max_length=500, blank=True)
    noted_at = models.DateTimeField(_("ghi nhận lúc"))
    noted_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.matter_id}"

    @property
    def is_late(self) -> bool:
        """Filed after the last day, whatever the reason."""
        return self.filed_on > self.filed_until

    @property
    def bars(self) -> bool:
        """Late, and nobody has found a good reason."""
        return self.is_late and not self.good_reason
