"""What the portal's own rows can be; stored code and Vietnamese label."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InquiryKind(models.TextChoices):
    """What somebody writes to the administration outside of complaints and denunciations."""

    QUESTION = "question", _("Câu hỏi")
    REPORT = "report", _("Phản ánh")
    SUGGESTION = "suggestion", _("Kiến nghị")


class InquiryState(models.TextChoices):
    """How far an inquiry has come."""

    RECEIVED = "received", _("Đã tiếp nhận")
    ASSIGNED = "assigned", _("Đang trả lời")
    ANSWERED = "answered", _("Đã trả lời")
    PROPOSED = "proposed", _("Chờ duyệt công khai")
    PUBLISHED = "published", _("Đã công khai")
    WITHDRAWN = "withdrawn", _("Đã gỡ")
    CLOSED = "closed", _("Không xử lý")


class InquiryTask(models.TextChoices):
    """What has to be done within a term."""

    ASSIGN = "assign", _("Chuyển cơ quan trả lời")
    ANSWER = "answer", _("Trả lời")


class FindableKind(models.TextChoices):
    """What the one search can find; what a result says that it is."""

    LIFE_EVENT = "life_event", _("Sự kiện")
    PROCEDURE = "procedure", _("Thủ tục hành chính")
    AGENCY = "agency", _("Cơ quan")
    LEGAL_DOCUMENT = "legal_document", _("Văn bản pháp luật")
    QUESTION = "question", _("Hỏi đáp")
    GUIDANCE = "guidance", _("Hướng dẫn")
    NEWS = "news", _("Tin tức")
    PAGE = "page", _("Trang giới thiệu")


class NoticeChannel(models.TextChoices):
    """How people want to be told."""

    EMAIL = "email", _("Thư điện tử")
    SMS = "sms", _("Tin nhắn")


class NoticeSending(models.TextChoices):
    """What has become of a message."""

    WAITING = "waiting", _("Đang chờ gửi")
    SENT = "sent", _("Đã gửi")
    FAILED = "failed", _("Không gửi được")
    DROPPED = "dropped", _("Người nhận đã thôi nhận tin")
