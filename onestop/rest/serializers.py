"""Shapes of what comes in and goes out at the machine door. They check shape, nothing else."""

import base64
import binascii
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from onestop.enums import ApplicantKind, Channel, Delivery, DossierState
from onestop.models import Dossier, Party, StoredPaper
from onestop.models.sync_sql import NATIONAL_CODE

# Of one file, decoded: what people scan and sign, not what they film.
FILE_BYTES = 20 * 1024 * 1024
BASE64_LENGTH = FILE_BYTES * 4 // 3 + 4
MOST_FILES = 20


class DossierFilter(serializers.Serializer[Any]):
    """Which dossiers are wanted."""

    state = serializers.ChoiceField(
        choices=DossierState.choices, required=False, help_text=_("Chỉ lấy hồ sơ ở trạng thái này.")
    )
    since = serializers.DateTimeField(
        required=False,
        help_text=_(
            "Chỉ lấy hồ sơ có thay đổi trạng thái từ thời điểm này (ISO 8601; không ghi múi giờ là giờ Việt "
            "Nam)."
        ),
    )
    code = serializers.CharField(required=False, max_length=40, help_text=_("Chỉ lấy hồ sơ mang mã này."))


class DossierAgencyOutput(serializers.Serializer[Any]):
    """An agency by its identification code."""

    code = serializers.CharField()
    name = serializers.CharField()


class DossierOutput(serializers.Serializer[Any]):
    """Where a dossier stands."""

    id = serializers.IntegerField()
    code = serializers.CharField(allow_null=True, help_text=_("Mã hồ sơ; chưa có khi chưa tiếp nhận."))
    filing_number = serializers.CharField(allow_null=True, help_text=_("Số đăng ký khi nộp trực tuyến."))
    external_code = serializers.CharField(help_text=_("Mã của hệ thống đã nộp hồ sơ."))
    procedure = serializers.CharField(source="version.procedure.local_code")
    procedure_name = serializers.CharField(source="version.name")
    channel = serializers.ChoiceField(choices=Channel.choices)
    state = serializers.ChoiceField(choices=DossierState.choices)
    national_code = serializers.SerializerMethodField(
        help_text=_("Mã trạng thái từ 1 đến 10 dùng với Cổng dịch vụ công quốc gia.")
    )
    source = serializers.SerializerMethodField(
        help_text=_("Hệ thống quyết định trạng thái, khi không phải hệ thống của tỉnh.")
    )
    source_at = serializers.SerializerMethodField(help_text=_("Thời điểm của trạng thái tại hệ thống đó."))
    receiving_agency = DossierAgencyOutput()
    deciding_agency = DossierAgencyOutput()
    current_agency = DossierAgencyOutput()
    submitted_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    returned_at = serializers.DateTimeField(allow_null=True)

    def get_national_code(self, dossier: Dossier) -> int:
        return NATIONAL_CODE[DossierState(dossier.state)]

    def get_source(self, dossier: Dossier) -> str:
        told = list(dossier.mirrored.all())
        return told[-1].source if told else ""

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_source_at(self, dossier: Dossier) -> str | None:
        told = list(dossier.mirrored.all())
        return serializers.DateTimeField().to_representation(told[-1].source_at) if told else None


class StateChangeOutput(serializers.Serializer[Any]):
    """One change of state; who made it and why stays inside."""

    state = serializers.ChoiceField(choices=DossierState.choices, source="after")
    at = serializers.DateTimeField()


class ResultOutput(serializers.Serializer[Any]):
    """A result; its file is fetched by its id."""

    id = serializers.IntegerField()
    kind_code = serializers.SerializerMethodField(help_text=_("Mã kết quả theo danh mục quốc gia."))
    name = serializers.CharField()
    number = serializers.CharField()
    issued_on = serializers.DateField()
    is_refusal = serializers.BooleanField()
    is_signed = serializers.BooleanField()
    validity = serializers.ChoiceField(choices=StoredPaper.Validity.choices)
    sha256 = serializers.SerializerMethodField(help_text=_("Rỗng khi kết quả không có tệp."))

    def get_kind_code(self, result: Any) -> str:
        return result.kind.code if result.kind else ""

    def get_sha256(self, result: Any) -> str:
        return result.file.sha256 if result.file else ""


class DossierDetailOutput(DossierOutput):
    """A dossier with its history and results."""

    changes = StateChangeOutput(many=True)
    results = ResultOutput(many=True)


class ApplicantInput(serializers.Serializer[Any]):
    """A person or organisation as declared."""

    kind = serializers.ChoiceField(choices=ApplicantKind.choices)
    name = serializers.CharField(max_length=200)
    personal_number = serializers.CharField(
        required=False, allow_blank=True, max_length=20, default="", help_text=_("12 chữ số.")
    )
    tax_code = serializers.CharField(required=False, allow_blank=True, max_length=20, default="")
    born_on = serializers.DateField(required=False, allow_null=True, default=None)
    sex = serializers.ChoiceField(choices=Party.Sex.choices, required=False, allow_blank=True, default="")
    address = serializers.CharField(required=False, allow_blank=True, max_length=300, default="")
    phone = serializers.CharField(required=False, allow_blank=True, max_length=20, default="")
    email = serializers.CharField(required=False, allow_blank=True, max_length=254, default="")
    representative = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")
    identity_level = serializers.IntegerField(
        required=False, min_value=0, max_value=9, default=0, help_text=_("Mức xác thực định danh điện tử.")
    )
    number_confirmed = serializers.BooleanField(
        required=False,
        default=False,
        help_text=_("Đã đối chiếu số định danh không khớp ngày sinh, giới tính với giấy tờ gốc."),
    )


class FileInput(serializers.Serializer[Any]):
    """A file: for a line of the procedure's list (``requirement``), or with a title of its own."""

    name = serializers.CharField(max_length=255)
    requirement = serializers.IntegerField(required=False, allow_null=True, min_value=1, default=None)
    title = serializers.CharField(required=False, allow_blank=True, max_length=300, default="")
    content = serializers.CharField(
        max_length=BASE64_LENGTH, trim_whitespace=False, help_text=_("Nội dung tệp, base64; tối đa 20 MB.")
    )

    def validate_content(self, value: str) -> bytes:
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError) as error:
            raise serializers.ValidationError(_now("Không phải base64.")) from error


class StatusInput(serializers.Serializer[Any]):
    """A status by the system that decides it; the same reference again changes nothing."""

    reference = serializers.CharField(max_length=100, help_text=_("Mã sự kiện của hệ thống nguồn."))
    source = serializers.CharField(max_length=200, help_text=_("Tên hệ thống nguồn."))
    state = serializers.ChoiceField(choices=DossierState.choices)
    source_at = serializers.DateTimeField(help_text=_("Thời điểm tại hệ thống nguồn."))
    code = serializers.CharField(
        required=False, allow_blank=True, max_length=40, default="", help_text=_("Mã hồ sơ tại nguồn.")
    )
    received_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    due_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    finished_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class DossierInput(serializers.Serializer[Any]):
    """A dossier to be filed; ``status`` only where another system decides its status."""

    key = serializers.CharField(
        max_length=100, help_text=_("Khóa chống gửi trùng: cùng khóa thì chỉ có một hồ sơ.")
    )
    procedure = serializers.CharField(max_length=60, help_text=_("Mã thủ tục, có hoặc không có hậu tố."))
    case = serializers.IntegerField(required=False, allow_null=True, min_value=1, default=None)
    applicant = ApplicantInput(help_text=_("Người nộp."))
    owner = ApplicantInput(
        required=False, allow_null=True, default=None, help_text=_("Chủ hồ sơ, khi không phải người nộp.")
    )
    content = serializers.CharField(required=False, allow_blank=True, max_length=500, default="")
    delivery = serializers.ChoiceField(
        choices=Delivery.choices, required=False, default=Delivery.COUNTER.value
    )
    delivery_address = serializers.CharField(required=False, allow_blank=True, max_length=300, default="")
    external_code = serializers.CharField(
        required=False, allow_blank=True, max_length=60, default="", help_text=_("Mã tại hệ thống nộp.")
    )
    files = FileInput(many=True, required=False, default=list, max_length=MOST_FILES)
    submitted_at = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text=_("Chỉ dùng cùng “status”.")
    )
    status = StatusInput(
        required=False,
        allow_null=True,
        default=None,
        help_text=_("Chỉ cho thủ tục do hệ thống của bộ, ngành quyết định trạng thái."),
    )


class FiledOutput(serializers.Serializer[Any]):
    """What was filed; the same for the first request and for its repeats."""

    id = serializers.IntegerField()
    code = serializers.CharField(allow_null=True)
    filing_number = serializers.CharField(allow_null=True)
    secret = serializers.CharField(help_text=_("Mã tra cứu, để giao cho người nộp."))
    submitted_at = serializers.DateTimeField()


class MirroredOutput(serializers.Serializer[Any]):
    """A status that was taken over; the same for repeats."""

    reference = serializers.CharField()
    state = serializers.ChoiceField(choices=DossierState.choices)
    source_at = serializers.DateTimeField()
    taken_at = serializers.DateTimeField()
