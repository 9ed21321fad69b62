"""What is asked of somebody who writes to the administration, and of those who answer; shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from egov.organizations.models import Agency
from portal.enums import InquiryKind
from portal.models.inquiry import SUBJECT_LENGTH, TEXT_LENGTH


def _words(
    label: object, *, rows: int = 6, length: int = TEXT_LENGTH, required: bool = True
) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )


class InquiryForm(forms.Form):
    """A question, a report or a suggestion."""

    kind = forms.ChoiceField(label=_("Loại"), widget=forms.RadioSelect)
    subject = forms.CharField(label=_("Tiêu đề"), max_length=SUBJECT_LENGTH)
    text = _words(_("Nội dung"))
    author_name = forms.CharField(
        label=_("Họ và tên"),
        max_length=100,
        help_text=_("Chỉ cơ quan xử lý biết; không bao giờ được công khai."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    author_email = forms.EmailField(
        label=_("Thư điện tử"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    author_phone = forms.CharField(
        label=_("Điện thoại"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    may_publish = forms.BooleanField(
        label=_("Đồng ý công khai câu hỏi và trả lời, không kèm thông tin cá nhân"), required=False
    )

    def __init__(self, *args: Any, kinds: tuple[InquiryKind, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        if len(kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["kind"].initial = kinds[0].value


class FollowForm(forms.Form):
    """Code and secret of the slip."""

    code = forms.CharField(label=_("Mã"), max_length=20)
    secret = forms.CharField(
        label=_("Mã tra cứu"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class AssignForm(forms.Form):
    """Which agency answers, by its code or name."""

    agency = forms.ModelChoiceField(label=_("Cơ quan trả lời"), queryset=Agency.objects.none())
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=500)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies
        self.fields["agency"].label_from_instance = lambda agency: agency.name


class ReasonForm(forms.Form):
    """Why."""

    reason = _words(_("Lý do"), rows=2, length=500)


class AnswerForm(forms.Form):
    """The answer of the agency."""

    answer = _words(_("Nội dung trả lời"), rows=8)


class PublicForm(forms.Form):
    """What the public is to read."""

    subject = forms.CharField(label=_("Tiêu đề công khai"), max_length=SUBJECT_LENGTH)
    text = _words(_("Nội dung công khai"))
    answer = _words(_("Trả lời công khai"), rows=8)
