"""Which slips are signed, and the PIN of the agency's key."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onestop.models import IssuedForm

LONGEST_PIN = 64


class SealForm(forms.Form):
    """The ticked slips, and the PIN that opens the key once for all of them."""

    slips = forms.MultipleChoiceField(
        label=_("Phiếu"),
        choices=(),
        error_messages={"required": _("Chưa chọn phiếu nào để ký.")},
    )
    pin = forms.CharField(
        label=_("Mã PIN chứng thư số của cơ quan"),
        max_length=LONGEST_PIN,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, slips: Sequence[IssuedForm], **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self._offered = {str(one.pk): one for one in slips}
        self.fields["slips"].choices = [(key, key) for key in self._offered]  # type: ignore[attr-defined]

    def chosen(self) -> list[IssuedForm]:
        """The ticked ones."""
        return [self._offered[key] for key in self.cleaned_data["slips"]]
