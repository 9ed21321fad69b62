"""The law's grounds for not accepting, filing, returning and stopping: what a proposal must name one of."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.enums import Direction, MatterKind


class ComplaintRefusal(models.TextChoices):
    """Law on Complaints, Art. 11: complaints that are not accepted."""

    INTERNAL = "internal", _("Quyết định, hành vi nội bộ để chỉ đạo, thực hiện nhiệm vụ, công vụ")
    DIRECTING = "directing", _("Quyết định, hành vi chỉ đạo điều hành của cấp trên với cấp dưới")
    NORMATIVE = "normative", _("Văn bản quy phạm pháp luật")
    SECRET = "secret", _("Bí mật nhà nước về quốc phòng, an ninh, ngoại giao")
    NOT_DIRECT = "not_direct", _("Không liên quan trực tiếp đến quyền, lợi ích của người khiếu nại")
    NO_CAPACITY = "no_capacity", _("Không đủ năng lực hành vi mà không có người đại diện hợp pháp")
    REPRESENTATIVE = "representative", _("Người đại diện không hợp pháp")
    UNSIGNED = "unsigned", _("Đơn không có chữ ký hoặc điểm chỉ")
    TOO_LATE = "too_late", _("Hết thời hiệu, thời hạn khiếu nại mà không có lý do chính đáng")
    SECOND_DECIDED = "second_decided", _("Đã có quyết định giải quyết lần hai")
    STOPPED = "stopped", _("Đã đình chỉ giải quyết, quá 30 ngày không khiếu nại tiếp")
    COURT = "court", _("Tòa án đã thụ lý hoặc đã có bản án, quyết định")


class DenunciationRefusal(models.TextChoices):
    """Law on Denunciations, Art. 29 (1): what a denunciation must have to be accepted."""

    WRONG_FORM = "wrong_form", _("Không đúng hình thức tố cáo quy định tại Điều 23")
    NO_CAPACITY = "no_capacity", _("Không đủ năng lực hành vi mà không có người đại diện")
    NO_BASIS = "no_basis", _("Không có cơ sở xác định người vi phạm, hành vi vi phạm")
    NO_EVIDENCE = "no_evidence", _("Xuất phát từ vụ khiếu nại đã giải quyết, không có chứng cứ vi phạm")


class FilingGround(models.TextChoices):
    """Circular 05/2021/TT-TTCP, Art. 6: letters that are filed and followed."""

    LACKS_CONDITIONS = "lacks_conditions", _("Đơn không đủ điều kiện xử lý")
    SENT_TO_SEVERAL = "sent_to_several", _("Đơn gửi nhiều nơi, trong đó có nơi có thẩm quyền")
    GUIDED_ONCE = "guided_once", _("Đã được hướng dẫn một lần về cùng nội dung")
    UNREADABLE = "unreadable", _("Đơn rách nát, tẩy xóa, không đọc được")
    NO_NEW_FACTS = "no_new_facts", _("Đã có kết quả giải quyết có hiệu lực, không có tình tiết mới")
    NOT_COMPLETED = "not_completed", _("Quá hạn bổ sung mà không bổ sung")


class StopGround(models.TextChoices):
    """Why the handling of a letter ends before it is accepted (domain: 5.4)."""

    WITHDRAWN = "withdrawn", _("Người gửi đơn rút đơn")
    DIED = "died", _("Người gửi đơn chết mà không có người thừa kế quyền, nghĩa vụ")
    SUBJECT_GONE = "subject_gone", _("Đối tượng bị phản ánh không còn")


Grounds = type[models.TextChoices]
_BY_DIRECTION: Mapping[str, Grounds] = {Direction.FILE: FilingGround, Direction.STOP: StopGround}


def grounds(kind: str, direction: str) -> Grounds | None:
    """Among which grounds a direction for such a matter chooses; None where its reason is words alone."""
    if direction == Direction.REFUSE:
        return DenunciationRefusal if kind == MatterKind.DENUNCIATION else ComplaintRefusal
    return _BY_DIRECTION.get(direction)


def ground_words(kind: str, direction: str, ground: str) -> str:
    """The ground as papers print it; empty where there is none."""
    chosen = grounds(kind, direction)
    return str(chosen(ground).label) if chosen and ground in chosen.values else ""
