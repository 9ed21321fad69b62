"""How a citizen wants to be told: addresses with their codes, channels, language."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from portal.models import Citizen

MOBILE = RegexValidator(r"^0[0-9]{9}$", _("Số điện thoại di động có 10 chữ số, bắt đầu bằng 0."))


class EmailForm(forms.Form):
    """An address to which a code is sent."""

    contact = forms.EmailField(
        label=_("Địa chỉ thư điện tử"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Hãy ghi địa chỉ thư."), "invalid": _("Địa chỉ thư chưa đúng.")},
    )


class PhoneForm(forms.Form):
    """A mobile number to which a code is sent."""

    contact = forms.CharField(
        label=_("Số điện thoại di động"),
        max_length=15,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": _("Hãy ghi số điện thoại.")},
    )

    def clean_contact(self) -> str:
        """Ten digits, however they were grouped or begun."""
        typed = "".join(self.cleaned_data["contact"].split()).replace(".", "").replace("-", "")
        number = f"0{typed[3:]}" if typed.startswith("+84") else typed
        MOBILE(number)
        return number


class CodeForm(forms.Form):
    """The code that has come."""

    code = forms.CharField(
        label=_("Mã xác nhận gồm 6 chữ số"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Hãy nhập mã đã nhận được.")},
    )


class ChannelsForm(forms.Form):
    """Which of the confirmed addresses are used."""

    by_email = forms.BooleanField(label=_("Nhận tin qua thư điện tử"), required=False)
    by_sms = forms.BooleanField(label=_("Nhận tin qua tin nhắn"), required=False)
    language = forms.ChoiceField(label=_("Ngôn ngữ của tin"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The label of a box stands behind it.
        super().__init__(*args, label_suffix="", **kwargs)

    @classmethod
    def of(cls, citizen: Citizen) -> "ChannelsForm":
        """As it stands."""
        return cls(
            initial={"by_email": citizen.by_email, "by_sms": citizen.by_sms, "language": citizen.language}
        )
