"""Forms of the head: who has which duty, which officials are family, what is destroyed, what is handed on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.enums import DutyKind
from complaints.forms.fields import DayField, LineField, TextField
from complaints.forms.processing import person_choice
from complaints.models import Kin
from egov.accounts.models import User
from egov.organizations.models import Agency, Membership

REASON_LENGTH = 1000


class DutyForm(forms.Form):
    """Who is appointed to what, from when, by which decision."""

    member = forms.TypedChoiceField(label=_("Người được phân công"), coerce=int)
    kind = forms.ChoiceField(label=_("Nhiệm vụ"), choices=DutyKind.choices)
    basis = LineField(label=_("Quyết định phân công"), max_length=200)
    valid_from = DayField(label=_("Từ ngày"))

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [("", _("Chọn người")), *map(person_choice, members)]
        self.fields["valid_from"].initial = timezone.localdate


class KinForm(forms.Form):
    """Two officials and how they are related; the second by the name under which they sign in."""

    member = forms.TypedChoiceField(label=_("Cán bộ"), coerce=int)
    relative = LineField(
        label=_("Tên đăng nhập của người thân"),
        max_length=150,
        help_text=_("Người thân cũng là cán bộ có tài khoản, ở bất kỳ cơ quan nào."),
    )
    relation = forms.ChoiceField(label=_("Quan hệ"), choices=Kin.Relation.choices)
    basis = LineField(label=_("Căn cứ"), max_length=200, help_text=_("Bản khai, hồ sơ cán bộ."))

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [("", _("Chọn người")), *map(person_choice, members)]

    def clean_relative(self) -> User:
        """The account of that name."""
        name = User.normalize_username(self.cleaned_data["relative"])
        found = User.objects.filter(username=name).first()
        if found is None:
            raise forms.ValidationError(_("Không có tài khoản nào tên như vậy."))
        return found


class ReturnForm(forms.Form):
    """Why what was sent is sent back."""

    reason = TextField(label=_("Lý do trả lại"), rows=2, max_length=REASON_LENGTH)


class DecisionForm(forms.Form):
    """Number and day of a decision."""

    number = LineField(label=_("Số quyết định"), max_length=60)
    decided_on = DayField(label=_("Ngày quyết định"))


class DestructionForm(DecisionForm):
    """Which letters the decision names."""

    letters = forms.TypedMultipleChoiceField(
        label=_("Đơn"), coerce=int, error_messages={"required": _("Hãy chọn ít nhất một đơn.")}
    )

    def __init__(self, *args: Any, letters: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letters"].choices = letters


class HandOverForm(DecisionForm):
    """To which successor: everything, or the contents that were ticked."""

    successor = forms.ModelChoiceField(
        label=_("Cơ quan tiếp nhận"), queryset=Agency.objects.none(), empty_label=_("Chọn cơ quan")
    )
    all_of_them = forms.BooleanField(label=_("Chuyển mọi đơn đang mở"), required=False, initial=True)
    matters = forms.TypedMultipleChoiceField(label=_("Đơn được chọn"), coerce=int, required=False)

    def __init__(self, *args: Any, heirs: Any, matters: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = heirs  # type: ignore[attr-defined]
        self.fields["matters"].choices = matters
