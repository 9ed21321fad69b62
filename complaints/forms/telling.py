"""What is asked for when people were told, and when an answer becomes public."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.forms.fields import DayField, LineField, TextField

LINE, TEXT = 300, 20_000


class SendingForm(forms.Form):
    """What was sent, when, and what shows it."""

    kind = forms.ChoiceField(label=_("Nội dung gửi"))
    sent_on = DayField(label=_("Ngày gửi"), initial=timezone.localdate)
    proof = LineField(
        label=_("Biên nhận bưu điện, biên bản giao"),
        max_length=LINE,
        help_text=_("Không ghi họ tên, địa chỉ người nhận."),
    )

    def __init__(self, *given: Any, owed: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101  (declared above)
        kind.choices = list(owed)


class AnswerTextForm(forms.Form):
    """What everybody may read."""

    title = LineField(label=_("Tiêu đề"), max_length=LINE)
    question = TextField(label=_("Nội dung kiến nghị, phản ánh"), rows=4, max_length=TEXT)
    answer = TextField(
        label=_("Nội dung trả lời"),
        rows=6,
        max_length=TEXT,
        help_text=_("Đã xóa họ tên, địa chỉ, số định danh, điện thoại của công dân."),
    )


class WithdrawForm(forms.Form):
    """Why it is public no longer."""

    reason = LineField(label=_("Lý do"), max_length=LINE)
