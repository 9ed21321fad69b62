"""What every operation of the machine door may answer besides its result."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers


class Fault(serializers.Serializer[Any]):
    """What went wrong, in a sentence for people."""

    detail = serializers.CharField(help_text=_("Một câu nói rõ lý do và việc cần làm tiếp."))
    fields_ = serializers.DictField(
        required=False, help_text=_("Chỉ khi nội dung gửi lên chưa đúng: lỗi của từng mục.")
    )

    def get_fields(self) -> dict[str, Any]:
        """``fields`` is a name that the framework keeps for itself, so it is given here."""
        known = super().get_fields()
        known["fields"] = known.pop("fields_")
        return known


_FAULTS: dict[int, Any] = {
    400: _("Nội dung gửi lên chưa đúng dạng."),
    401: _("Thiếu khóa kết nối, khóa không đúng, đã bị thu hồi, hoặc vị trí văn thư đã kết thúc."),
    403: _("Vị trí gắn với khóa không được làm bước này, hoặc văn bản, hồ sơ đang ở bước khác."),
    404: _("Không có, hoặc cơ quan này không được xem."),
    409: _("Không làm được vì lý do nêu trong câu trả lời; chưa có gì thay đổi."),
    413: _("Nội dung gửi lên lớn hơn mức cho phép."),
    415: _("Nội dung gửi lên không phải JSON."),
    416: _("Đoạn byte yêu cầu nằm ngoài tệp."),
    422: _("Tệp gửi kèm không được nhận vì lý do nêu trong câu trả lời."),
    429: _("Quá nhiều yêu cầu; tiêu đề Retry-After cho biết phải đợi bao nhiêu giây."),
    503: _("Kho tệp tạm thời không trả lời, hoặc tệp trong kho bị hỏng; hãy thử lại sau."),
    507: _("Kho tệp hết chỗ; chưa có gì được lưu."),
}


def faults(*statuses: int) -> dict[int, OpenApiResponse]:
    """These faults, and those that every operation has."""
    return {status: OpenApiResponse(Fault, _FAULTS[status]) for status in sorted({401, 429, *statuses})}


def open_faults(*statuses: int) -> dict[int, OpenApiResponse]:
    """These faults, and the one that every operation has that asks for no key."""
    return {status: OpenApiResponse(Fault, _FAULTS[status]) for status in sorted({429, *statuses})}
