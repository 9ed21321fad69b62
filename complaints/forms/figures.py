"""Which period a report counts."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from complaints.queries.figures.window import Window

# First month and number of months of each period that is reported on (Circular 02/2021/TT-TTCP).
PERIODS = {
    "q1": (_("Quý I"), 1, 3),
    "q2": (_("Quý II"), 4, 3),
    "q3": (_("Quý III"), 7, 3),
    "q4": (_("Quý IV"), 10, 3),
    "h1": (_("6 tháng đầu năm"), 1, 6),
    "m9": (_("9 tháng"), 1, 9),
    "year": (_("Cả năm"), 1, 12),
}
FIRST_YEAR = 2015


class ReportForm(forms.Form):
    """A year and a part of it; wrong values fall back to this year's current quarter."""

    year = forms.TypedChoiceField(label=_("Năm"), coerce=int, required=False)
    period = forms.ChoiceField(
        label=_("Kỳ báo cáo"), choices=[(key, one[0]) for key, one in PERIODS.items()], required=False
    )

    def __init__(self, asked: Any, *, today: date) -> None:
        self.usual = {"year": str(today.year), "period": f"q{(today.month + 2) // 3}"}
        asked = asked.copy()
        for name, value in self.usual.items():
            asked.setdefault(name, value)
        super().__init__(asked)
        years = range(today.year, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [(year, str(year)) for year in years]

    def window(self) -> tuple[Window, str]:
        """The days that the report counts, and its name in words."""
        typed = self.cleaned_data if self.is_valid() else {}
        year = typed.get("year") or int(self.usual["year"])
        words, first, months = PERIODS[typed.get("period") or self.usual["period"]]
        window = Window.of_months(year, first, months, cutoff=settings.LETTER_REPORT_CUTOFF)
        return window, f"{words} {year}"
