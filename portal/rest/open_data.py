"""Open data for programs: read by anybody, without a key, kept by caches for an hour."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.decorators import api_view, authentication_classes, permission_classes, throttle_classes
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from egov.accounts.login.address import address_of
from egov.web.json_faults import open_faults
from portal.caching import revalidated
from portal.queries.dataset import DAY, NUMBER, SHARE, TEXT
from portal.queries.open_data import DATASETS, dataset
from portal.throttles import TooMany, count_one

HOUR = 3600
USUAL, MOST = 100, 1000


class OpenThrottle(BaseThrottle):
    """So many requests a minute from one address; files and programs are counted together."""

    seconds = 0

    def allow_request(self, request: Request, view: APIView) -> bool:  # noqa: ARG002
        """Count it."""
        try:
            count_one("open-data", address_of(request._request), settings.OPEN_DATA_PER_ADDRESS)
        except TooMany as refusal:
            self.seconds = refusal.wait
            return False
        return True

    def wait(self) -> int:
        """Seconds until the next window."""
        return self.seconds


class FieldOutput(serializers.Serializer[Any]):
    """One column."""

    name = serializers.CharField(help_text=_("Tên cột trong các dòng."))
    type = serializers.ChoiceField(choices=[TEXT, NUMBER, SHARE, DAY], source="kind")
    description = serializers.CharField(source="words")


class DatasetOutput(serializers.Serializer[Any]):
    """One set of data."""

    code = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField(source="words")
    update = serializers.CharField(help_text=_("Khi nào có số liệu mới."))
    monthly = serializers.BooleanField(source="is_monthly", help_text=_("Có lọc được theo tháng không."))
    licence = serializers.SerializerMethodField(help_text=_("Điều kiện sử dụng."))
    columns = FieldOutput(source="fields", many=True)

    def get_licence(self, _dataset: object) -> str:
        return str(LICENCE)


class RowFilter(serializers.Serializer[Any]):
    """Which rows."""

    month = serializers.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])$",
        required=False,
        help_text=_("Chỉ lấy một tháng, ví dụ 2026-10; chỉ dùng cho bộ dữ liệu theo tháng."),
    )
    page = serializers.IntegerField(required=False, default=1, min_value=1, max_value=100_000)
    size = serializers.IntegerField(required=False, default=USUAL, min_value=1, max_value=MOST)


LICENCE = _("Được dùng lại tự do, kể cả cho mục đích thương mại; ghi nguồn: Cổng thông tin tỉnh Thái Bình.")
CODE = OpenApiParameter("code", str, OpenApiParameter.PATH, description=_("Mã bộ dữ liệu."))
ROWS: Any = inline_serializer(
    "DatasetRows",
    {
        "count": serializers.IntegerField(help_text=_("Tổng số dòng.")),
        "next": serializers.IntegerField(allow_null=True, help_text=_("Số trang sau; null ở trang cuối.")),
        "results": serializers.ListField(
            child=serializers.DictField(help_text=_("Giá trị theo tên cột; null là ô trống."))
        ),
    },
)


def _open(view: Any) -> Any:
    """No key, no session, counted by address."""
    for setting in (authentication_classes([]), permission_classes([]), throttle_classes([OpenThrottle])):
        view = setting(view)
    return api_view(["GET"])(view)


@extend_schema(
    operation_id="open_datasets_list",
    tags=["open data"],
    summary=_("Danh mục dữ liệu mở"),
    description=_("Mọi bộ dữ liệu với các cột của từng bộ."),
    auth=[],
    responses={200: DatasetOutput(many=True), **open_faults()},
)
@_open
def dataset_list(request: Request) -> HttpResponse:
    """Every set with its columns."""
    with translation.override(settings.LANGUAGE_CODE):
        return _kept(request, DatasetOutput(list(DATASETS.values()), many=True).data)


@extend_schema(
    operation_id="open_datasets_retrieve",
    tags=["open data"],
    summary=_("Một bộ dữ liệu"),
    description=_("Nội dung, các cột và điều kiện sử dụng."),
    auth=[],
    parameters=[CODE],
    responses={200: OpenApiResponse(DatasetOutput), **open_faults(404)},
)
@_open
def dataset_detail(request: Request, code: str) -> HttpResponse:
    """One set with its columns."""
    with translation.override(settings.LANGUAGE_CODE):
        return _kept(request, DatasetOutput(dataset(code)).data)


@extend_schema(
    operation_id="open_datasets_rows",
    tags=["open data"],
    summary=_("Các dòng của một bộ dữ liệu"),
    description=_(
        "Số liệu theo tháng của hai năm gần nhất; tháng đã chốt không thay đổi. Ô null thay cho số nhỏ hơn 3 "
        "và cho số có thể làm lộ một số như vậy."
    ),
    auth=[],
    parameters=[CODE, RowFilter],
    responses={200: ROWS, **open_faults(400, 404)},
)
@_open
def dataset_rows(request: Request, code: str) -> HttpResponse:
    """A page of its rows; figures of closed months never change."""
    found = dataset(code)
    asked = RowFilter(data=request.query_params)
    asked.is_valid(raise_exception=True)
    page, size = asked.validated_data["page"], asked.validated_data["size"]
    with translation.override(settings.LANGUAGE_CODE):
        records = list(found.records(timezone.localdate(), asked.validated_data.get("month", "")))
    shown = records[(page - 1) * size : page * size]
    if page > 1 and not shown:
        raise NotFound
    following = page + 1 if page * size < len(records) else None
    return _kept(request, {"count": len(records), "next": following, "results": shown})


@extend_schema(exclude=True)
@_open
def nothing_here(_request: Request) -> HttpResponse:
    """An address that there is not is told in JSON too."""
    raise NotFound


def _kept(request: Request, answer: Any) -> HttpResponse:
    response = HttpResponse(JSONRenderer().render(answer), content_type="application/json")
    patch_cache_control(response, public=True, max_age=HOUR)
    response["Access-Control-Allow-Origin"] = "*"
    return revalidated(request._request, response)
