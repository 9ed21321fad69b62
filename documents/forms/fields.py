"""Fields that several forms use."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from egov.organizations.models import Membership

PIN_LENGTH = 32


class DateField(forms.DateField):
    """A day as people write it: dd/mm/yyyy."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Ngày/tháng/năm, ví dụ 05/03/2026."))
        options.setdefault(
            "error_messages", {"invalid": _("Ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/03/2026.")}
        )
        widget = forms.DateInput(
            format="%d/%m/%Y",
            attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy"},
        )
        super().__init__(widget=widget, **options)


class PinField(forms.CharField):
    """The PIN that opens a signing key; never shown again, never remembered by the browser."""

    def __init__(self, **options: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "off", "inputmode": "numeric"})
        super().__init__(max_length=PIN_LENGTH, strip=False, widget=widget, **options)


def person_label(member: Membership) -> str:
    """A person in a list of choices: name, position."""
    return f"{member.user.full_name} – {member.position}"
