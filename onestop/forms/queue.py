"""What is typed about the queue: which group, which window, which class of priority."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from onestop.enums import TicketPriority
from onestop.models import QueueGroup, Sector

MOST_WINDOWS = 99
MOST_SHARE = 9


class TakeForm(forms.Form):
    """One touch of the board."""

    priority = forms.ChoiceField(
        label=_("Diện ưu tiên"), choices=TicketPriority.choices, initial=TicketPriority.NONE, required=False
    )
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    def taken(self) -> tuple[TicketPriority, UUID | None]:
        """Which class, and which touch; ask after ``is_valid``."""
        return TicketPriority(self.cleaned_data["priority"] or TicketPriority.NONE), self.cleaned_data["once"]


class TransferForm(forms.Form):
    """Where the person is sent on to."""

    group = forms.ModelChoiceField(
        queryset=QueueGroup.objects.none(), label=_("Lĩnh vực"), empty_label=_("Chọn lĩnh vực")
    )

    def __init__(self, *args: Any, groups: Sequence[QueueGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = QueueGroup.objects.filter(pk__in=[group.pk for group in groups])


class GroupForm(forms.Form):
    """A group of matters with a row of numbers of its own."""

    letter = forms.CharField(label=_("Chữ đầu số"), max_length=2)
    name = forms.CharField(label=_("Lĩnh vực phục vụ"), max_length=100)
    sectors = forms.ModelMultipleChoiceField(
        queryset=Sector.objects.all(), label=_("Lĩnh vực thủ tục"), required=False
    )
    priority_share = forms.IntegerField(
        label=_("Số lượt ưu tiên liên tiếp tối đa"), min_value=1, max_value=MOST_SHARE, initial=2
    )
    is_open = forms.BooleanField(label=_("Đang cấp số"), required=False, initial=True)


class WindowForm(forms.Form):
    """A window and the groups that it serves."""

    number = forms.IntegerField(label=_("Quầy số"), min_value=1, max_value=MOST_WINDOWS)
    groups = forms.ModelMultipleChoiceField(
        queryset=QueueGroup.objects.none(), label=_("Lĩnh vực phục vụ"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, groups: Sequence[QueueGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = QueueGroup.objects.filter(pk__in=[group.pk for group in groups])
