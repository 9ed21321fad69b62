"""Stored codes of documents and deliveries, and their Vietnamese words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentState(models.TextChoices):
    """The life of an outgoing document (Decree 30/2020, Art. 10-18)."""

    DRAFT = "draft", _("Dự thảo")
    SUBMITTED = "submitted", _("Chờ ký")
    SIGNED = "signed", _("Đã ký, chờ cấp số")
    NUMBERED = "numbered", _("Đã vào sổ, chờ đóng dấu")
    SEALED = "sealed", _("Đã đóng dấu, chờ phát hành")
    ISSUED = "issued", _("Đã phát hành")
    # Paper that came in at the registry: nothing to sign here, it exists as received.
    RECEIVED = "received", _("Văn bản giấy đã nhận")


class DeliveryState(models.TextChoices):
    """What one recipient has done with a document."""

    PENDING = "pending", _("Đang chuyển")
    ARRIVED = "arrived", _("Đã đến, chờ tiếp nhận")
    RETURNED = "returned", _("Đã trả lại")
    REGISTERED = "registered", _("Đã tiếp nhận, chờ trình")
    PRESENTED = "presented", _("Đã trình, chờ chỉ đạo")
    ASSIGNED = "assigned", _("Đã phân công")
    IN_PROGRESS = "in_progress", _("Đang xử lý")
    FINISHED = "finished", _("Hoàn thành")


class StatusCode(models.TextChoices):
    """Business status codes of QCVN 102 that the sender sees."""

    ARRIVED = "01", _("Đã đến")
    RETURNED = "02", _("Từ chối tiếp nhận, trả lại")
    REGISTERED = "03", _("Đã tiếp nhận")
    ASSIGNED = "04", _("Phân công")
    IN_PROGRESS = "05", _("Đang xử lý")
    FINISHED = "06", _("Hoàn thành")


STATUS_OF: dict[str, str] = {
    DeliveryState.ARRIVED: StatusCode.ARRIVED,
    DeliveryState.RETURNED: StatusCode.RETURNED,
    DeliveryState.REGISTERED: StatusCode.REGISTERED,
    DeliveryState.ASSIGNED: StatusCode.ASSIGNED,
    DeliveryState.IN_PROGRESS: StatusCode.IN_PROGRESS,
    DeliveryState.FINISHED: StatusCode.FINISHED,
}


class Urgency(models.IntegerChoices):
    """Degrees of urgency (Decree 30/2020, Art. 4); the value is edXML's Priority."""

    NORMAL = 0, _("Thường")
    URGENT = 1, _("Khẩn")
    VERY_URGENT = 2, _("Thượng khẩn")
    EXPRESS = 3, _("Hỏa tốc")


class Circulation(models.TextChoices):
    """Circulation marks: not secrecy, but they limit who sees and forwards."""

    FREE = "", _("Không hạn chế")
    RETURN = "return", _("Xem xong trả lại")
    INTERNAL = "internal", _("Lưu hành nội bộ")


class Source(models.TextChoices):
    """Where the paper's bytes come from."""

    COMPOSED = "composed", _("Soạn trên hệ thống")
    UPLOADED = "uploaded", _("Tải tệp PDF lên")
    PAPER = "paper", _("Văn bản giấy đến")


class KindClass(models.TextChoices):
    """Classes of documents; only administrative ones are in the law's list of 29."""

    ADMINISTRATIVE = "administrative", _("Văn bản hành chính")
    COPY = "copy", _("Bản sao")
    NORMATIVE = "normative", _("Văn bản quy phạm pháp luật")
    SECTOR = "sector", _("Văn bản chuyên ngành")


class AssignmentRole(models.TextChoices):
    """Part that somebody has in carrying out a directive."""

    LEAD = "lead", _("Chủ trì")
    COORDINATOR = "coordinator", _("Phối hợp")
    INFORMED = "informed", _("Nhận để biết")
