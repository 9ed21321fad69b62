"""What a report of figures is asked by: period, agency, sector, procedure; wrong values narrow nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from egov.organizations.actor import Actor
from onestop.models import Sector
from onestop.queries.statistics.period import Period
from onestop.queries.statistics.report import GROUPS, procedure_names
from onestop.queries.statistics.scope import Realm, realm_of

EVERY = pgettext_lazy("bộ lọc", "Tất cả")
LONGEST = timedelta(days=3 * 366)
DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


@dataclass(frozen=True)
class Question:
    """What the person asked for, cleaned."""

    period: Period
    # Whose figures may be asked for.
    realm: Realm
    agency_id: int | None
    with_below: bool
    sector_id: int | None
    procedure_id: int | None
    group: str


class FiguresForm(forms.Form):
    """First and last day (this month unless given), agency with those below, sector, procedure, rows by."""

    first = forms.DateField(
        label=_("Từ ngày"),
        required=False,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    last = forms.DateField(
        label=_("Đến ngày"),
        required=False,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    agency = forms.TypedChoiceField(label=_("Cơ quan"), required=False, coerce=int, empty_value=None)
    alone = forms.BooleanField(label=_("Không tính cơ quan trực thuộc"), required=False)
    sector = forms.TypedChoiceField(label=_("Lĩnh vực"), required=False, coerce=int, empty_value=None)
    procedure = forms.TypedChoiceField(label=_("Thủ tục"), required=False, coerce=int, empty_value=None)
    group = forms.ChoiceField(label=_("Mỗi dòng là một"), required=False, choices=list(GROUPS.items()))

    def __init__(self, asked: Any, *, actor: Actor, at: datetime, rows: bool = True) -> None:
        month = timezone.localdate(at).replace(day=1)
        asked = asked.copy()
        asked.setdefault("first", month.isoformat())
        asked.setdefault("last", (Period.month(month, at).last).isoformat())
        super().__init__(asked)
        self.period = self._period(at)
        self.realm = realm_of(actor, self.period)
        below = [(key, name) for key, name in self.realm.names.items() if key != actor.agency.pk]
        if below:
            self.fields["agency"].choices = [("", actor.agency.name), *below]
        else:
            del self.fields["agency"], self.fields["alone"]
        if rows:
            sectors = Sector.objects.values_list("pk", "name")
            self.fields["sector"].choices = [("", EVERY), *sectors]
            self.fields["procedure"].choices = [("", EVERY), *procedure_names().items()]
        else:
            del self.fields["sector"], self.fields["procedure"], self.fields["group"]

    def question(self) -> Question:
        """What makes sense of the values given."""
        self.is_valid()
        chosen = self.cleaned_data
        return Question(
            period=self.period,
            realm=self.realm,
            agency_id=chosen.get("agency"),
            with_below=not chosen.get("alone"),
            sector_id=chosen.get("sector"),
            procedure_id=chosen.get("procedure"),
            group=chosen.get("group") or "agency",
        )

    def _period(self, at: datetime) -> Period:
        """The days decide who stood below; a period that is turned round or endless is this month."""
        today = timezone.localdate(at)
        try:
            first, last = (self.fields[name].clean(self[name].data) for name in ("first", "last"))
        except ValidationError:
            return Period.month(today, at)
        if first is None or last is None or last < first or last - first > LONGEST or first > today:
            return Period.month(today, at)
        return Period(first, last, at)


class CommentForm(forms.Form):
    """Whether somebody's words are shown, in which wording, or why not."""

    decision = forms.ChoiceField(choices=[("show", _("Công bố")), ("withhold", _("Không công bố"))])
    shown_text = forms.CharField(
        label=_("Nội dung công bố (bỏ tên người, số điện thoại, số định danh, địa chỉ)"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(label=_("Lý do không công bố"), required=False, max_length=300)
