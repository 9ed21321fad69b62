"""What is missing before receipt, ticked beside the intake while the applicant waits."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onestop.actions.ask_before_receipt import Missing
from onestop.actions.reason import REASON_LENGTH
from onestop.actions.request_supplement import Asked
from onestop.enums import RequirementKind
from onestop.forms.fields import DayField
from onestop.models import Requirement


class MissingForm(forms.Form):
    """The lines to tick, why, and until when if the law sets a day; its fields stand in the intake's form."""

    papers = forms.MultipleChoiceField(
        label=_("Giấy tờ còn thiếu, chưa đúng"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    reason = forms.CharField(
        label=_("Hướng dẫn cụ thể"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In nguyên văn trên phiếu."),
    )
    deadline_on = DayField(label=_("Bổ sung trước hết ngày"), required=False)

    def __init__(self, *args: Any, requirements: Iterable[Requirement], **kwargs: Any) -> None:
        super().__init__(*args, prefix="missing", label_suffix="", **kwargs)
        # What a database gives is not asked for (rule 46).
        self.fields["papers"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), one.name)
            for one in requirements
            if one.kind != RequirementKind.NOTE and not one.available_from
        ]

    def missing(self) -> Missing:
        """As the action takes it."""
        typed = self.cleaned_data
        return Missing(
            papers=[Asked(int(key)) for key in typed["papers"]],
            reason=typed["reason"],
            deadline_on=typed["deadline_on"],
        )
