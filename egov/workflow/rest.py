"""A refusal at a machine door becomes ``{"detail": sentence}`` with its status; so does every other fault."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from egov.workflow.refusal import Refusal

# The framework's own sentences are about the framework; these are for the people who build the other system.
SENTENCES: dict[int, Any] = {
    404: gettext_lazy("Không tìm thấy, hoặc hệ thống này không được xem."),
    405: gettext_lazy("Địa chỉ này không nhận phương thức đó."),
    415: gettext_lazy("Nội dung gửi lên phải là JSON (Content-Type: application/json)."),
    429: gettext_lazy("Gửi quá nhiều yêu cầu. Hãy đợi số giây ghi trong tiêu đề Retry-After rồi gửi lại."),
}


def answer_in_words(exception: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to what went wrong; None for a fault of ours, which stays one (500) and is logged."""
    if isinstance(exception, Refusal):
        return Response({"detail": str(exception.sentence)}, status=exception.status)
    response = exception_handler(exception, context)
    if response is None:
        return None
    if isinstance(exception, exceptions.ValidationError):
        sentence = _("Nội dung gửi lên chưa đúng; xem từng mục trong “fields”.")
        response.data = {"detail": sentence, "fields": response.data}
    elif isinstance(exception, exceptions.ParseError):
        response.data = {"detail": _("Nội dung gửi lên không phải là JSON đọc được.")}
    elif response.status_code in SENTENCES:
        response.data = {"detail": str(SENTENCES[response.status_code])}
    return response
