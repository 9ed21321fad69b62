"""What an official types into a draft: its facts, and the lines of each case as rows of small forms.

A row that is left empty or ticked for removal is no line. More empty rows come with the next saving, so
that the pages need no script.
"""

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from egov.organizations.enums import Role
from egov.workdays.limit import LimitUnit
from onestop.enums import (
    ApplicantKind,
    Channel,
    FeeBasis,
    FeeKind,
    LegAgency,
    OnlineLevel,
    RequirementKind,
    StopReason,
)
from onestop.forms.fields import CountField, LineField
from onestop.queries.version_content import VersionContent

EMPTY = ("", "—")
MOST_ROWS = 200
LARGEST = 32_767
LARGEST_AMOUNT = 2_000_000_000
UNITS = [("", _("chưa rõ")), *LimitUnit.choices]
ROLES = [(role.value, role.label) for role in Role if role not in (Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN)]
NUMBERS = re.compile(r"\s*(\d{1,2}(\s*[,; ]\s*\d{1,2})*)?\s*", re.ASCII)


class FactsForm(forms.Form):
    """What a version says apart from its lines; the names are the model's."""

    name = LineField(label=_("Tên thủ tục"), max_length=500)
    keywords = LineField(
        label=_("Từ khóa"), max_length=500, required=False, help_text=_("Cách nhau bằng dấu phẩy.")
    )
    applicant_kinds = forms.MultipleChoiceField(
        label=_("Đối tượng thực hiện"), choices=ApplicantKind.choices, widget=forms.CheckboxSelectMultiple
    )
    online_level = forms.ChoiceField(label=_("Mức độ trực tuyến"), choices=OnlineLevel.choices)
    cutoff = forms.TimeField(
        label=_("Giờ chốt trong ngày"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "15:00", "autocomplete": "off"}),
        help_text=_("Với việc trả trong ngày: nhận sau giờ này thì trả ngày làm việc tiếp theo."),
        error_messages={"invalid": _("Ghi giờ theo dạng 15:00.")},
    )
    allowed_stops = forms.MultipleChoiceField(
        label=_("Lý do được tạm dừng tính thời gian"),
        choices=StopReason.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    process = forms.CharField(
        label=_("Trình tự thực hiện"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    conditions = forms.CharField(
        label=_("Yêu cầu, điều kiện"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    intake_address = LineField(label=_("Địa chỉ tiếp nhận"), required=False, max_length=300)

    no_appointment = forms.BooleanField(label=_("Không hẹn ngày trả"), required=False, label_suffix="")
    representative_allowed = forms.BooleanField(
        label=_("Được ủy quyền nộp thay"), required=False, label_suffix=""
    )
    across_boundaries = forms.BooleanField(
        label=_("Tiếp nhận không phụ thuộc địa giới"), required=False, label_suffix=""
    )
    silence_is_consent = forms.BooleanField(
        label=_("Quá hạn lấy ý kiến coi như đồng ý"), required=False, label_suffix=""
    )
    on_the_spot = forms.BooleanField(label=_("Giải quyết tại chỗ"), required=False, label_suffix="")
    result_must_be_signed = forms.BooleanField(label=_("Kết quả phải ký số"), required=False, label_suffix="")
    result_file_required = forms.BooleanField(
        label=_("Bắt buộc có tệp kết quả"), required=False, label_suffix=""
    )
    online_payment_required = forms.BooleanField(
        label=_("Bắt buộc thanh toán trực tuyến"), required=False, label_suffix=""
    )
    charge_refundable = forms.BooleanField(
        label=_("Được hoàn lệ phí khi rút trước xử lý"), required=False, label_suffix=""
    )
    # The last change that this page showed: a colleague's later one is not overwritten.
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    FLAGS = (
        "no_appointment",
        "representative_allowed",
        "across_boundaries",
        "silence_is_consent",
        "on_the_spot",
        "result_must_be_signed",
        "result_file_required",
        "online_payment_required",
        "charge_refundable",
    )

    def flags(self) -> list[forms.BoundField]:
        """The yes-or-no questions, shown together."""
        return [self[name] for name in self.FLAGS]

    def content(self, before: VersionContent) -> VersionContent:
        """The version with these facts."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        lists = {name: tuple(values[name]) for name in ("applicant_kinds", "allowed_stops")}
        return replace(before, **(values | lists))


class BasisForm(forms.Form):
    """A legal document that the version rests on."""

    number = LineField(label=_("Số, ký hiệu"), max_length=60)
    title = LineField(label=_("Trích yếu"), max_length=500, required=False)


class ResultForm(forms.Form):
    """What may be given back."""

    name = LineField(label=_("Kết quả"), max_length=300)
    code = LineField(label=_("Mã kết quả"), max_length=30, required=False)
    is_refusal = forms.BooleanField(label=_("Từ chối"), required=False, label_suffix="")


class ChannelForm(forms.Form):
    """One channel's limits."""

    channel = forms.ChoiceField(label=_("Cách thức"), choices=[EMPTY, *Channel.choices])
    variant = LineField(label=_("Biến thể"), max_length=200, required=False)
    legal_amount = CountField(label=_("Theo quy định"), max_value=LARGEST)
    legal_unit = forms.ChoiceField(label=_("Đơn vị"), choices=UNITS, required=False)
    committed_amount = CountField(label=_("Cam kết"), max_value=LARGEST)
    committed_unit = forms.ChoiceField(
        label=_("Đơn vị cam kết"), choices=[EMPTY, *LimitUnit.choices], required=False
    )
    note = LineField(label=_("Ghi chú"), max_length=500, required=False)


class FeeForm(forms.Form):
    """What is paid."""

    name = LineField(label=_("Khoản thu"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại"), choices=FeeKind.choices, initial=FeeKind.CHARGE)
    channel = forms.ChoiceField(
        label=_("Cách thức"), choices=[("", _("mọi cách thức")), *Channel.choices], required=False
    )
    basis = forms.ChoiceField(label=_("Cách tính"), choices=FeeBasis.choices, initial=FeeBasis.FREE)
    amount = CountField(label=_("Mức thu (đồng)"), max_value=LARGEST_AMOUNT)
    later_from = CountField(label=_("Mức sau từ"), max_value=LARGEST)
    later_amount = CountField(label=_("Mức sau (đồng)"), max_value=LARGEST_AMOUNT)
    cap = CountField(label=_("Tối đa (đồng)"), max_value=LARGEST_AMOUNT)
    legal_basis = LineField(label=_("Căn cứ"), max_length=300, required=False)
    is_optional = forms.BooleanField(label=_("Chỉ khi có yêu cầu"), required=False, label_suffix="")
    is_confirmed = forms.BooleanField(label=_("Đã xác nhận"), required=False, label_suffix="")

    def clean(self) -> dict[str, Any]:
        """A confirmed fee has an amount, unless nothing is paid."""
        cleaned = super().clean() or {}
        free = cleaned.get("basis") == FeeBasis.FREE
        if cleaned.get("is_confirmed") and not free and cleaned.get("amount") is None:
            self.add_error("amount", _("Khoản thu đã xác nhận phải có mức thu."))
        return cleaned


class RequirementForm(forms.Form):
    """A paper."""

    name = LineField(label=_("Giấy tờ"), max_length=20_000)
    kind = forms.ChoiceField(
        label=_("Loại"), choices=RequirementKind.choices, initial=RequirementKind.SUBMITTED
    )
    originals = CountField(label=_("Bản chính"))
    copies = CountField(label=_("Bản sao"))
    is_conditional = forms.BooleanField(label=_("Nếu có"), required=False, label_suffix="")
    must_digitise = forms.BooleanField(label=_("Phải số hóa"), required=False, label_suffix="")
    type_code = LineField(label=_("Mã loại giấy tờ"), max_length=30, required=False)
    available_from = LineField(label=_("Tra cứu được từ"), max_length=60, required=False)
    form_name = LineField(label=_("Mẫu đơn"), max_length=200, required=False)


class NumbersField(forms.CharField):
    """Numbers of other lines: “1, 2”."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=60, **options)

    def clean(self, value: Any) -> tuple[int, ...]:
        text = super().clean(value)
        if not NUMBERS.fullmatch(text):
            raise forms.ValidationError(_("Ghi số thứ tự cách nhau bằng dấu phẩy, ví dụ 1, 2."))
        return tuple(int(number) for number in re.findall(r"[0-9]+", text))


class LegForm(forms.Form):
    """One agency's part."""

    name = LineField(label=_("Công đoạn"), max_length=200)
    agency_choice = forms.ChoiceField(label=_("Do"), choices=LegAgency.choices, initial=LegAgency.DECIDING)
    agency_id = forms.TypedChoiceField(
        label=_("Cơ quan được chỉ định"), required=False, coerce=int, empty_value=None
    )
    amount = CountField(label=_("Thời hạn"), max_value=LARGEST)
    unit = forms.ChoiceField(label=_("Đơn vị"), choices=LimitUnit.choices, initial=LimitUnit.HOURS)
    after = NumbersField(label=_("Sau công đoạn"))

    def __init__(self, *args: Any, agencies: list[tuple[Any, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency_id"].choices = [EMPTY, *agencies]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A named leg names its agency; the others find theirs when a dossier comes in."""
        cleaned = super().clean() or {}
        named = cleaned.get("agency_choice") == LegAgency.NAMED
        if named and not cleaned.get("agency_id"):
            self.add_error("agency_id", _("Hãy chọn cơ quan được chỉ định."))
        return cleaned | {
            "agency_id": cleaned.get("agency_id") if named else None,
            "amount": cleaned.get("amount") or 0,
        }


class StepForm(forms.Form):
    """One person's part in a leg, which is named by its number."""

    leg = forms.IntegerField(label=_("Công đoạn số"), min_value=1, max_value=MOST_ROWS)
    name = LineField(label=_("Bước"), max_length=200)
    role = forms.ChoiceField(label=_("Vai trò"), choices=ROLES, initial=Role.SPECIALIST.value)
    hours = forms.IntegerField(label=_("Giờ làm việc"), min_value=0, max_value=LARGEST)
    followers = NumbersField(label=_("Bước tiếp theo"))


class CaseForm(forms.Form):
    """The name of a case."""

    name = LineField(
        label=_("Tên trường hợp"),
        max_length=300,
        required=False,
        help_text=_("Để trống khi thủ tục chỉ có một trường hợp."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
