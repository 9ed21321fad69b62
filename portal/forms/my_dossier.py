"""What a citizen may do with their own dossier after filing it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from onestop import public as onestop

PAPER = "paper-"
LONGEST_REASON = 500


class SupplementForm(forms.Form):
    """One file for each paper that was asked for; all of them, for the clock runs on only then (rule 20)."""

    def __init__(self, *args: Any, asked: onestop.RequestedSupplement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, name, demand in asked.papers:
            self.fields[f"{PAPER}{key}"] = forms.FileField(
                label=name,
                help_text=demand,
                error_messages={
                    "required": _("Hãy chọn tệp của giấy tờ này."),
                    "empty": _("Tệp này trống."),
                    "max_length": _("Tên tệp dài quá."),
                },
                max_length=255,
            )

    def files_sent(self) -> tuple[onestop.SubmittedFile, ...]:
        """The files as one-stop takes them; ask after ``is_valid``."""
        return tuple(_sent(name, file) for name, file in self.cleaned_data.items())


class WithdrawalForm(forms.Form):
    """Why the dossier is taken back."""

    reason = forms.CharField(
        label=_("Lý do rút hồ sơ"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Hãy ghi lý do rút hồ sơ."),
            "max_length": _("Lý do dài quá 500 ký tự. Hãy viết ngắn hơn."),
        },
    )


def _sent(name: str, file: UploadedFile) -> onestop.SubmittedFile:
    return onestop.SubmittedFile(
        name=file.name or "", content=file.read(), requirement_id=int(name.removeprefix(PAPER))
    )
