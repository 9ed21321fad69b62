"""What is touched and typed at the board."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onestop import public as onestop
from portal.forms.lookup import LookupForm

MOST_LETTERS = 200
# Keys of groups are 64 bits wide; more is no group.
LARGEST_KEY = 2**63 - 1


class TicketForm(forms.Form):
    """One touch: which row of numbers, which class of priority, and the touch itself."""

    group = forms.IntegerField(min_value=1, max_value=LARGEST_KEY)
    priority = forms.ChoiceField(choices=onestop.TicketPriority.choices)
    once = forms.UUIDField()


class BoardLookupForm(LookupForm):
    """Typed on the board's own keyboard, or read by its scanner."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # The board has a keyboard of its own: the one of the system stays away.
            field.widget.attrs |= {"data-keys": "code", "inputmode": "none"}
        self.fields["code"].help_text = _("In trên giấy tiếp nhận. Có máy quét thì đưa mã QR vào máy quét.")
