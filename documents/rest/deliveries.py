"""Incoming documents of the agency: the list for asking again and again, and one document."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from documents.models import Delivery
from documents.queries import queues
from documents.queries.incoming import read_incoming
from documents.rest.serializers import DeliveryDetailOutput, DeliveryFilter, DeliveryOutput
from egov.organizations.rest import calling
from egov.web.json_faults import faults
from egov.web.json_pages import Pages

CURSOR = OpenApiParameter(
    "cursor", OpenApiTypes.STR, description=_("Lấy nguyên từ địa chỉ “next” hoặc “previous”.")
)


class ArrivalPages(Pages):
    """In the order of arrival, so that what arrives later comes on later pages."""

    model = Delivery
    ordering = ("arrived_at", "pk")


DELIVERY_PAGE: Any = inline_serializer(
    "DeliveryPage",
    {
        "next": serializers.URLField(allow_null=True, help_text=_("Địa chỉ trang sau.")),
        "previous": serializers.URLField(allow_null=True, help_text=_("Địa chỉ trang trước.")),
        "results": DeliveryOutput(many=True),
    },
)


@extend_schema(
    operation_id="deliveries_list",
    tags=["deliveries"],
    summary=_("Danh sách văn bản đến"),
    description=_(
        "Văn bản đã đến cơ quan, theo thứ tự đến, mỗi trang 50 văn bản. Khi hỏi định kỳ, hãy lấy “since” lùi "
        "vài phút so với văn bản đến sau cùng đã biết và bỏ qua những “id” đã có: hai văn bản đến cùng "
        "lúc có thể hiện ra lệch nhau vài giây."
    ),
    parameters=[DeliveryFilter, CURSOR],
    responses={200: DELIVERY_PAGE, **faults(400, 404)},
)
@api_view(["GET"])
def delivery_list(request: Request) -> Response:
    """Everything that the position may see, or one state of it."""
    wanted = DeliveryFilter(data=request.query_params)
    wanted.is_valid(raise_exception=True)
    rows = queues.incoming(calling(request)).select_related("document__agency", "document__file")
    if state := wanted.validated_data.get("state"):
        rows = rows.filter(state=state)
    if since := wanted.validated_data.get("since"):
        rows = rows.filter(arrived_at__gte=since)
    pages = ArrivalPages()
    page = pages.paginate_queryset(rows, request)
    return pages.get_paginated_response(DeliveryOutput(page, many=True).data)


@extend_schema(
    operation_id="deliveries_retrieve",
    tags=["deliveries"],
    summary=_("Một văn bản đến"),
    description=_(
        "Thông tin văn bản, tệp kèm theo và các trạng thái đã báo nơi gửi. Mỗi lần đọc đều được ghi nhật ký."
    ),
    responses={200: OpenApiResponse(DeliveryDetailOutput), **faults(404)},
)
@api_view(["GET"])
def delivery_detail(request: Request, pk: int) -> Response:
    """One document; the read is recorded as a person's is."""
    delivery = read_incoming(calling(request), pk)
    prefetch_related_objects([delivery], "document__attachments__file")
    return Response(DeliveryDetailOutput(delivery).data)
