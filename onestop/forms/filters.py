"""What narrows lists of dossiers: the search box and the filters that people use; wrong values narrow
nothing."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from onestop.enums import DossierState
from onestop.models import Dossier
from onestop.queries.dossiers import found, procedures_among
from onestop.states import RUNNING

EVERY = ("", pgettext_lazy("bộ lọc", "Tất cả"))
WORDS_LENGTH = 200


class DossierFilter(forms.Form):
    """By code, content, owner or number; by procedure, by state, by deadline."""

    DUE = [EVERY, ("late", _("Đang quá hạn")), ("open", _("Đang trong hạn")), ("none", _("Không hẹn ngày"))]

    q = forms.CharField(
        label=_("Tìm theo mã, người nộp, nội dung, số định danh"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    procedure = forms.TypedChoiceField(label=_("Thủ tục"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=[EVERY, *DossierState.choices])
    due = forms.ChoiceField(label=_("Hẹn trả"), required=False, choices=DUE)

    def __init__(
        self, *args: Any, rows: QuerySet[Dossier], fields: tuple[str, ...] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["procedure"].choices = [EVERY, *procedures_among(rows)]
        for name in set(self.fields) - set(fields or self.fields):
            del self.fields[name]

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
        rows = found(rows, chosen["q"] or "")
        if chosen.get("procedure"):
            rows = rows.filter(version__procedure=chosen["procedure"])
        if chosen.get("state"):
            rows = rows.filter(state=chosen["state"])
        if chosen.get("due"):
            # By days, as lateness is judged.
            today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
            which = {
                "late": Q(state__in=RUNNING, due_at__lt=today),
                "open": Q(state__in=RUNNING, due_at__gte=today),
                "none": Q(due_at__isnull=True, received_at__isnull=False),
            }
            rows = rows.filter(which[chosen["due"]])
        return rows
