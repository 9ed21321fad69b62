"""Forms of working time. They check shape, nothing else."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from egov.organizations.forms import DayField
from egov.organizations.models import Agency
from egov.organizations.models.agency import AgencyQuerySet
from egov.organizations.queries import tree
from egov.workdays.calendar import Calendar, Week, Window, Windows
from egov.workdays.limit import Limit, LimitUnit
from egov.workdays.models import Holiday
from egov.workdays.weekday import Weekday

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
LONGEST_LIMIT = 400
STRETCH = re.compile(r"([01]?\d|2[0-3])[:hg]([0-5]\d)\s*[-–]\s*([01]?\d|2[0-3])[:hg]([0-5]\d)")
OUT_OF_REACH = _("Hãy ghi một ngày từ năm 2000 đến năm 2100.")


def near(day: date) -> None:
    """Validator: a day of our time, not a slip of the keyboard."""
    if not EARLIEST <= day <= LATEST:
        raise forms.ValidationError(OUT_OF_REACH)


class ScopeField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """An agency with all below it."""

    def label_from_instance(self, obj: Agency) -> str:
        return obj.name


class HolidayForm(forms.Form):
    """One day that differs. ``scopes`` are the agencies on offer; ``everywhere`` offers the province."""

    day = DayField(label=_("Ngày"), validators=[near])
    kind = forms.ChoiceField(label=_("Loại"), choices=Holiday.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Tên ngày"), max_length=200, help_text=_("Ví dụ: Tết Nguyên đán; làm bù cho ngày 02/05/2025.")
    )
    source = forms.CharField(
        label=_("Căn cứ"),
        max_length=200,
        help_text=_(
            "Số, ngày của quyết định hoặc thông báo, ví dụ: Thông báo 6150/TB-BLĐTBXH ngày 03/12/2024."
        ),
    )
    scope = ScopeField(label=_("Phạm vi"), queryset=Agency.objects.none(), required=False)

    def __init__(self, *arguments: Any, scopes: AgencyQuerySet, everywhere: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        field: Any = self.fields["scope"]
        field.queryset, field.required = scopes, not everywhere
        field.empty_label = _("Toàn tỉnh") if everywhere else _("Chọn cơ quan")
        field.help_text = _("Cơ quan được chọn và mọi cơ quan bên dưới.")
        self.fields["kind"].initial = Holiday.Kind.CLOSED

    def holiday(self) -> Holiday:
        """The day as entered, not saved."""
        given = self.cleaned_data
        return Holiday(
            day=given["day"],
            agency=given["scope"],
            kind=given["kind"],
            name=given["name"],
            source=given["source"],
        )


class AgencyForm(forms.Form):
    """Whose hours to open."""

    agency = ScopeField(label=_("Cơ quan"), queryset=Agency.objects.none(), empty_label=_("Chọn cơ quan"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["agency"].queryset = tree.agencies(timezone.localdate())  # type: ignore[attr-defined]


class WindowsField(forms.CharField):
    """The hours of one day as people write them: “07:00-11:30, 13:30-17:00”; nothing when closed."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "placeholder": _("nghỉ")})
        super().__init__(required=False, max_length=100, widget=widget, **options)

    def clean(self, value: Any) -> Windows:
        text = super().clean(value)
        windows = []
        for part in filter(None, (piece.strip() for piece in re.split(r"[,;]", text))):
            found = STRETCH.fullmatch(part)
            opens, closes = _minutes(found, 1), _minutes(found, 3)
            if not opens < closes:
                raise forms.ValidationError(
                    _("Ghi giờ theo dạng 07:00-11:30, các buổi cách nhau bằng dấu phẩy; để trống nếu nghỉ.")
                )
            windows.append(Window(opens, closes))
        return tuple(sorted(windows))


class HoursForm(forms.Form):
    """The hours of a week, from a day on."""

    since = DayField(label=_("Áp dụng từ ngày"), validators=[near])
    inherited = forms.BooleanField(
        label=_("Theo giờ của cơ quan cấp trên"),
        label_suffix="",
        required=False,
        help_text=_("Bỏ giờ riêng của cơ quan; các ô bên dưới không còn tác dụng."),
    )

    def __init__(self, *arguments: Any, calendar: Calendar, has_above: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["since"].initial = timezone.localdate
        if not has_above:
            del self.fields["inherited"]
        week = calendar.week_on(timezone.localdate())
        for weekday in Weekday:
            shown = ", ".join(map(str, week[weekday.value]))
            self.fields[f"day_{weekday.value}"] = WindowsField(label=weekday.label, initial=shown)

    def whole_week(self) -> list[forms.BoundField]:
        """The fields about the week as a whole."""
        return [self[name] for name in self.fields if not name.startswith("day_")]

    def days(self) -> list[forms.BoundField]:
        """One field a day."""
        return [self[name] for name in self.fields if name.startswith("day_")]

    def week(self) -> Week | None:
        """The hours from Monday to Sunday; None when those from above are to hold."""
        given = self.cleaned_data
        if given.get("inherited"):
            return None
        monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
            given[f"day_{weekday.value}"] for weekday in Weekday
        )
        return (monday, tuesday, wednesday, thursday, friday, saturday, sunday)


class TermForm(forms.Form):
    """When was it received, and how long may it take."""

    received = forms.DateTimeField(
        label=_("Tiếp nhận lúc"),
        help_text=_("Giờ:phút ngày/tháng/năm, ví dụ 16:20 12/02/2026."),
        error_messages={"invalid": _("Ghi theo dạng giờ:phút ngày/tháng/năm, ví dụ 16:20 12/02/2026.")},
        widget=forms.DateTimeInput(format="%H:%M %d/%m/%Y", attrs={"autocomplete": "off"}),
    )
    amount = forms.IntegerField(label=_("Thời hạn"), min_value=0, max_value=LONGEST_LIMIT)
    unit = forms.ChoiceField(label=_("Đơn vị"), choices=LimitUnit.choices)
    cutoff = forms.TimeField(
        label=_("Giờ chốt trong ngày"),
        required=False,
        help_text=_("Ví dụ 15:00: nhận sau giờ này thì trả kết quả vào ngày làm việc tiếp theo."),
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
    )

    def clean_received(self) -> Any:
        received = self.cleaned_data["received"]
        near(timezone.localdate(received))
        return received

    def limit(self) -> Limit:
        """The limit as entered."""
        return Limit(self.cleaned_data["amount"], LimitUnit(self.cleaned_data["unit"]))


def _minutes(found: re.Match[str] | None, group: int) -> int:
    """Minutes since midnight of one end of a stretch; 0 for what is none."""
    return int(found[group]) * 60 + int(found[group + 1]) if found else 0
