"""The rating slip: how satisfied one is with one stage, questions that may stay open, a few words (57)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onestop import public as onestop

LONGEST_COMMENT = 2000
ANSWER = "criterion-"


class RatingForm(forms.Form):
    """The fields are those of the sheet; nothing is preselected, so nobody is counted who did not choose."""

    stage = forms.ChoiceField(label=_("Quý vị đánh giá việc gì?"), widget=forms.RadioSelect)
    level = forms.ChoiceField(
        label=_("Nhìn chung, Quý vị hài lòng đến mức nào?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn mức độ hài lòng.")},
    )
    comment = forms.CharField(
        label=_("Ý kiến của Quý vị"),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Không ghi họ tên, số điện thoại. Ý kiến chỉ được công bố sau khi kiểm duyệt."),
        error_messages={"max_length": _("Ý kiến dài quá 2000 ký tự. Hãy viết ngắn hơn.")},
    )

    def __init__(self, *args: Any, sheet: onestop.RatingSheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("stage", sheet.stages)
        if len(sheet.stages) == 1:
            self.fields["stage"].initial = sheet.stages[0][0]
        self._offer("level", sheet.levels)
        for code, name in sheet.criteria:
            self.fields[ANSWER + code] = forms.ChoiceField(
                label=name, choices=sheet.levels, required=False, widget=forms.RadioSelect
            )
        self.order_fields(["stage", "level", *(ANSWER + code for code, _name in sheet.criteria), "comment"])

    def _offer(self, name: str, choices: tuple[tuple[str, str], ...]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
        field.choices = choices

    @property
    def questions(self) -> list[forms.BoundField]:
        """The criteria, each a row of its own."""
        return [field for field in self if field.name.startswith(ANSWER)]

    def given(self) -> dict[str, Any]:
        """What ``onestop.public.rate`` takes; ask after ``is_valid``."""
        cleaned = self.cleaned_data
        return {
            "stage": onestop.RatingStage(cleaned["stage"]),
            "level": onestop.Satisfaction(cleaned["level"]),
            "answers": {
                name.removeprefix(ANSWER): onestop.Satisfaction(value)
                for name, value in cleaned.items()
                if name.startswith(ANSWER) and value
            },
            "comment": cleaned["comment"],
        }
