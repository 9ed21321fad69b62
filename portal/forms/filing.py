"""What a citizen fills in before filing: which case and where, for whom, and how to be reached."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egov.organizations.forms import DayField
from onestop import public as onestop

MYSELF, ORGANISATION, OTHER_PERSON = "self", "organisation", "other"


class StepForm(forms.Form):
    """One step of the filing; knows what is shown when, so that the page needs no script for it."""

    def shown_when(self) -> dict[str, str]:
        """Names of fields and the key of the choice that they belong to."""
        return {}


class CaseForm(StepForm):
    """Which case, who takes it in, how the result comes back."""

    case = forms.ChoiceField(label=gettext_lazy("Trường hợp"), widget=forms.RadioSelect)
    agency = forms.ChoiceField(label=gettext_lazy("Cơ quan nhận hồ sơ"))
    content = forms.CharField(
        label=gettext_lazy("Nội dung yêu cầu giải quyết"),
        help_text=gettext_lazy("Ví dụ: Đăng ký khai sinh cho cháu Vũ Minh Anh."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    delivery = forms.ChoiceField(
        label=gettext_lazy("Cách nhận kết quả"),
        choices=[(one.value, one.label) for one in onestop.Delivery],
        widget=forms.RadioSelect,
    )
    delivery_address = forms.CharField(
        label=gettext_lazy("Địa chỉ nhận kết quả qua bưu chính"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def __init__(self, offer: onestop.FilingOffer, data: dict[str, str] | None, **options: Any) -> None:
        super().__init__(data, **options)
        cases = self.fields["case"]
        agencies = self.fields["agency"]
        assert isinstance(cases, forms.ChoiceField) and isinstance(agencies, forms.ChoiceField)  # noqa: S101, PT018
        cases.choices = [(str(one.id), one.name or offer.name) for one in offer.cases]
        agencies.choices = [("", _("Chọn cơ quan"))] if len(offer.agencies) > 1 else []
        agencies.choices = [*agencies.choices, *offer.agencies]
        # What leaves no choice need not be asked.
        if len(offer.cases) == 1:
            cases.widget = forms.HiddenInput()
        if len(offer.agencies) == 1:
            agencies.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("delivery") == onestop.Delivery.POST and not cleaned.get("delivery_address"):
            self.add_error("delivery_address", _("Hãy ghi địa chỉ nhận kết quả qua bưu chính."))
        return cleaned


class ApplicantForm(StepForm):
    """How to reach whoever files, and for whom it is when not for themselves."""

    phone = forms.RegexField(
        r"^\+?[0-9 .-]{8,15}$",
        label=gettext_lazy("Số điện thoại"),
        error_messages={"invalid": gettext_lazy("Số điện thoại gồm 8 đến 15 chữ số.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    acting = forms.ChoiceField(label=gettext_lazy("Nộp hồ sơ cho ai"), widget=forms.RadioSelect)
    owner_kind = forms.ChoiceField(
        label=gettext_lazy("Chủ hồ sơ là"),
        error_messages={"required": gettext_lazy("Hãy chọn loại chủ hồ sơ.")},
    )
    owner_name = forms.CharField(
        label=gettext_lazy("Họ tên hoặc tên tổ chức của chủ hồ sơ"),
        max_length=200,
        error_messages={"required": gettext_lazy("Hãy ghi tên chủ hồ sơ.")},
    )
    owner_number = forms.RegexField(
        r"^[0-9]{12}$",
        label=gettext_lazy("Số định danh cá nhân của chủ hồ sơ"),
        help_text=gettext_lazy("12 chữ số; để trống nếu chủ hồ sơ là trẻ em chưa có số."),
        required=False,
        error_messages={"invalid": gettext_lazy("Số định danh cá nhân phải có đúng 12 chữ số.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    owner_tax_code = forms.RegexField(
        r"^[0-9]{10}(-?[0-9]{3})?$",
        label=gettext_lazy("Mã số thuế, mã doanh nghiệp"),
        required=False,
        error_messages={"invalid": gettext_lazy("Mã số thuế, mã doanh nghiệp phải có 10 hoặc 13 chữ số.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    owner_born_on = DayField(label=gettext_lazy("Ngày sinh của chủ hồ sơ"), required=False)
    owner_address = forms.CharField(
        label=gettext_lazy("Địa chỉ của chủ hồ sơ"), required=False, max_length=300
    )

    def __init__(self, offer: onestop.FilingOffer, data: dict[str, str] | None, **options: Any) -> None:
        super().__init__(data, **options)
        self.organisations = frozenset(one.code for one in offer.applicants if one.is_organisation)
        acting, kind = self.fields["acting"], self.fields["owner_kind"]
        assert isinstance(acting, forms.ChoiceField) and isinstance(kind, forms.ChoiceField)  # noqa: S101, PT018
        acting.choices = list(ways_to_act(offer))
        kind.choices = [(one.code, one.words) for one in offer.applicants]
        if len(acting.choices) == 1:
            acting.widget = forms.HiddenInput()
        # Asked of whoever acts for another; who acts for themselves leaves them empty.
        acts_for_other = data is None or data.get("acting") not in {None, "", MYSELF}
        for name in ("owner_kind", "owner_name"):
            self.fields[name].required = acts_for_other

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        acting = cleaned.get("acting")
        if acting in (None, MYSELF):
            return cleaned
        is_organisation = cleaned.get("owner_kind") in self.organisations
        if acting == ORGANISATION and not is_organisation and "owner_kind" not in self.errors:
            self.add_error("owner_kind", _("Hãy chọn loại chủ hồ sơ."))
        if is_organisation and not cleaned.get("owner_tax_code") and "owner_tax_code" not in self.errors:
            self.add_error("owner_tax_code", _("Hãy ghi mã số thuế hoặc mã doanh nghiệp."))
        known_by = {"owner_number", "owner_born_on"}
        if not is_organisation and not any(cleaned.get(name) or name in self.errors for name in known_by):
            self.add_error("owner_number", _("Hãy ghi số định danh, hoặc ngày sinh của trẻ em chưa có số."))
        return cleaned


def ways_to_act(offer: onestop.FilingOffer) -> Iterable[tuple[str, Any]]:
    """For whom somebody who has signed in may file this procedure (domain: 3.9)."""
    if any(not one.is_organisation for one in offer.applicants):
        yield MYSELF, _("Cho chính tôi")
    if any(one.is_organisation for one in offer.applicants):
        yield ORGANISATION, _("Cho tổ chức mà tôi là người đại diện theo pháp luật")
    if offer.representative_allowed:
        yield OTHER_PERSON, _("Thay người khác, có giấy tờ ủy quyền hoặc chứng minh quan hệ")
