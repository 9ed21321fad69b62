"""Fields that several forms about letters use."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from egov.organizations.models import Agency

# The list of agencies that the page of such a field carries once (templates/complaints/_agencies.html).
AGENCY_LIST = "agencies"


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
        super().__init__(widget=widget, input_formats=["%d/%m/%Y", "%Y-%m-%d"], **options)


class LineField(forms.CharField):
    """One line of text that no browser should remember for the next person."""

    def __init__(self, **options: Any) -> None:
        attrs = {"autocomplete": "off", **options.pop("attrs", {})}
        super().__init__(widget=forms.TextInput(attrs=attrs), **options)


class TextField(forms.CharField):
    """Some lines of text."""

    def __init__(self, rows: int = 3, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}), **options)


class CountField(forms.IntegerField):
    """A small number."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_value", 0)
        super().__init__(
            widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}), **options
        )


class AgencyField(LineField):
    """An agency by its name, chosen from the list of those that exist today; empty is none."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(attrs={"list": AGENCY_LIST}, **options)

    def clean(self, value: Any) -> Agency | None:
        """The agency of that name. Two of one name are told apart by their code behind it."""
        name = super().clean(value)
        if not name:
            return None
        found = list(Agency.objects.existing(timezone.localdate()).filter(name__iexact=name)[:2])
        if not found:
            code = name.rpartition("(")[2].rstrip(")")
            found = list(Agency.objects.existing(timezone.localdate()).filter(code=code)[:2])
        if len(found) != 1:
            raise forms.ValidationError(_("Chọn cơ quan trong danh sách gợi ý, hoặc để trống."))
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        """The name of an agency that stands there already."""
        return value.name if isinstance(value, Agency) else value


def agency_names() -> list[str]:
    """What the page offers while one types."""
    today = timezone.localdate()
    return list(Agency.objects.existing(today).order_by("name").values_list("name", flat=True).distinct())
