"""Which official gets which duty for the portal, from when to when; shape only."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from egov.organizations.forms import DayField
from egov.organizations.models import Membership
from portal.content.enums import Duty


class PersonForm(forms.Form):
    """Whom to look for."""

    q = forms.CharField(
        label=_("Họ tên hoặc tên đăng nhập"),
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class DutyForm(forms.Form):
    """A duty for one of the positions that were found."""

    membership = forms.ModelChoiceField(
        label=_("Người và chức vụ"), queryset=Membership.objects.none(), empty_label=_("Chọn người")
    )
    duty = forms.ChoiceField(label=_("Nhiệm vụ"), choices=Duty.choices)
    first_day = DayField(label=_("Từ ngày"))
    last_day = DayField(label=_("Đến hết ngày"), required=False)

    def __init__(self, *args: Any, positions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = positions
        self.fields["membership"].label_from_instance = _person_label

    @property
    def until(self) -> date | None:
        """The first day after the last one; None without an end."""
        last: date | None = self.cleaned_data["last_day"]
        return last + timedelta(days=1) if last and last < date.max else last


class EndForm(forms.Form):
    """The last day of a duty; empty: it ends now."""

    last_day = DayField(label=_("Đến hết ngày"), required=False)

    def first_day_without(self, today: date) -> date:
        """The day from which the doors are shut."""
        last: date | None = self.cleaned_data["last_day"]
        return last + timedelta(days=1) if last and last < date.max else today


def _person_label(membership: Membership) -> str:
    return f"{membership.user.full_name}, {membership.position}, {membership.agency.name}"
