"""What every operation may answer besides its result."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse

from documents.rest.serializers import Fault

_FAULTS: dict[int, Any] = {
    400: _("Nội dung gửi lên chưa đúng dạng."),
    401: _("Thiếu khóa kết nối, khóa không đúng, đã bị thu hồi, hoặc vị trí văn thư đã kết thúc."),
    403: _("Vị trí gắn với khóa không được làm bước này, hoặc văn bản đang ở bước khác."),
    404: _("Không có, hoặc cơ quan này không được xem."),
    409: _("Không làm được vì lý do nêu trong câu trả lời; chưa có gì thay đổi."),
    415: _("Nội dung gửi lên không phải JSON."),
    416: _("Đoạn byte yêu cầu nằm ngoài tệp."),
    429: _("Quá nhiều yêu cầu; tiêu đề Retry-After cho biết phải đợi bao nhiêu giây."),
    503: _("Kho tệp tạm thời không trả lời, hoặc tệp trong kho bị hỏng; hãy thử lại sau."),
}


def faults(*statuses: int) -> dict[int, OpenApiResponse]:
    """These faults, and those that every operation has."""
    return {status: OpenApiResponse(Fault, _FAULTS[status]) for status in sorted({401, 429, *statuses})}
