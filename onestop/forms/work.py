"""What the steps of a dossier's work ask for; shape only, the rest the actions say in words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from egov.organizations.models import Agency, Membership
from egov.organizations.queries.directory import searched
from egov.organizations.queries.tree import agencies
from onestop.actions.apologize import MOST_DAYS
from onestop.actions.consult import ANSWER_LENGTH
from onestop.actions.filing import HandedPaper
from onestop.actions.forward import NOTE_LENGTH
from onestop.actions.reason import REASON_LENGTH
from onestop.actions.stop import BY_STATE
from onestop.enums import StopReason
from onestop.forms.fields import CountField, DayField, LineField
from onestop.models import Leg, Step, SupplementItem
from onestop.models.consultation import Opinion

SHOWN_MATCHES = 5
GIVEN = (Opinion.AGREES, Opinion.OBJECTS, Opinion.REMARKS)


def words(
    label: object, *, required: bool = True, length: int = REASON_LENGTH, hint: object = ""
) -> forms.CharField:
    """A few lines of text."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=length,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReasonForm(forms.Form):
    """Why: every step that somebody may ask about later."""

    reason = words(_("Lý do"))


class StepForm(forms.Form):
    """A step in hand; which one is asked only where the actor has several (parallel legs)."""

    step = forms.TypedChoiceField(label=_("Bước đang giữ"), coerce=int)

    def __init__(self, *args: Any, steps: Sequence[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [(one.pk, f"{one.leg.name}: {one.name}") for one in steps]
        if len(steps) == 1:
            self.fields["step"].widget = forms.HiddenInput()
            self.fields["step"].initial = steps[0].pk


class LegForm(forms.Form):
    """A leg at the door or to be sent again; asked only where there are several."""

    leg = forms.TypedChoiceField(label=_("Công đoạn"), coerce=int)

    def __init__(self, *args: Any, legs: Sequence[Leg], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leg"].choices = [(one.pk, one.name) for one in legs]
        if len(legs) == 1:
            self.fields["leg"].widget = forms.HiddenInput()
            self.fields["leg"].initial = legs[0].pk


class GiveBackForm(LegForm):
    """Why what was handed over is not taken."""

    reason = words(_("Lý do trả lại"), hint=_("Ghi rõ nơi gửi phải bổ sung, sửa gì."))


class FinishLegForm(StepForm):
    """What was done in this agency."""

    note = words(_("Kết quả phần việc"), required=False, length=NOTE_LENGTH)


class ForwardForm(StepForm):
    """The next step, to whom, with what words."""

    to = forms.TypedChoiceField(label=_("Bước tiếp theo"), coerce=int)
    holder = forms.TypedChoiceField(
        label=_("Giao cho"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Để trống: ai cùng vai trò trong cơ quan cũng nhận xử lý được."),
    )
    note = words(_("Ý kiến"), required=False, length=NOTE_LENGTH)

    def __init__(
        self, *args: Any, followers: Sequence[Step], members: Sequence[Membership], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(one.order, one.name) for one in followers]
        if len(followers) == 1:
            self.fields["to"].initial = followers[0].order
        self.fields["holder"].choices = [("", _("Người đầu tiên nhận")), *map(person_choice, members)]


class AssignForm(StepForm):
    """Who takes a running step from now on."""

    holder = forms.TypedChoiceField(label=_("Người xử lý"), coerce=int)

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = [("", _("Chọn người")), *map(person_choice, members)]


class StopForm(forms.Form):
    """Why the clock stands still: only what the procedure allows is offered."""

    reason = forms.ChoiceField(label=_("Lý do"))
    words = words(_("Diễn giải"))

    def __init__(self, *args: Any, allowed: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own_way = {*BY_STATE, StopReason.CONSULTATION}
        offered = [StopReason(one) for one in allowed if one not in own_way]
        self.fields["reason"].choices = [(one.value, one.label) for one in offered]


class ConsultForm(forms.Form):
    """Which agency is asked what, until when."""

    agency = LineField(
        label=_("Cơ quan được hỏi"), max_length=200, help_text=_("Tên (không cần dấu) hoặc mã định danh.")
    )
    question = words(_("Nội dung lấy ý kiến"))
    due_on = DayField(label=_("Trả lời trước hết ngày"))
    pauses = forms.BooleanField(label=_("Tạm dừng tính thời gian trong lúc chờ"), required=False)

    def clean_agency(self) -> Agency:
        """The one agency that is meant; several that fit are named."""
        typed = self.cleaned_data["agency"]
        current = agencies(timezone.localdate())
        matches = list(searched(current, typed)[: SHOWN_MATCHES + 1])
        exact = [one for one in matches if typed.casefold() in (one.name.casefold(), one.code.casefold())]
        if len(exact or matches) == 1:
            return (exact or matches)[0]
        if not matches:
            raise forms.ValidationError(_("Không có cơ quan nào tên như vậy."))
        names = "; ".join(one.name for one in matches[:SHOWN_MATCHES])
        raise forms.ValidationError(_("Nhiều cơ quan khớp (%(names)s…). Hãy ghi đủ tên.") % {"names": names})


class AnswerForm(forms.Form):
    """What this agency thinks."""

    opinion = forms.ChoiceField(label=_("Ý kiến"), choices=[(one.value, one.label) for one in GIVEN])
    answer = words(_("Nội dung"), required=False, length=ANSWER_LENGTH)


class QuestionForm(forms.Form):
    """One open question of a consultation, and why it is not waited for."""

    consultation = forms.IntegerField(widget=forms.HiddenInput)
    reason = words(_("Lý do không chờ nữa"), required=False)


class DutyForm(forms.Form):
    """To which office the transfer form goes."""

    tax_office = LineField(label=_("Cơ quan xác định nghĩa vụ tài chính"), max_length=200)


class NoticeForm(forms.Form):
    """The tax office's notice."""

    number = LineField(label=_("Số thông báo"), max_length=60)
    issued_on = DayField(label=_("Ngày thông báo"))
    amount = forms.IntegerField(label=_("Số tiền (đồng)"), min_value=1, max_value=10**15)


class ProofForm(forms.Form):
    """The receipt of the payment."""

    receipt_number = LineField(label=_("Số chứng từ nộp tiền"), max_length=60)
    paid_on = DayField(label=_("Ngày nộp"))
    file = forms.FileField(label=_("Tệp chứng từ"), required=False)


class ApologyForm(forms.Form):
    """Why the result is late, and by how many working days."""

    reason = words(_("Lý do chậm trả kết quả"))
    days = forms.IntegerField(
        label=_("Hẹn thêm (ngày làm việc)"),
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_("Tính từ ngày đã hẹn, hoặc từ bây giờ nếu đã quá hẹn."),
    )
    late = forms.BooleanField(
        label=_("Ghi nhận là xin lỗi muộn"),
        required=False,
        help_text=_("Cần chọn khi gửi từ ngày hẹn trở đi; hồ sơ vẫn tính quá hạn theo ngày hẹn đầu tiên."),
    )


class ReceiveSupplementForm(forms.Form):
    """How many sheets of each paper that was asked for were brought, or its file."""

    def __init__(self, *args: Any, items: Sequence[SupplementItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            key = item.requirement_id
            self.fields[f"originals_{key}"] = CountField(label=_("Bản chính"), initial=1)
            self.fields[f"certified_{key}"] = CountField(label=_("Bản sao chứng thực"))
            self.fields[f"photocopies_{key}"] = CountField(label=_("Bản chụp"))
            self.fields[f"file_{key}"] = forms.FileField(label=_("Tệp"), required=False)

    @property
    def rows(self) -> list[tuple[SupplementItem, list[forms.BoundField]]]:
        """Each paper with its fields, for the page."""
        kinds = ("originals", "certified", "photocopies", "file")
        return [(item, [self[f"{kind}_{item.requirement_id}"] for kind in kinds]) for item in self.items]

    def counts(self) -> list[tuple[HandedPaper, Any]]:
        """Papers that were brought, each with its uploaded file; a line left empty was not."""
        typed = self.cleaned_data
        brought = []
        for item in self.items:
            key = item.requirement_id
            sheets = [typed[f"{kind}_{key}"] or 0 for kind in ("originals", "certified", "photocopies")]
            if any(sheets) or typed[f"file_{key}"]:
                paper = HandedPaper(
                    requirement=item.requirement,
                    originals=sheets[0],
                    certified_copies=sheets[1],
                    photocopies=sheets[2],
                )
                brought.append((paper, typed[f"file_{key}"]))
        return brought


def person_choice(member: Membership) -> tuple[int, str]:
    """A person in a list of choices: name, position."""
    return member.pk, f"{member.user.full_name} – {member.position}"
