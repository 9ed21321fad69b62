"""Dossiers at the machine door: where they stand, filing one, and the word of its system of record."""

from typing import Any

from django.db import transaction
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from egov.files.refusals import FileTooLarge
from egov.files.upload import announced_length
from egov.files.views.download import file_response
from egov.organizations.actor import Actor
from egov.organizations.rest import calling
from egov.web.json_faults import faults
from egov.web.json_pages import Pages
from onestop.actions.file_online import file_online
from onestop.actions.filing import Applicant
from onestop.actions.mirror_dossier import MirroredFiling, mirror_dossier
from onestop.actions.mirror_status import SourceStatus, mirror_status
from onestop.actions.submission import Submitted, SubmittedFile, filing_of
from onestop.models import Dossier
from onestop.queries.dossier_status import dossier_statuses, read_status
from onestop.queries.receipts import DossierNotFound
from onestop.queries.results import read_result_file
from onestop.rest.serializers import (
    DossierDetailOutput,
    DossierFilter,
    DossierInput,
    DossierOutput,
    FiledOutput,
    MirroredOutput,
    StatusInput,
)

# Several scans of 20 MB as base64.
MOST_BYTES = 64 * 1024 * 1024
CURSOR = OpenApiParameter(
    "cursor", OpenApiTypes.STR, description=_("Lấy nguyên từ địa chỉ “next” hoặc “previous”.")
)
DOSSIER_PAGE: Any = inline_serializer(
    "DossierPage",
    {
        "next": serializers.URLField(allow_null=True, help_text=_("Địa chỉ trang sau.")),
        "previous": serializers.URLField(allow_null=True, help_text=_("Địa chỉ trang trước.")),
        "results": DossierOutput(many=True),
    },
)
RESULT_FILE: Any = {
    (200, "*/*"): OpenApiResponse(OpenApiTypes.BINARY, _("Tệp kết quả đúng từng byte như khi ký.")),
    (206, "*/*"): OpenApiResponse(OpenApiTypes.BINARY, _("Đoạn byte theo tiêu đề Range.")),
    304: OpenApiResponse(None, _("Tệp vẫn là tệp có ETag đã gửi trong If-None-Match.")),
    416: OpenApiResponse(None, _("Đoạn byte yêu cầu nằm ngoài tệp.")),
    **faults(404, 503),
}


class DossierPages(Pages):
    """In the order in which dossiers came to be known here."""

    model = Dossier


@extend_schema(
    methods=["GET"],
    operation_id="dossiers_list",
    tags=["dossiers"],
    summary=_("Danh sách hồ sơ một cửa"),
    description=_("Hồ sơ mà cơ quan được xem, mỗi trang 50 hồ sơ; không có thông tin về người nộp."),
    parameters=[DossierFilter, CURSOR],
    responses={200: DOSSIER_PAGE, **faults(400, 404)},
)
@extend_schema(
    methods=["POST"],
    operation_id="dossiers_create",
    tags=["dossiers"],
    summary=_("Nộp hồ sơ"),
    description=_(
        "Nộp một hồ sơ vào cơ quan của khóa kết nối. Gửi lại cùng “key” thì nhận lại cùng một câu trả lời, "
        "không có hồ sơ thứ hai. Với thủ tục do hệ thống của bộ, ngành quyết định trạng thái, gửi kèm "
        "“status”: hệ thống của tỉnh chỉ hiển thị lại hồ sơ đó."
    ),
    request=DossierInput,
    responses={201: OpenApiResponse(FiledOutput), **faults(400, 403, 404, 409, 413, 415, 422, 503, 507)},
)
@api_view(["GET", "POST"])
def dossier_list(request: Request) -> Response:
    """Everything that the position may see; or one more dossier."""
    if request.method == "POST":
        return _file(request)
    wanted = DossierFilter(data=request.query_params)
    wanted.is_valid(raise_exception=True)
    rows = dossier_statuses(calling(request), **wanted.validated_data)
    pages = DossierPages()
    page = pages.paginate_queryset(rows, request)
    return pages.get_paginated_response(DossierOutput(page, many=True).data)


@extend_schema(
    operation_id="dossiers_retrieve",
    tags=["dossiers"],
    summary=_("Một hồ sơ"),
    description=_("Trạng thái, các mốc thời gian và kết quả. Mỗi lần đọc đều được ghi nhật ký."),
    responses={200: OpenApiResponse(DossierDetailOutput), **faults(404)},
)
@api_view(["GET"])
def dossier_detail(request: Request, pk: int) -> Response:
    """One dossier; the read is recorded as a person's is."""
    return Response(DossierDetailOutput(read_status(calling(request), pk)).data)


@extend_schema(
    operation_id="dossiers_result_retrieve",
    tags=["dossiers"],
    summary=_("Tệp kết quả"),
    description=_("Tệp đúng từng byte; hãy đối chiếu với “sha256” của kết quả."),
    responses=RESULT_FILE,
)
@api_view(["GET"])
def dossier_result(request: Request, pk: int, result_pk: int) -> HttpResponseBase:
    """The file of a result; the read is recorded."""
    readable = read_result_file(calling(request), pk, result_pk)
    return file_response(request._request, readable.stored, readable.name, inline=False)


@extend_schema(
    operation_id="dossiers_status_create",
    tags=["dossiers"],
    summary=_("Trạng thái từ hệ thống quyết định"),
    description=_(
        "Chỉ cho hồ sơ mà hệ thống của bộ, ngành quyết định trạng thái. Gửi theo thứ tự thời gian tại nguồn; "
        "gửi lại cùng “reference” thì không có gì thay đổi."
    ),
    request=StatusInput,
    responses={200: OpenApiResponse(MirroredOutput), **faults(400, 403, 404, 409, 415)},
)
@api_view(["POST"])
def dossier_status(request: Request, pk: int) -> Response:
    """Follow the system of record (rule 49)."""
    sent = StatusInput(data=request.data)
    sent.is_valid(raise_exception=True)
    actor = calling(request)
    dossier = Dossier.objects.visible_to(actor).filter(pk=pk).first()
    if dossier is None:
        raise DossierNotFound
    told = mirror_status(actor, dossier, SourceStatus(**sent.validated_data), at=timezone.now())
    return Response(MirroredOutput(told).data)


def _file(request: Request) -> Response:
    if announced_length(request._request) > MOST_BYTES:
        raise FileTooLarge(_now("Mỗi lần nộp tối đa 64 MB, kể cả mã hóa base64."))
    sent = DossierInput(data=request.data)
    sent.is_valid(raise_exception=True)
    dossier = _filed(calling(request), sent.validated_data)
    return Response(FiledOutput(dossier).data, status=201)


@transaction.atomic
def _filed(actor: Actor, sent: dict[str, Any]) -> Dossier:
    at = timezone.now()
    status, submitted_at = sent.pop("status"), sent.pop("submitted_at")
    owner = sent["owner"]
    submitted = Submitted(
        procedure_code=sent["procedure"],
        agency_code=actor.agency.code,
        key=sent["key"],
        case_id=sent["case"],
        applicant=Applicant(**sent["applicant"]),
        owner=Applicant(**owner) if owner else None,
        content=sent["content"],
        delivery=sent["delivery"],
        delivery_address=sent["delivery_address"],
        files=tuple(
            SubmittedFile(one["name"], one["content"], one["requirement"], one["title"])
            for one in sent["files"]
        ),
        external_code=sent["external_code"],
    )
    filing = filing_of(submitted, key=f"rest {actor.agency_id} {sent['key']}", at=at)
    if status is None:
        return file_online(actor, filing, at=at)
    announced = MirroredFiling(
        filing=filing,
        status=SourceStatus(**status),
        submitted_at=min(submitted_at or status["source_at"], status["source_at"]),
    )
    return mirror_dossier(actor, announced, at=at)
