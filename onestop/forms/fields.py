"""Fields that several forms of the counter use."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A day as people write it: dd/mm/yyyy."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "error_messages", {"invalid": _("Ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/03/2026.")}
        )
        widget = forms.DateInput(
            format="%d/%m/%Y",
            attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy"},
        )
        super().__init__(widget=widget, **options)


class LineField(forms.CharField):
    """One line of text that no browser should remember for the next applicant."""

    def __init__(self, **options: Any) -> None:
        attrs = {"autocomplete": "off", **options.pop("attrs", {})}
        super().__init__(widget=forms.TextInput(attrs=attrs), **options)


class CountField(forms.IntegerField):
    """A small number of sheets."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("max_value", 999)
        super().__init__(
            min_value=0,
            widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            **options,
        )
