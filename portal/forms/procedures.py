"""What people type to narrow the list of procedures, and to count when something would be due."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from onestop.public import CatalogueChoices, ProcedureDetail

ANY = ("", pgettext_lazy("bộ lọc", "Tất cả"))
# A term further away than this is nobody's question, and years without holidays would make it wrong.
FIRST_YEAR, LAST_YEAR = 2015, 2100


class ProcedureFilter(forms.Form):
    """Words, sector, agency, level, applicant, online level; what no choice offers narrows nothing.

    ``agency``: one that decides procedures of its level without standing in the catalogue itself.
    """

    q = forms.CharField(
        label=_("Tên hoặc mã thủ tục"), required=False, widget=forms.TextInput({"type": "search"})
    )
    sector = forms.ChoiceField(label=_("Lĩnh vực"), required=False)
    agency = forms.ChoiceField(label=_("Cơ quan"), required=False)
    level = forms.ChoiceField(label=_("Cấp"), required=False)
    applicant = forms.ChoiceField(label=_("Đối tượng"), required=False)
    online = forms.ChoiceField(label=_("Trực tuyến"), required=False)

    def __init__(self, data: Any, choices: CatalogueChoices, agency: tuple[str, str] | None = None) -> None:
        super().__init__(data)
        offered = {
            "sector": choices.sectors,
            "agency": dict([*choices.agencies, *([agency] if agency else [])]).items(),
            "level": choices.levels,
            "applicant": choices.applicants,
            "online": choices.online_levels,
        }
        for name, options in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
            field.choices = [ANY, *options]

    @property
    def narrowing(self) -> dict[str, str]:
        """What narrows, by name of the argument of ``onestop.public.procedure_page``."""
        self.is_valid()
        return {("text" if name == "q" else name): value for name, value in self.cleaned_data.items()}

    @property
    def is_used(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.narrowing.values())


class DueForm(forms.Form):
    """Which case, which way, handed in when."""

    case = forms.TypedChoiceField(label=_("Trường hợp"), coerce=int)
    channel = forms.ChoiceField(label=_("Cách nộp"))
    day = forms.DateField(label=_("Ngày nộp"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    clock = forms.TimeField(label=_("Giờ nộp"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))

    def __init__(self, data: Any, detail: ProcedureDetail) -> None:
        super().__init__(data)
        channels = {limit.channel: limit.channel_words for case in detail.cases for limit in case.limits}
        for name, options in (
            ("case", [(case.id, case.name or detail.entry.name) for case in detail.cases]),
            ("channel", list(channels.items())),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
            field.choices = options
        if len(detail.cases) == 1:
            self.fields["case"].widget = forms.HiddenInput()

    def clean_day(self) -> Any:
        """Not so far away that nobody knows its holidays."""
        day = self.cleaned_data["day"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(
                _("Năm phải từ %(first)d đến %(last)d."), params={"first": FIRST_YEAR, "last": LAST_YEAR}
            )
        return day

    @property
    def submitted_at(self) -> datetime:
        """The moment that was typed, in Vietnam's time."""
        naive = datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"])
        return timezone.make_aware(naive, timezone.get_default_timezone())
