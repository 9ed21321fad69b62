"""What narrows the list of results that wait to be fetched; wrong values narrow nothing."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from egov.search.query import matching
from onestop.enums import Delivery, DeliveryState
from onestop.models import Dossier

WORDS_LENGTH = 200
WAITING = (DeliveryState.AT_COUNTER, DeliveryState.POSTED, DeliveryState.SENT_BACK)
EVERY = ("", pgettext_lazy("bộ lọc", "Tất cả"))


class WaitingFilter(forms.Form):
    """By words or the owner's name, by how it is to go out, by where it is."""

    q = forms.CharField(
        label=_("Tìm trong danh sách"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    delivery = forms.ChoiceField(label=_("Cách nhận"), required=False, choices=[EVERY, *Delivery.choices])
    place = forms.ChoiceField(
        label=_("Đang ở"), required=False, choices=[EVERY, *((one.value, one.label) for one in WAITING)]
    )

    def chosen(self) -> dict[str, Any]:
        """The values that make sense; the others are as if not given."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or None for name in self.fields}

    @property
    def is_used(self) -> bool:
        """Whether anything is filtered: an empty list then says so."""
        return any(self.chosen().values())

    def narrow(self, rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
        """Only the dossiers that fit."""
        chosen = self.chosen()
        if chosen["q"]:
            here = rows.select_related(None).order_by()
            found = matching(here, chosen["q"]).values("pk")
            owned = matching(here, chosen["q"], vector="owner__search").values("pk")
            rows = rows.filter(Q(pk__in=found) | Q(pk__in=owned))
        if chosen["delivery"]:
            rows = rows.filter(delivery=chosen["delivery"])
        if chosen["place"]:
            rows = rows.filter(delivery_state=chosen["place"])
        return rows
