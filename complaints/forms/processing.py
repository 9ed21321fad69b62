"""What the steps of processing ask for; shape only, the rest the actions say in words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.actions.propose import Proposed
from complaints.enums import Direction
from complaints.forms.fields import AgencyField, DayField, LineField, TextField
from complaints.models import Matter, Urging, grounds
from egov.organizations.enums import Capacity
from egov.organizations.models import Membership

WORDS_LENGTH = 4000
SHORT_LENGTH = 1000
TO_SOMEBODY = (Direction.TRANSFER, Direction.GUIDE, Direction.URGE)
WORDS_LABELS = {
    Direction.ANSWER: _("Nội dung trả lời"),
    Direction.COMPLETE: _("Những gì phải bổ sung"),
}


class AssignForm(forms.Form):
    """Who handles it; only people who were appointed and are not tied to it."""

    member = forms.TypedChoiceField(label=_("Người xử lý"), coerce=int)
    note = TextField(label=_("Ý kiến chỉ đạo"), rows=2, required=False, max_length=SHORT_LENGTH)

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [("", _("Chọn người")), *map(person_choice, members)]


class ProposalForm(forms.Form):
    """One direction: its ground and place where it needs them, its reason, its day."""

    ground = forms.ChoiceField(label=_("Căn cứ"))
    target = AgencyField(label=_("Cơ quan trong hệ thống"), help_text=_("Gõ tên, chọn trong danh sách."))
    target_name = LineField(
        label=_("Cơ quan ngoài hệ thống"),
        required=False,
        max_length=200,
        help_text=_("Chỉ ghi khi không có trong danh sách."),
    )
    words = TextField(label=_("Lý do"), rows=4, max_length=WORDS_LENGTH)
    answer_by = DayField(label=_("Trước hết ngày"))

    def __init__(self, *args: Any, matter: Matter, direction: Direction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.direction = direction
        chosen = grounds(matter.kind, direction)
        if chosen is None:
            del self.fields["ground"]
        else:
            self.fields["ground"].choices = [("", _("Chọn căn cứ")), *chosen.choices]
        if direction not in TO_SOMEBODY:
            del self.fields["target"]
        if direction not in TO_SOMEBODY or direction == Direction.URGE:
            del self.fields["target_name"]
        if direction not in (Direction.COMPLETE, Direction.URGE):
            del self.fields["answer_by"]
        self.fields["words"].label = WORDS_LABELS.get(direction, _("Lý do"))

    def proposed(self) -> Proposed:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        return Proposed(
            direction=self.direction,
            words=typed["words"],
            ground=typed.get("ground", ""),
            target=typed.get("target"),
            target_name=typed.get("target_name", ""),
            answer_by=typed.get("answer_by"),
        )


class ApproveForm(forms.Form):
    """Words with the approval, if any."""

    words = TextField(label=_("Ý kiến"), rows=2, required=False, max_length=SHORT_LENGTH)


class ReasonForm(forms.Form):
    """Why."""

    words = TextField(label=_("Lý do"), rows=2, max_length=SHORT_LENGTH)


class BroughtForm(forms.Form):
    """What was brought."""

    words = TextField(label=_("Đã bổ sung những gì"), rows=2, max_length=SHORT_LENGTH)


class ReplyForm(forms.Form):
    """What the body that sent it is told."""

    words = TextField(label=_("Kết quả báo cho nơi chuyển đơn"), rows=3, max_length=WORDS_LENGTH)


class AnswerForm(forms.Form):
    """What an urged body answered; which one is asked only where several are open."""

    urging = forms.TypedChoiceField(label=_("Văn bản đôn đốc"), coerce=int)
    answer = TextField(label=_("Nội dung trả lời"), rows=2, max_length=SHORT_LENGTH)

    def __init__(self, *args: Any, urgings: Sequence[Urging], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["urging"].choices = [
            (one.pk, f"{one.paper.notation} – {one.agency.name}") for one in urgings
        ]


class SendPaperForm(forms.Form):
    """Who signs the official letter, and in what capacity."""

    signer = forms.TypedChoiceField(label=_("Người ký"), coerce=int)
    capacity = forms.ChoiceField(
        label=_("Tư cách ký"), choices=[(one.value, one.label) for one in Capacity], initial=Capacity.TM
    )

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signer"].choices = [("", _("Chọn người ký")), *map(person_choice, members)]


def person_choice(member: Membership) -> tuple[int, str]:
    """A person in a list of choices: name, position."""
    return member.pk, f"{member.user.full_name} – {member.position}"
