"""What a drafter types and chooses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.enums import Circulation, Source, Urgency
from documents.forms.fields import DateField
from documents.models import DocumentKind
from egov.organizations.models import Department

ABSTRACT_LENGTH = 500


class DraftForm(forms.Form):
    """The facts and the text of a draft. ``secrecy`` is offered only to be refused in words."""

    kind = forms.ModelChoiceField(
        label=_("Loại văn bản"), queryset=DocumentKind.objects.none(), empty_label=_("Chọn loại văn bản")
    )
    abstract = forms.CharField(
        label=_("Trích yếu"),
        max_length=ABSTRACT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Một câu nêu nội dung chính, ví dụ: “Về việc tăng cường phòng, chống thiên tai năm 2026”."
        ),
    )
    source = forms.ChoiceField(
        label=_("Nội dung"),
        choices=[
            (Source.COMPOSED.value, Source.COMPOSED.label),
            (Source.UPLOADED.value, Source.UPLOADED.label),
        ],
        widget=forms.RadioSelect,
        initial=Source.COMPOSED,
    )
    body = forms.CharField(
        label=_("Phần nội dung văn bản"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "class": "body-text"}),
        help_text=_(
            "Mỗi dòng là một đoạn. Gõ “# ” đầu dòng để có tiêu đề giữa trang, **chữ đậm**, *chữ nghiêng*. "
            "Quốc hiệu, số, ngày, nơi nhận, chữ ký do hệ thống trình bày theo Nghị định 30/2020/NĐ-CP."
        ),
    )
    paper = forms.FileField(
        label=_("Tệp PDF của văn bản"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text=_("Tệp PDF chưa ký, không đặt mật khẩu. Tải tệp mới sẽ thay tệp cũ."),
    )
    department = forms.ModelChoiceField(
        label=_("Đơn vị soạn thảo"),
        queryset=Department.objects.none(),
        required=False,
        empty_label=_("Theo đơn vị của người soạn"),
    )
    urgency = forms.TypedChoiceField(
        label=_("Mức độ khẩn"), choices=Urgency.choices, coerce=int, initial=Urgency.NORMAL
    )
    circulation = forms.ChoiceField(label=_("Phạm vi lưu hành"), choices=Circulation.choices, required=False)
    due_on = DateField(label=_("Hạn trả lời"), required=False)
    secrecy = forms.ChoiceField(
        label=_("Độ mật"),
        required=False,
        choices=[
            ("", pgettext_lazy("độ mật", "Không mật")),
            ("mật", _("Mật")),
            ("tối mật", _("Tối mật")),
            ("tuyệt mật", _("Tuyệt mật")),
        ],
        help_text=_("Bí mật nhà nước không được soạn, lưu hay gửi trên hệ thống này."),
    )

    def __init__(self, *args: Any, kinds: Any, departments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = kinds
        self.fields["department"].queryset = departments


class AttachmentForm(forms.Form):
    """A file that goes with the document."""

    file = forms.FileField(
        label=_("Tệp kèm theo"),
        help_text=_("PDF, Word, Excel, ảnh… Tệp PDF sẽ được ký số của cơ quan khi đóng dấu."),
    )


class SubmitForm(forms.Form):
    """Who signs, in what capacity: one choice, because they belong together."""

    signer = forms.ChoiceField(label=_("Người ký và tư cách ký"))

    def __init__(self, *args: Any, signers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signer"].choices = [("", _("Chọn người ký")), *signers]
