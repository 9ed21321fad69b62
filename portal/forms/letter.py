"""What is asked of somebody who complains, proposes or denounces; shape only."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from complaints.public import LetterBody, MatterKind

SUBJECT, SUMMARY, REQUEST = 300, 10_000, 3_000
WHOM = {
    MatterKind.COMPLAINT: _("Quyết định hoặc hành vi bị khiếu nại, của cơ quan hoặc người nào"),
    MatterKind.DENUNCIATION: _("Người bị tố cáo: họ tên, chức vụ, nơi công tác"),
    MatterKind.INFORMATION: _("Người có vi phạm: họ tên, chức vụ, nơi công tác"),
}


class SeveralFiles(forms.FileField):
    """Any number of files of one input; each is looked into by the action."""

    class Input(forms.ClearableFileInput):
        allow_multiple_selected = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=self.Input(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The files, in the order in which they were chosen."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [one for file in files if (one := super(SeveralFiles, self).clean(file, initial))]


class LetterForm(forms.Form):
    """One letter of one kind. Without a name only where the law lets one stay unnamed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    body = forms.ChoiceField(label=_("Cơ quan nhận đơn"))
    name = forms.CharField(
        label=_("Họ và tên"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    address = forms.CharField(
        label=_("Địa chỉ"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )
    personal_number = forms.RegexField(
        r"^[0-9]{12}$",
        label=_("Số định danh cá nhân"),
        required=False,
        strip=True,
        error_messages={"invalid": _("Số định danh cá nhân có 12 chữ số.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Điện thoại"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("Thư điện tử"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    subject = forms.CharField(label=_("Nội dung nói về ai, việc gì"), max_length=SUBJECT, required=False)
    summary = forms.CharField(
        label=_("Nội dung"), max_length=SUMMARY, widget=forms.Textarea(attrs={"rows": 8})
    )
    request = forms.CharField(
        label=_("Yêu cầu giải quyết"),
        max_length=REQUEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    files = SeveralFiles(
        label=_("Tài liệu, chứng cứ"),
        required=False,
        help_text=_("Tối đa 10 tệp PDF, Word, Excel, ảnh PNG hoặc JPEG."),
    )

    def __init__(self, *args: Any, kind: MatterKind, bodies: list[LetterBody], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid4
        self.fields["body"].choices = [("", _("Chọn cơ quan"))] + [(one.code, one.name) for one in bodies]
        if kind in WHOM:
            self.fields["subject"].label, self.fields["subject"].required = WHOM[kind], True
        if kind == MatterKind.INFORMATION:
            for name in ("name", "address", "personal_number", "phone", "email", "request"):
                del self.fields[name]
        if kind == MatterKind.DENUNCIATION:
            # Nothing that a browser fills in by itself, or remembers for whoever sits here next.
            for name in ("name", "address", "phone", "email"):
                self.fields[name].widget.attrs["autocomplete"] = "off"
            self.fields["summary"].help_text = _(
                "Người giải quyết đọc phần này: không ghi họ tên, số định danh, điện thoại của Quý vị ở đây."
            )


class LetterFollowForm(forms.Form):
    """Code and secret of the receipt."""

    code = forms.CharField(label=_("Mã đơn"), max_length=60)
    secret = forms.CharField(
        label=_("Mã tra cứu"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
