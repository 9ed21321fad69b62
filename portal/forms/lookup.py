"""What is typed, scanned or prefilled to find a dossier: its code and the secret of its receipt."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onestop import public as onestop

# A scanned slip says a whole address; a code has forty letters at most.
LONGEST_CODE = 300
LONGEST_SECRET = 20


class LookupForm(forms.Form):
    """Code alone, or code and secret; a scanner may type all of the slip's QR code into the first field."""

    code = forms.CharField(
        label=_("Mã hồ sơ"),
        max_length=LONGEST_CODE,
        help_text=_("In trên giấy tiếp nhận, ví dụ 000.00.00.H54-250915-0001; có thể quét mã QR vào ô này."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Hãy nhập mã hồ sơ in trên giấy tiếp nhận."),
            "max_length": _("Đây không phải mã hồ sơ. Hãy nhập mã in trên giấy tiếp nhận."),
        },
    )
    secret = forms.CharField(
        label=_("Mã tra cứu"),
        max_length=LONGEST_SECRET,
        required=False,
        help_text=_("Bốn ký tự in cạnh mã hồ sơ. Không có mã này vẫn xem được tình trạng chung."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"max_length": _("Mã tra cứu chỉ có bốn ký tự.")},
    )

    def clean(self) -> dict[str, Any]:
        """A scanned address is taken apart; a secret that was typed besides it counts."""
        cleaned = super().clean() or {}
        if "code" in cleaned:
            slip = onestop.read_slip(cleaned["code"])
            cleaned["code"] = slip.code
            cleaned["secret"] = cleaned.get("secret") or slip.secret
        return cleaned


class BearerForm(LookupForm):
    """Where the secret is needed: to pay, to rate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["secret"].help_text = _("Bốn ký tự in cạnh mã hồ sơ trên giấy tiếp nhận.")

    def clean(self) -> dict[str, Any]:
        """Neither may be missing."""
        cleaned = super().clean()
        if "code" in cleaned and not cleaned["secret"] and "secret" not in self.errors:
            self.add_error("secret", _("Hãy nhập mã tra cứu in cạnh mã hồ sơ."))
        return cleaned
