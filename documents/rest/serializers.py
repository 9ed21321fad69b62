"""Shapes of what comes in and goes out at the machine door. They check shape, nothing else."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from documents.enums import STATUS_OF, Circulation, DeliveryState, StatusCode, Urgency
from documents.models import Delivery
from egov.signing.verification import Status

ACKNOWLEDGEMENT_LENGTH = 200
NOTE_LENGTH = 2000
# A copy that is still on its way is nobody's yet, so nobody can ask for it.
SEEN_STATES = [state for state in DeliveryState.choices if state[0] != DeliveryState.PENDING]


class DeliveryFilter(serializers.Serializer[Any]):
    """Which incoming documents are wanted."""

    state = serializers.ChoiceField(
        choices=SEEN_STATES, required=False, help_text=_("Chỉ lấy văn bản ở trạng thái này.")
    )
    since = serializers.DateTimeField(
        required=False,
        help_text=_(
            "Chỉ lấy văn bản đến từ thời điểm này trở đi (ISO 8601; không ghi múi giờ là giờ Việt Nam)."
        ),
    )


class RegisterInput(serializers.Serializer[Any]):
    """Taking in."""

    acknowledgement = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=ACKNOWLEDGEMENT_LENGTH,
        help_text=_(
            "Chỉ cần khi có điểm chưa kiểm tra được (lỗi 409) mà vẫn tiếp nhận; được lưu làm chứng cứ."
        ),
    )


class ReturnInput(serializers.Serializer[Any]):
    """Sending back."""

    reason = serializers.CharField(max_length=NOTE_LENGTH, help_text=_("Lý do trả lại; nơi gửi đọc được."))


class FinishInput(serializers.Serializer[Any]):
    """Closing."""

    note = serializers.CharField(max_length=NOTE_LENGTH, help_text=_("Kết quả xử lý."))


class FileOutput(serializers.Serializer[Any]):
    """A stored file, by which what was fetched can be checked."""

    sha256 = serializers.CharField()
    size = serializers.IntegerField(help_text=_("Số byte."))
    media_type = serializers.CharField()


class AttachmentOutput(serializers.Serializer[Any]):
    """An attachment, to be fetched by its id."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    file = FileOutput()


class AgencyOutput(serializers.Serializer[Any]):
    """An agency by its identification code."""

    code = serializers.CharField(help_text=_("Mã định danh theo Quyết định 20/2020/QĐ-TTg."))
    name = serializers.CharField()


class KindOutput(serializers.Serializer[Any]):
    """A kind of document."""

    code = serializers.CharField()
    name = serializers.CharField()


class DocumentOutput(serializers.Serializer[Any]):
    """A document as its packet tells of it."""

    id = serializers.IntegerField()
    agency = AgencyOutput(
        allow_null=True, help_text=_("Cơ quan ban hành; không có khi là văn bản giấy từ ngoài hệ thống.")
    )
    author_name = serializers.CharField(help_text=_("Tác giả như ghi trên văn bản."))
    number = serializers.IntegerField(allow_null=True)
    notation = serializers.CharField(help_text=_("Số, ký hiệu như in trên văn bản."))
    dated_on = serializers.DateField(allow_null=True)
    kind = KindOutput()
    abstract = serializers.CharField(help_text=_("Trích yếu."))
    urgency = serializers.ChoiceField(choices=Urgency.choices)
    circulation = serializers.ChoiceField(choices=Circulation.choices, allow_blank=True)
    signer_name = serializers.CharField()
    signer_position = serializers.CharField()
    page_count = serializers.IntegerField()
    due_on = serializers.DateField(allow_null=True, help_text=_("Hạn trả lời do nơi gửi đặt."))
    paper = FileOutput(source="file", allow_null=True, help_text=_("Tệp PDF đã ký."))


class StatusOutput(serializers.Serializer[Any]):
    """A status that the sender was told."""

    code = serializers.ChoiceField(choices=StatusCode.choices)
    at = serializers.DateTimeField()


class DeliveryOutput(serializers.Serializer[Any]):
    """An incoming document in a list."""

    id = serializers.IntegerField()
    state = serializers.ChoiceField(choices=DeliveryState.choices)
    document = DocumentOutput()
    sent_at = serializers.DateTimeField()
    arrived_at = serializers.DateTimeField()
    registered_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    due_on = serializers.DateField(allow_null=True, help_text=_("Hạn xử lý đang áp dụng."))
    incoming_number = serializers.SerializerMethodField(help_text=_("Số đến; chưa có khi chưa tiếp nhận."))
    incoming_year = serializers.SerializerMethodField()

    def get_incoming_number(self, delivery: Delivery) -> int | None:
        entry = getattr(delivery, "incoming_entry", None)
        return entry.number if entry else None

    def get_incoming_year(self, delivery: Delivery) -> int | None:
        entry = getattr(delivery, "incoming_entry", None)
        return entry.year if entry else None


class DeliveryDetailOutput(DeliveryOutput):
    """One incoming document with its files, what the check of its signatures found, and its statuses."""

    attachments = AttachmentOutput(source="document.attachments.all", many=True)
    verification = serializers.SerializerMethodField(
        help_text=_("Kết quả kiểm tra chữ ký khi tiếp nhận; chưa có khi chưa tiếp nhận hay trả lại.")
    )
    statuses = serializers.SerializerMethodField(help_text=_("Các trạng thái đã báo nơi gửi."))

    @extend_schema_field(serializers.ChoiceField(choices=Status.choices, allow_null=True))
    def get_verification(self, delivery: Delivery) -> str | None:
        return delivery.validation.status if delivery.validation else None

    @extend_schema_field(StatusOutput(many=True))
    def get_statuses(self, delivery: Delivery) -> Any:
        return StatusOutput(delivery.changes.exclude(code=""), many=True).data


class StepOutput(serializers.Serializer[Any]):
    """Where a document stands after a step; the same for the first request and for its repeats."""

    id = serializers.IntegerField()
    state = serializers.ChoiceField(choices=DeliveryState.choices)
    step = serializers.ChoiceField(choices=DeliveryState.choices, help_text=_("Bước đã thực hiện."))
    taken_at = serializers.DateTimeField(help_text=_("Bước này được thực hiện lúc nào."))
    incoming_number = serializers.IntegerField(allow_null=True)
    incoming_year = serializers.IntegerField(allow_null=True)


class RecipientOutput(serializers.Serializer[Any]):
    """One recipient of an issued document."""

    delivery_id = serializers.IntegerField(source="pk")
    agency = AgencyOutput()
    state = serializers.ChoiceField(choices=DeliveryState.choices)
    status = serializers.SerializerMethodField(
        help_text=_(
            "Mã trạng thái theo QCVN 102 của trạng thái hiện tại; không có khi bước này không báo nơi gửi."
        )
    )
    sent_at = serializers.DateTimeField()
    arrived_at = serializers.DateTimeField(allow_null=True)
    registered_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    statuses = StatusOutput(
        source="told", many=True, help_text=_("Các trạng thái nơi nhận đã báo, theo thứ tự thời gian.")
    )

    @extend_schema_field(serializers.ChoiceField(choices=StatusCode.choices, allow_null=True))
    def get_status(self, delivery: Delivery) -> str | None:
        return STATUS_OF.get(delivery.state)


class StateCountOutput(serializers.Serializer[Any]):
    """How many recipients are in one state."""

    state = serializers.ChoiceField(choices=DeliveryState.choices)
    count = serializers.IntegerField()


class MovementOutput(serializers.Serializer[Any]):
    """How far a document has come: counts over all recipients, and one page of the recipients."""

    total = serializers.IntegerField()
    by_state = StateCountOutput(many=True)
    next = serializers.URLField(allow_null=True, help_text=_("Địa chỉ trang sau."))
    previous = serializers.URLField(allow_null=True, help_text=_("Địa chỉ trang trước."))
    results = RecipientOutput(many=True)


def step_answer(delivery: Delivery, *, step: DeliveryState, taken_at: datetime) -> dict[str, Any]:
    """What a step answers."""
    entry = getattr(delivery, "incoming_entry", None)
    output = StepOutput(
        {
            "id": delivery.pk,
            "state": delivery.state,
            "step": step,
            "taken_at": taken_at,
            "incoming_number": entry.number if entry else None,
            "incoming_year": entry.year if entry else None,
        }
    )
    return dict(output.data)
