"""Moving the dossiers of an ended agency: to whom, on what decision, which ones."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from egov.organizations.models import Agency
from onestop.forms.fields import DayField, LineField
from onestop.models import Dossier


class TakeoverForm(forms.Form):
    """All open dossiers unless some are chosen (an agency that was split among several)."""

    successor = forms.ModelChoiceField(
        label=_("Cơ quan tiếp nhận"), queryset=Agency.objects.none(), empty_label=_("Chọn cơ quan kế tục")
    )
    number = LineField(label=_("Số quyết định chuyển giao"), max_length=60)
    decided_on = DayField(label=_("Ngày quyết định"))
    all_of_them = forms.BooleanField(label=_("Chuyển tất cả hồ sơ đang mở"), required=False, initial=True)
    dossiers = forms.ModelMultipleChoiceField(
        label=_("Chỉ chuyển các hồ sơ"), queryset=Dossier.objects.none(), required=False
    )

    def __init__(
        self, *args: Any, heirs: QuerySet[Agency], dossiers: QuerySet[Dossier], **kwargs: Any
    ) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["successor"].queryset = heirs
        if len(heirs) == 1:
            self.fields["successor"].initial = heirs[0]
        self.fields["dossiers"].queryset = dossiers

    def clean(self) -> dict[str, Any]:
        """Something must be moved."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if not typed.get("all_of_them") and not typed.get("dossiers"):
            raise forms.ValidationError(_("Hãy chọn ít nhất một hồ sơ, hoặc chuyển tất cả."))
        return typed
