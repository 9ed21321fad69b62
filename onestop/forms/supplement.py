"""What a request for missing papers asks for: the lines to tick, what is wanted of each, until when."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onestop.actions.reason import REASON_LENGTH
from onestop.actions.request_supplement import Asked, SupplementContent
from onestop.forms.fields import DayField, LineField
from onestop.models import Requirement


class SupplementForm(forms.Form):
    """All that is missing at once; ``again`` asks why the first request did not name it."""

    reason = forms.CharField(
        label=_("Lý do phải bổ sung"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )
    deadline_on = DayField(label=_("Người nộp bổ sung trước hết ngày"))
    again_reason = forms.CharField(
        label=_("Vì sao lần trước chưa yêu cầu"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Yêu cầu từ lần thứ hai phải được lãnh đạo duyệt mới gửi người nộp."),
    )

    def __init__(self, *args: Any, requirements: Sequence[Requirement], again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.requirements = list(requirements)
        if not again:
            del self.fields["again_reason"]
        for one in self.requirements:
            self.fields[f"paper_{one.pk}"] = forms.BooleanField(label=one.name, required=False)
            self.fields[f"demand_{one.pk}"] = LineField(
                label=_("Yêu cầu"), required=False, max_length=REASON_LENGTH
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each line with what is wanted of it."""
        return [(self[f"paper_{one.pk}"], self[f"demand_{one.pk}"]) for one in self.requirements]

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields that are no paper."""
        return [self[name] for name in ("reason", "deadline_on", "again_reason") if name in self.fields]

    def content(self) -> SupplementContent:
        """As the action takes it."""
        typed = self.cleaned_data
        asked = [
            Asked(one.pk, typed[f"demand_{one.pk}"]) for one in self.requirements if typed[f"paper_{one.pk}"]
        ]
        return SupplementContent(
            papers=asked,
            reason=typed["reason"],
            deadline_on=typed["deadline_on"],
            again_reason=typed.get("again_reason", ""),
        )
