"""What narrows a list: the search box and the three filters that people use; wrong values narrow nothing."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.enums import DeliveryState, DocumentState, Urgency
from documents.models import Delivery, Document, DocumentKind
from egov.organizations.enums import Level
from egov.search.normalize import words
from egov.search.query import matching

EVERY = ("", pgettext_lazy("bộ lọc", "Tất cả"))
WORDS_LENGTH = 200
SOON_DAYS = 3


class Filter(forms.Form):
    """A search box; wrong values in an address filter nothing."""

    q = forms.CharField(
        label=_("Tìm trong danh sách"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def chosen(self) -> dict[str, Any]:
        """The values that make sense; the others are as if not given."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or None for name in self.fields}

    @property
    def is_used(self) -> bool:
        """Whether anything is filtered: an empty list then says so."""
        return any(value not in (None, "") for value in self.chosen().values())


class OutgoingFilter(Filter):
    """Outgoing documents by state, kind, urgency."""

    state = forms.ChoiceField(
        label=_("Trạng thái"),
        required=False,
        choices=[EVERY, *((s.value, s.label) for s in DocumentState if s != DocumentState.RECEIVED)],
    )
    kind = forms.ModelChoiceField(
        label=_("Loại văn bản"),
        required=False,
        queryset=DocumentKind.objects.all(),
        empty_label=pgettext_lazy("bộ lọc", "Tất cả"),
    )
    urgency = forms.ChoiceField(
        label=_("Mức độ khẩn"), required=False, choices=[EVERY, *((u.value, u.label) for u in Urgency)]
    )

    def narrow(self, rows: QuerySet[Document]) -> QuerySet[Document]:
        """Only the rows that fit."""
        chosen = self.chosen()
        rows = matching(rows, chosen["q"] or "")
        for name in ("state", "kind", "urgency"):
            if chosen[name] is not None:
                rows = rows.filter(**{name: chosen[name]})
        return rows


class IncomingFilter(Filter):
    """Incoming documents by state, deadline, urgency."""

    DUE = [EVERY, ("late", _("Quá hạn")), ("soon", _("Hạn trong 3 ngày")), ("none", _("Không có hạn"))]

    state = forms.ChoiceField(
        label=_("Trạng thái"),
        required=False,
        choices=[EVERY, *((s.value, s.label) for s in DeliveryState if s != DeliveryState.PENDING)],
    )
    due = forms.ChoiceField(label=_("Hạn xử lý"), required=False, choices=DUE)
    urgency = forms.ChoiceField(
        label=_("Mức độ khẩn"), required=False, choices=[EVERY, *((u.value, u.label) for u in Urgency)]
    )

    def narrow(self, rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
        """Only the rows that fit."""
        chosen, today = self.chosen(), timezone.localdate()
        rows = matching(rows, chosen["q"] or "", vector="document__search")
        if chosen["state"]:
            rows = rows.filter(state=chosen["state"])
        if chosen["urgency"] is not None:
            rows = rows.filter(document__urgency=chosen["urgency"])
        if chosen["due"]:
            still_open = ~Q(state__in=(DeliveryState.FINISHED, DeliveryState.RETURNED))
            rows = rows.filter(self._due(today)[chosen["due"]] & still_open)
        return rows

    @staticmethod
    def _due(today: date) -> dict[str, Q]:
        return {
            "late": Q(due_on__lt=today),
            "soon": Q(due_on__gte=today, due_on__lte=date.fromordinal(today.toordinal() + SOON_DAYS)),
            "none": Q(due_on__isnull=True),
        }


class RecipientFilter(Filter):
    """Recipients of one document by name, state, level."""

    state = forms.ChoiceField(
        label=_("Trạng thái"), required=False, choices=[EVERY, *((s.value, s.label) for s in DeliveryState)]
    )
    level = forms.ChoiceField(label=_("Cấp"), required=False, choices=[EVERY, *Level.choices])

    def narrow(self, rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
        """Only the rows that fit."""
        chosen = self.chosen()
        for word in words(chosen["q"] or ""):
            rows = rows.filter(agency__folded_name__contains=word)
        if chosen["state"]:
            rows = rows.filter(state=chosen["state"])
        if chosen["level"]:
            rows = rows.filter(agency__level=chosen["level"])
        return rows


class RegisterFilter(forms.Form):
    """A register by year."""

    year = forms.TypedChoiceField(label=_("Năm"), coerce=int)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]
