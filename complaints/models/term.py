"""How long the law gives for what: dated rows with their source, never numbers in the code."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.enums import Complexity
from egov.organizations.models.period import ends_after_start, in_force
from egov.workdays.limit import Limit, LimitUnit


class TermKey(models.TextChoices):
    """What a limit is for (domain: 9)."""

    PROCESS = "letter.process", _("Xử lý đơn")
    COMPLAINT_ACCEPT = "complaint.accept", _("Thụ lý khiếu nại")
    COMPLAINT_FIRST = "complaint.first", _("Giải quyết khiếu nại lần đầu")
    COMPLAINT_SECOND = "complaint.second", _("Giải quyết khiếu nại lần hai")
    COMPLAINT_LIMIT = "complaint.limit", _("Thời hiệu khiếu nại")
    COMPLAINT_SECOND_FILE = "complaint.second.file", _("Khiếu nại lần hai")
    COMPLAINT_EFFECT = "complaint.effect", _("Quyết định giải quyết có hiệu lực")
    COMPLAINT_PUBLISH = "complaint.publish", _("Công khai quyết định giải quyết")
    COMPLAINT_SEND_FIRST = "complaint.send.first", _("Gửi quyết định giải quyết lần đầu")
    COMPLAINT_SEND_SECOND = "complaint.send.second", _("Gửi quyết định giải quyết lần hai")
    COMPLAINT_POSTING = "posting.complaint", _("Niêm yết quyết định giải quyết khiếu nại")
    # No length: the row says since when the law knows it.
    COMPLAINT_SUSPEND = "complaint.suspend", _("Tạm đình chỉ giải quyết khiếu nại")
    DISCIPLINE = "discipline", _("Giải quyết khiếu nại quyết định kỷ luật")
    DENUNCIATION_INITIAL = "denunc.initial", _("Xử lý ban đầu thông tin tố cáo")
    DENUNCIATION_TRANSFER = "denunc.transfer", _("Chuyển đơn tố cáo")
    DENUNCIATION_NOTIFY = "denunc.notify", _("Thông báo thụ lý tố cáo")
    DENUNCIATION_SETTLE = "denunc.settle", _("Giải quyết tố cáo")
    DENUNCIATION_EXTEND = "denunc.extend", _("Mỗi lần gia hạn giải quyết tố cáo")
    DENUNCIATION_SEND = "denunc.send", _("Gửi kết luận nội dung tố cáo")
    DENUNCIATION_HANDLE = "denunc.handle", _("Xử lý kết luận nội dung tố cáo")
    DENUNCIATION_REPLY = "denunc.reply.sender", _("Báo kết quả cho cơ quan chuyển đơn tố cáo")
    DENUNCIATION_AGAIN = "denunc.again", _("Xem xét tố cáo tiếp")
    DENUNCIATION_POSTING = "posting.denunc", _("Niêm yết kết luận nội dung tố cáo")
    DENUNCIATION_SUSPEND = "denunc.suspend", _("Tạm đình chỉ giải quyết tố cáo")
    SUGGESTION_ANSWER = "suggestion.answer", _("Trả lời kiến nghị, phản ánh")
    RECEPTION_ANSWER = "reception.answer", _("Thông báo kết quả tiếp công dân")
    FILED_RETENTION = "filed.retention", _("Lưu giữ đơn xếp lưu")


class TermQuerySet(models.QuerySet["Term"]):
    """Limits by day."""

    def on(self, day: date) -> Self:
        """Those in force on that day."""
        return self.filter(in_force(day))


class Term(models.Model):
    """One limit for one kind of case. A row is ended and followed by another, never rewritten: letters of
    its time were counted with it."""

    key = models.CharField(_("thời hạn"), max_length=24, choices=TermKey.choices)
    # Empty: whatever the case is like.
    complexity = models.CharField(_("tính chất"), max_length=10, choices=Complexity.choices, blank=True)
    is_remote = models.BooleanField(_("vùng sâu, vùng xa"), null=True, blank=True)
    amount = models.PositiveSmallIntegerField(_("độ dài"))
    unit = models.CharField(_("đơn vị"), max_length=14, choices=LimitUnit.choices)
    # For extensions: how many decisions of this length the case allows.
    times = models.PositiveSmallIntegerField(_("số lần"), default=1)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)
    source = models.CharField(_("căn cứ"), max_length=200)
    # Seen in the text of the rule; else a legal officer has still to confirm it.
    is_verified = models.BooleanField(_("đã đối chiếu văn bản"))

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ("key", "complexity", "is_remote", "valid_from")
        constraints = [
            ends_after_start("term_ends_after_start"),
            models.UniqueConstraint(
                fields=["key", "complexity", "is_remote"],
                condition=Q(valid_to__isnull=True),
                nulls_distinct=False,
                name="term_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["key", "complexity", "is_remote", "valid_from"],
                nulls_distinct=False,
                name="term_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.limit}"

    @property
    def limit(self) -> Limit:
        """Length and unit."""
        return Limit(self.amount, LimitUnit(self.unit))
