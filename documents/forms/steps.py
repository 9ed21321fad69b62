"""What a step asks for: a PIN, a reason, a person, a result."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.enums import AssignmentRole
from documents.forms.fields import DateField, PinField, person_label
from documents.models import Document
from egov.organizations.models import Membership

NOTE_LENGTH = 2000
DIRECTIVE_LENGTH = 4000
ACKNOWLEDGEMENT_LENGTH = 200


class PinForm(forms.Form):
    """The PIN of one's own key, or of the agency's."""

    pin = PinField(label=_("Mã PIN"))


class ReasonForm(forms.Form):
    """Why something goes back."""

    reason = forms.CharField(
        label=_("Lý do trả lại"), max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )


class RegisterForm(forms.Form):
    """Registering; the clerk's own word is only needed where a check could not be completed."""

    acknowledgement = forms.CharField(
        label=_("Xác nhận của văn thư"),
        required=False,
        max_length=ACKNOWLEDGEMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Chỉ ghi khi có điểm chưa kiểm tra được mà vẫn tiếp nhận; nội dung được lưu làm chứng cứ."
        ),
    )


class PresentForm(forms.Form):
    """To whom an incoming document is presented."""

    leader = forms.ModelChoiceField(
        label=_("Trình"), queryset=Membership.objects.none(), empty_label=_("Chọn lãnh đạo")
    )

    def __init__(self, *args: Any, leaders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = leaders
        self.fields["leader"].label_from_instance = person_label


class DirectiveForm(forms.Form):
    """A directive: words, exactly one lead, coordinators, those who are to know, a deadline.

    Units and people are one list of choices (``unit:12``, ``person:34``), because a leader thinks of them so.
    """

    text = forms.CharField(
        label=_("Ý kiến chỉ đạo"),
        max_length=DIRECTIVE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ý kiến đã ghi không sửa được; ý kiến sau thay ý kiến trước."),
    )
    lead = forms.ChoiceField(label=_("Chủ trì"), help_text=_("Một đơn vị hoặc một người."))
    due_on = DateField(label=_("Hạn xử lý"), required=False)
    coordinators = forms.MultipleChoiceField(
        label=_("Phối hợp"), required=False, widget=forms.CheckboxSelectMultiple
    )
    informed = forms.MultipleChoiceField(
        label=_("Nhận để biết"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = [("", _("Chọn đơn vị hoặc người chủ trì")), *choices]
        self.fields["coordinators"].choices = choices
        self.fields["informed"].choices = choices


class AssignForm(forms.Form):
    """A unit's part given on to one of its people."""

    member = forms.ModelChoiceField(
        label=_("Người xử lý"), queryset=Membership.objects.none(), empty_label=_("Chọn người trong đơn vị")
    )
    role = forms.ChoiceField(
        label=_("Vai trò"),
        choices=[(one.value, one.label) for one in AssignmentRole],
        initial=AssignmentRole.LEAD,
    )
    due_on = DateField(label=_("Hạn"), required=False)

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members
        self.fields["member"].label_from_instance = person_label


class ResultForm(forms.Form):
    """What a coordinator did."""

    note = forms.CharField(
        label=_("Kết quả phần phối hợp"), max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )


class FinishForm(forms.Form):
    """How handling ended: the answering document, or a note."""

    answer = forms.ModelChoiceField(
        label=_("Văn bản trả lời"),
        required=False,
        queryset=Document.objects.none(),
        empty_label=_("Không có văn bản trả lời"),
    )
    note = forms.CharField(
        label=_("Kết quả xử lý"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Cần có khi không có văn bản trả lời đã phát hành."),
    )

    def __init__(self, *args: Any, answers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].queryset = answers
