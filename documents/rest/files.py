"""Files of an incoming document, byte for byte as they were signed."""

from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request

from documents.queries.detail import read_file
from documents.queries.incoming import visible_incoming
from egov.files.views.download import file_response
from egov.organizations.rest import calling
from egov.web.json_faults import faults

PAPER: Any = {
    (200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, _("Tệp PDF đã ký.")),
    (206, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, _("Đoạn byte theo tiêu đề Range.")),
    304: OpenApiResponse(None, _("Tệp vẫn là tệp có ETag đã gửi trong If-None-Match.")),
    416: OpenApiResponse(None, _("Đoạn byte yêu cầu nằm ngoài tệp.")),
    **faults(404, 503),
}
ATTACHMENT: Any = {
    (200, "*/*"): OpenApiResponse(OpenApiTypes.BINARY, _("Tệp kèm theo; Content-Type là loại thật của tệp.")),
    **{status: answer for status, answer in PAPER.items() if not isinstance(status, tuple)},
}


@extend_schema(
    operation_id="deliveries_paper_retrieve",
    tags=["files"],
    summary=_("Tệp văn bản"),
    description=_("Tệp PDF đúng từng byte như khi ký; hãy đối chiếu với “sha256” của văn bản."),
    responses=PAPER,
)
@api_view(["GET"])
def delivery_paper(request: Request, pk: int) -> HttpResponseBase:
    """The signed paper; the read is recorded."""
    actor = calling(request)
    delivery = visible_incoming(actor, pk)
    readable = read_file(actor, delivery.document_id)
    return file_response(request._request, readable.stored, readable.name, inline=False)


@extend_schema(
    operation_id="deliveries_attachment_retrieve",
    tags=["files"],
    summary=_("Tệp kèm theo"),
    description=_("Tệp đúng từng byte, tên tệp tiếng Việt trong tiêu đề Content-Disposition."),
    responses=ATTACHMENT,
)
@api_view(["GET"])
def delivery_attachment(request: Request, pk: int, attachment_pk: int) -> HttpResponseBase:
    """One attachment of that very document; the read is recorded."""
    actor = calling(request)
    delivery = visible_incoming(actor, pk)
    readable = read_file(actor, delivery.document_id, attachment_id=attachment_pk)
    return file_response(request._request, readable.stored, readable.name, inline=False)
