"""What narrows lists of letters; wrong values narrow nothing."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.enums import MatterKind, MatterState, Series
from complaints.models import Matter
from complaints.queries.letters import found, late, mine, waiting
from egov.organizations.actor import Actor

EVERY = ("", pgettext_lazy("bộ lọc", "Tất cả"))
WORDS_LENGTH = 200


class LetterFilter(forms.Form):
    """By code, person or subject; by work, register, kind, state."""

    WORK = [EVERY, ("mine", _("Của tôi")), ("waiting", _("Chưa có người nhận")), ("late", _("Đang quá hạn"))]
    BOOKS = [EVERY, *((code, label) for code, label in Series.choices if code != Series.VISITS)]

    q = forms.CharField(
        label=_("Tìm theo mã đơn, người gửi, đối tượng"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    work = forms.ChoiceField(label=_("Việc"), required=False, choices=WORK)
    series = forms.ChoiceField(label=_("Sổ"), required=False, choices=BOOKS)
    kind = forms.ChoiceField(label=_("Loại"), required=False, choices=[EVERY, *MatterKind.choices])
    state = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=[EVERY, *MatterState.choices])

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def chosen(self) -> dict[str, Any]:
        """The values that make sense; the others are as if not given."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or None for name in self.fields}

    @property
    def is_used(self) -> bool:
        """Whether anything is filtered: an empty list then says so."""
        return any(self.chosen().values())

    def narrow(self, rows: QuerySet[Matter]) -> QuerySet[Matter]:
        """Only the matters that fit."""
        chosen = self.chosen()
        rows = found(rows, chosen["q"] or "")
        if chosen["work"] == "mine":
            rows = mine(self.actor, rows)
        elif chosen["work"] == "waiting":
            rows = waiting(self.actor, rows)
        elif chosen["work"] == "late":
            rows = rows.filter(late(timezone.localdate()))
        fixed = Q()
        if chosen["series"]:
            fixed &= Q(letter__series=chosen["series"])
        if chosen["kind"]:
            fixed &= Q(kind=chosen["kind"])
        if chosen["state"]:
            fixed &= Q(state=chosen["state"])
        return rows.filter(fixed)
