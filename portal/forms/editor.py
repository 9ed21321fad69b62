"""Which official gets which duty for the portal; shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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

    def __init__(self, *args: Any, positions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = positions
        self.fields["membership"].label_from_instance = _person_label


def _person_label(membership: Membership) -> str:
    return f"{membership.user.full_name}, {membership.position}, {membership.agency.name}"
