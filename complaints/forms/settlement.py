"""What the steps of a settlement ask for; shape only, the rest the actions say in words."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.forms.fields import DayField, LineField, TextField
from complaints.models.execution import ExecutionKind
from complaints.models.fact import FactKind
from complaints.models.order import SuspensionGround
from complaints.models.publication import PublicationForm
from complaints.models.verification import EvidenceKind
from egov.organizations.enums import Capacity
from egov.organizations.models import Membership

LINE, LONG, TEXT = 300, 500, 20_000
MORNING = time(8)
Choices = Sequence[tuple[Any, Any]]


class MemberField(forms.TypedChoiceField):
    """One of some people; gives the position itself."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, **options)
        self.people: dict[int, Membership] = {}

    def offer(self, people: Iterable[Membership]) -> None:
        """Who may be chosen."""
        self.people = {one.pk: one for one in people}
        names = [(one.pk, f"{one.user.full_name} – {one.position}") for one in self.people.values()]
        self.choices = [("", _("Chọn người")), *names]

    def clean(self, value: Any) -> Membership | None:
        return self.people.get(super().clean(value))


class AmountField(LineField):
    """A number as people write it: 1.250.000 or 12,5."""

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value)
        if not typed:
            return None
        plain = typed.replace(" ", "").replace(".", "").replace(",", ".")
        if not plain.replace(".", "", 1).isascii() or not plain.replace(".", "", 1).isdigit():
            raise forms.ValidationError(_("Ghi số, ví dụ 1.250.000 hoặc 12,5."))
        return Decimal(plain)


class ReasonForm(forms.Form):
    """Why."""

    reason = TextField(label=_("Lý do"), rows=2, max_length=1000)


class FactForm(forms.Form):
    """A fact and what shows it."""

    kind = forms.ChoiceField(label=_("Tình tiết"), choices=FactKind.choices)
    evidence = LineField(label=_("Tài liệu, chứng cứ"), max_length=LONG)


class DropFactForm(forms.Form):
    """Which fact no longer stands, and why."""

    kind = forms.ChoiceField(label=_("Tình tiết"))
    reason = LineField(label=_("Lý do bỏ"), max_length=LONG)

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one, FactKind(one).label) for one in kinds]


class SecondForm(forms.Form):
    """The first settlement that a complaint goes against."""

    code = LineField(label=_("Mã đơn khiếu nại lần đầu"), max_length=60)
    good_reason = LineField(
        label=_("Lý do chính đáng nếu gửi muộn"),
        required=False,
        max_length=LONG,
        help_text=_("Ốm đau, thiên tai, đi công tác, học tập ở nơi xa hoặc trở ngại khách quan khác."),
    )


class VerificationForm(forms.Form):
    """Who finds out what, by when."""

    content = TextField(label=_("Nội dung phải xác minh"), max_length=TEXT)
    leader = MemberField(label=_("Người phụ trách xác minh"))
    members = forms.TypedMultipleChoiceField(
        label=_("Thành viên"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = DayField(label=_("Xong trước hết ngày"))

    def __init__(self, *args: Any, people: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.pk: one for one in people}
        self.fields["leader"].offer(people)
        self.fields["members"].choices = [(one.pk, one.user.full_name) for one in people]

    def team(self) -> list[Membership]:
        """The members chosen."""
        return [self.people[pk] for pk in self.cleaned_data["members"] if pk in self.people]


class PlanForm(forms.Form):
    """How the team goes about it."""

    plan = TextField(label=_("Kế hoạch xác minh"), rows=4, max_length=TEXT)


class EvidenceForm(forms.Form):
    """One piece of evidence."""

    kind = forms.ChoiceField(label=_("Loại"), choices=EvidenceKind.choices)
    name = LineField(label=_("Tên, trích yếu"), max_length=LINE)
    words = TextField(label=_("Nội dung"), required=False, max_length=TEXT)
    taken_on = DayField(label=_("Ngày thu thập"), initial=timezone.localdate)
    file = forms.FileField(label=_("Tệp đính kèm"), required=False)


class ReportForm(forms.Form):
    """What was found and what to decide."""

    findings = TextField(label=_("Kết quả xác minh"), rows=4, max_length=TEXT)
    recommendation = TextField(label=_("Kiến nghị giải quyết"), max_length=TEXT)
    differs = forms.BooleanField(
        label=_("Yêu cầu và kết quả xác minh còn khác nhau (phải đối thoại)"), required=False
    )


class DialogueForm(forms.Form):
    """When, where and about what."""

    day = DayField(label=_("Ngày đối thoại"))
    clock = forms.TimeField(
        label=_("Giờ"), initial=MORNING, widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"})
    )
    place = LineField(label=_("Địa điểm"), max_length=LINE)
    content = TextField(label=_("Nội dung đối thoại"), max_length=TEXT)

    def meets_at(self) -> datetime:
        """Day and time together."""
        together = datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"])
        return timezone.make_aware(together)


class ChoiceForm(forms.Form):
    """One of several rows; asked only where there are several."""

    row = forms.TypedChoiceField(label=_("Mục"), coerce=int)

    def __init__(self, *args: Any, rows: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["row"].choices = list(rows)
        if len(rows) == 1:
            self.fields["row"].widget = forms.HiddenInput()
            self.fields["row"].initial = rows[0][0]


class MinutesForm(ChoiceForm):
    """What was said at a dialogue, by whom."""

    chaired_by = MemberField(label=_("Người chủ trì"))
    complainant_came = forms.BooleanField(label=_("Người khiếu nại có mặt"), required=False)
    is_signed = forms.BooleanField(label=_("Biên bản có đủ chữ ký"), required=False)
    minutes = TextField(label=_("Nội dung biên bản"), rows=5, max_length=TEXT)

    def __init__(self, *args: Any, people: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chaired_by"].offer(people)


class OutcomeForm(forms.Form):
    """The result in its own words, what was found, what is decided."""

    result = forms.ChoiceField(label=_("Kết quả"))
    findings = TextField(label=_("Nhận định"), rows=4, max_length=TEXT)
    ruling = TextField(label=_("Nội dung quyết định, kết luận"), rows=4, max_length=TEXT)

    def __init__(self, *args: Any, results: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = results


class SigningForm(forms.Form):
    """Who signs in what capacity, and which agencies get the paper."""

    signer = MemberField(label=_("Người ký"))
    capacity = forms.ChoiceField(
        label=_("Tư cách ký"), choices=[(one.value, one.label) for one in Capacity], initial=Capacity.TM
    )
    recipients = LineField(
        label=_("Cơ quan nhận"),
        max_length=1000,
        help_text=_("Mã định danh của các cơ quan nhận văn bản, cách nhau bằng dấu phẩy."),
    )

    def __init__(self, *args: Any, people: Sequence[Membership], codes: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signer"].offer(people)
        self.fields["recipients"].initial = codes

    def recipient_codes(self) -> tuple[str, ...]:
        """The codes as typed, without blanks."""
        parts = self.cleaned_data["recipients"].replace(";", ",").split(",")
        return tuple(part.strip() for part in parts if part.strip())


class SuspensionForm(ReasonForm):
    """On what ground the clock stops."""

    ground = forms.ChoiceField(label=_("Căn cứ"), choices=SuspensionGround.choices)
    field_order = ("ground", "reason")


class MeasureForm(ReasonForm):
    """What stands still, until when, why."""

    what = LineField(label=_("Biện pháp"), max_length=1000)
    until = DayField(label=_("Đến hết ngày"))
    field_order = ("what", "until", "reason")


class WithdrawalForm(forms.Form):
    """What was withdrawn, by which paper."""

    is_whole = forms.TypedChoiceField(
        label=_("Phạm vi"),
        choices=[("whole", _("Rút toàn bộ")), ("part", _("Rút một phần"))],
        coerce=lambda value: value == "whole",
    )
    content = LineField(label=_("Phần nội dung được rút"), required=False, max_length=1000)
    received_on = DayField(label=_("Ngày nhận văn bản rút đơn"), initial=timezone.localdate)
    is_signed = forms.BooleanField(label=_("Văn bản rút đơn có chữ ký, điểm chỉ"), required=False)
    goes_on_because = LineField(label=_("Vẫn tiếp tục giải quyết tố cáo vì"), required=False, max_length=LONG)
    forced_because = LineField(label=_("Dấu hiệu bị đe dọa, ép buộc"), required=False, max_length=LONG)


class NoticeForm(forms.Form):
    """The redacted words, where and when they are public."""

    form = forms.ChoiceField(label=_("Hình thức công khai"), choices=PublicationForm.choices)
    place = LineField(label=_("Nơi công khai"), max_length=LINE)
    starts_on = DayField(label=_("Từ ngày"))
    ends_on = DayField(label=_("Đến hết ngày"))
    title = LineField(label=_("Tiêu đề"), max_length=LINE)
    text = TextField(
        label=_("Nội dung công khai"),
        rows=6,
        max_length=TEXT,
        help_text=_(
            "Đã xóa họ tên, địa chỉ, số định danh, điện thoại của công dân và mọi dữ liệu về người tố cáo."
        ),
    )


class ProofForm(ChoiceForm):
    """What shows that a result was public on its days."""

    proof = LineField(label=_("Biên bản, minh chứng"), max_length=LONG)


class ExecutionForm(forms.Form):
    """One thing to be done."""

    kind = forms.ChoiceField(label=_("Loại"), choices=ExecutionKind.choices)
    what = LineField(label=_("Nội dung phải thi hành"), max_length=LONG)
    by_whom = LineField(label=_("Người, cơ quan thi hành"), max_length=LINE)
    amount = AmountField(label=_("Số phải thi hành"), max_length=20)
    due_on = DayField(label=_("Hạn thi hành"))


class ProgressForm(ChoiceForm):
    """How much of a thing was done."""

    amount = AmountField(label=_("Số đã thi hành"), max_length=20)
    done_on = DayField(label=_("Ngày"), initial=timezone.localdate)
    proof = LineField(label=_("Minh chứng"), max_length=LONG)
