"""What the steps of money ask for; checks shape only, the rest the action says in words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onestop.actions.charge import ClaimedExemption
from onestop.actions.collect import AT_COUNTER
from onestop.actions.open_series import Run
from onestop.actions.refund import ASKED_FOR
from onestop.enums import ExemptionGround, PaymentMethod, RefundWay
from onestop.forms.fields import DayField, LineField
from onestop.models.receipt import LAST_NUMBER

REASON_LENGTH = 300
_DIGITS = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


class CollectForm(forms.Form):
    """How it was paid, and by whom if not by the person who filed."""

    method = forms.ChoiceField(
        label=_("Hình thức nộp"), choices=[(one.value, one.label) for one in AT_COUNTER]
    )
    reference = LineField(
        label=_("Số chứng từ chuyển khoản"),
        max_length=100,
        required=False,
        help_text=_("Bắt buộc khi nộp bằng chuyển khoản."),
    )
    payer = LineField(
        label=_("Người nộp tiền, nếu không phải người nộp hồ sơ"), max_length=200, required=False
    )

    def taken(self) -> dict[str, Any]:
        """As the action takes it."""
        typed = self.cleaned_data
        return {
            "method": PaymentMethod(typed["method"]),
            "reference": typed["reference"],
            "payer": typed["payer"],
        }


class ExemptForm(forms.Form):
    """On what ground nothing is paid, and which paper proves it."""

    ground = forms.ChoiceField(
        label=_("Đối tượng được miễn"), choices=[("", _("Chọn đối tượng")), *ExemptionGround.choices]
    )
    evidence = LineField(
        label=_("Giấy tờ chứng minh"),
        max_length=300,
        help_text=_("Tên giấy tờ, số, ngày, nơi cấp."),
    )

    def claimed(self) -> ClaimedExemption:
        """As the action takes it."""
        return ClaimedExemption(ground=self.cleaned_data["ground"], evidence=self.cleaned_data["evidence"])


class CancelForm(forms.Form):
    """Why a receipt is cancelled."""

    reason = LineField(label=_("Lý do hủy"), max_length=REASON_LENGTH)


class AskRefundForm(forms.Form):
    """Why money goes back."""

    ground = forms.ChoiceField(
        label=_("Căn cứ hoàn trả"), choices=[(one.value, one.label) for one in ASKED_FOR]
    )
    reason = LineField(label=_("Lý do"), max_length=REASON_LENGTH)


class PayRefundForm(forms.Form):
    """How money goes back."""

    way = forms.ChoiceField(label=_("Cách trả"), choices=RefundWay.choices)
    account = LineField(
        label=_("Tài khoản nhận"), max_length=200, required=False, help_text=_("Ngân hàng và số tài khoản.")
    )


class ResolveForm(forms.Form):
    """What was done about a difference."""

    words = LineField(label=_("Cách xử lý"), max_length=REASON_LENGTH)
    book = forms.BooleanField(label=_("Ghi nhận giao dịch này vào hồ sơ"), required=False)


class AccountForm(forms.Form):
    """The bank account that fees are transferred to."""

    bank_name = LineField(label=_("Ngân hàng"), max_length=100)
    bank_bin = LineField(
        label=_("Mã ngân hàng (BIN)"),
        max_length=6,
        help_text=_("6 chữ số do NAPAS cấp, ví dụ 970415."),
        attrs={"inputmode": "numeric"},
    )
    number = LineField(label=_("Số tài khoản"), max_length=30)
    holder = LineField(label=_("Chủ tài khoản"), max_length=200)


class SeriesForm(forms.Form):
    """A run of receipts, as the agency's notice of issue says."""

    form = LineField(
        label=_("Mẫu số"),
        max_length=20,
        help_text=_("Ví dụ 01BLP3-001: biên lai không in sẵn mệnh giá, ba liên."),
    )
    symbol = LineField(label=_("Ký hiệu"), max_length=10, help_text=_("Ví dụ AA/26E; E là biên lai điện tử."))
    first_number = forms.IntegerField(
        label=_("Từ số"), min_value=1, max_value=LAST_NUMBER, widget=_DIGITS, initial=1
    )
    last_number = forms.IntegerField(label=_("Đến số"), min_value=1, max_value=LAST_NUMBER, widget=_DIGITS)
    valid_from = DayField(label=_("Dùng từ ngày"))
    valid_to = DayField(
        label=_("Đến hết ngày"), required=False, help_text=_("Để trống thì dùng đến khi hết số.")
    )

    def run(self) -> Run:
        """As the action takes it."""
        return Run(**self.cleaned_data)
