"""A day of the timetable, a request to meet the leader and its answer, as they are typed."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from complaints.actions.appointment import Asking
from complaints.actions.timetable import Plan
from complaints.forms.fields import DayField, LineField
from complaints.forms.visit import MemberField
from complaints.models import Letter, ReceptionDay
from egov.organizations.models import Membership


class HourField(forms.TimeField):
    """A time of the day as people write it: 07:30."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(
            format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "07:30"}
        )
        messages = {"invalid": _("Ghi giờ theo dạng giờ:phút, ví dụ 07:30.")}
        super().__init__(
            widget=widget, input_formats=["%H:%M", "%Hh%M", "%H:%M:%S"], error_messages=messages, **options
        )


class PlanForm(forms.Form):
    """When, where and by whom people are received."""

    on = DayField(
        label=_("Ngày"), help_text=_("Nếu là ngày nghỉ, lịch tự chuyển sang ngày làm việc tiếp theo.")
    )
    opens = HourField(label=_("Từ giờ"))
    closes = HourField(label=_("Đến giờ"))
    place = LineField(label=_("Nơi tiếp"), max_length=200)
    host = MemberField(label=_("Người tiếp"), empty_label=None)

    def __init__(self, *args: Any, leaders: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = leaders  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        """As the action takes it."""
        return Plan(**{name: self.cleaned_data[name] for name in ("on", "opens", "closes", "place", "host")})

    @staticmethod
    def initial_of(day: ReceptionDay) -> dict[str, Any]:
        """What stands in the form of a day that is in the timetable."""
        return {
            "on": day.planned_on,
            "opens": day.opens,
            "closes": day.closes,
            "place": day.place,
            "host": day.host_id,
        }


class ChangeForm(PlanForm):
    """The same with why it changes."""

    reason = LineField(label=_("Lý do thay đổi"), required=False, max_length=300)


class CancelForm(forms.Form):
    """Why nobody is received that day."""

    reason = LineField(label=_("Lý do hủy"), max_length=300)


class HeldForm(forms.Form):
    """Who was really there."""

    by = MemberField(label=_("Người đã trực tiếp tiếp"), empty_label=None)

    def __init__(self, *args: Any, leaders: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].queryset = leaders  # type: ignore[attr-defined]


class AskingForm(forms.Form):
    """Who wants to meet the leader; a denouncer by the code of the letter alone."""

    name = LineField(label=_("Họ tên"), required=False, max_length=200)
    personal_number = LineField(
        label=_("Số định danh"), required=False, max_length=20, attrs={"inputmode": "numeric"}
    )
    phone = LineField(label=_("Điện thoại"), required=False, max_length=20, attrs={"inputmode": "tel"})
    address = LineField(label=_("Địa chỉ"), required=False, max_length=300)
    content = LineField(label=_("Nội dung muốn gặp"), required=False, max_length=500)
    letter = LineField(
        label=_("Mã đơn"),
        required=False,
        max_length=60,
        help_text=_("Người tố cáo: chỉ ghi mã đơn, để trống các ô trên."),
    )

    def __init__(self, *args: Any, letters: QuerySet[Letter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._letters = letters

    def clean_letter(self) -> Letter | None:
        """The letter of that code."""
        code = self.cleaned_data["letter"].strip()
        if not code:
            return None
        letter = self._letters.filter(code__iexact=code).first()
        if letter is None:
            raise forms.ValidationError(_("Không tìm thấy đơn có mã này trong sổ của cơ quan."))
        return letter

    def asking(self) -> Asking:
        """As the action takes it."""
        return Asking(**self.cleaned_data)


class AgreeForm(forms.Form):
    """A day of the timetable and an hour of it."""

    day = forms.ModelChoiceField(
        label=_("Ngày tiếp"), queryset=ReceptionDay.objects.none(), empty_label=_("Chọn ngày")
    )
    time = HourField(label=_("Giờ hẹn"))
    answer = LineField(label=_("Dặn thêm"), required=False, max_length=500)

    def __init__(self, *args: Any, days: QuerySet[ReceptionDay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["day"]
        field.queryset = days
        field.label_from_instance = lambda day: (
            f"{day.day:%d/%m/%Y}, {day.opens:%H:%M}–{day.closes:%H:%M}, {day.host.user.full_name}"
        )


class DeclineForm(forms.Form):
    """Why not."""

    answer = LineField(label=_("Lý do không đồng ý"), max_length=500)


class PostponeForm(forms.Form):
    """A later day, and why."""

    to = DayField(label=_("Hạn mới"))
    reason = LineField(label=_("Lý do"), max_length=500)
