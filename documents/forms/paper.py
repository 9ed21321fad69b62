"""What the registry reads off a paper that came in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.enums import Circulation, Urgency
from documents.forms.fields import DateField
from documents.models import DocumentKind


class PaperForm(forms.Form):
    """A paper document; lengths are those of the register's columns."""

    author_name = forms.CharField(label=_("Cơ quan, người gửi"), max_length=200)
    notation = forms.CharField(
        label=_("Số, ký hiệu"),
        max_length=60,
        help_text=_("Như ghi trên văn bản; nếu không có, ghi “Không số”."),
    )
    dated_on = DateField(label=_("Ngày văn bản"))
    kind = forms.ModelChoiceField(
        label=_("Loại văn bản"), queryset=DocumentKind.objects.none(), empty_label=_("Chọn loại văn bản")
    )
    abstract = forms.CharField(label=_("Trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    signer_name = forms.CharField(label=_("Người ký"), max_length=100, required=False)
    urgency = forms.TypedChoiceField(
        label=_("Mức độ khẩn"), choices=Urgency.choices, coerce=int, initial=Urgency.NORMAL
    )
    circulation = forms.ChoiceField(label=_("Phạm vi lưu hành"), choices=Circulation.choices, required=False)
    due_on = DateField(label=_("Hạn xử lý"), required=False)
    secrecy = forms.ChoiceField(
        label=_("Độ mật"),
        required=False,
        choices=[
            ("", pgettext_lazy("độ mật", "Không mật")),
            ("mật", _("Mật")),
            ("tối mật", _("Tối mật")),
            ("tuyệt mật", _("Tuyệt mật")),
        ],
        help_text=_("Văn bản mật vào sổ riêng bằng giấy, không đăng ký tại đây."),
    )
    scan = forms.FileField(
        label=_("Bản quét PDF"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text=_("Quét màu từ 200 dpi, tỷ lệ 100 %."),
    )

    def __init__(self, *args: Any, kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = kinds
