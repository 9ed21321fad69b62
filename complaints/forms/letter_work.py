"""What is changed on a letter after it was entered: people, papers, links, words, register."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.enums import MatterKind, ParticipantRole
from complaints.forms.fields import DayField, LineField
from complaints.forms.letter_entry import ArrivalForm, ContentForm, PaperForm, SenderForm
from complaints.models import Letter, Matter, Participant
from complaints.queries.duplicates import candidates
from complaints.queries.eligibility import complainants
from egov.organizations.actor import Actor


class PersonForm(SenderForm):
    """Somebody joins: who complains too, or who acts for one of them."""

    acts_for = forms.ModelChoiceField(
        label=_("Người ủy quyền"),
        queryset=Participant.objects.none(),
        required=False,
        empty_label=_("không có"),
    )
    only_this = forms.BooleanField(label=_("Chỉ ủy quyền nội dung này"), required=False)

    def __init__(self, actor: Actor, matter: Matter, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["acts_for"].queryset = _standing(matter.letter)
        self.fields["role"].choices = [
            choice for choice in ParticipantRole.choices if choice[0] != ParticipantRole.REPRESENTATIVE
        ]


class RepresentativesForm(forms.Form):
    """Who of those who complain speaks for all."""

    chosen = forms.TypedMultipleChoiceField(
        label=_("Người đại diện"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, actor: Actor, matter: Matter, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, **kwargs)
        people = complainants(matter.letter)
        self.fields["chosen"].choices = [(one.pk, one.name) for one in people]
        self.initial["chosen"] = [one.pk for one in people if one.role == ParticipantRole.REPRESENTATIVE]


class SignaturesForm(forms.Form):
    """Who of those who complain has signed since, and how that was taken."""

    chosen = forms.TypedMultipleChoiceField(
        label=_("Người vừa ký, điểm chỉ"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    how = LineField(label=_("Ký ở đâu, khi nào, trên giấy nào"), max_length=500)

    def __init__(self, actor: Actor, matter: Matter, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, **kwargs)
        unsigned = [one for one in complainants(matter.letter) if not one.has_signed]
        self.fields["chosen"].choices = [(one.pk, one.name) for one in unsigned]


class WithdrawForm(forms.Form):
    """One of several takes their part back."""

    person = forms.ModelChoiceField(label=_("Người rút đơn"), queryset=Participant.objects.none())
    on = DayField(label=_("Ngày rút đơn"))

    def __init__(self, actor: Actor, matter: Matter, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, **kwargs)
        self.initial["on"] = timezone.localdate()
        if matter.letter.is_protected:
            # Who it is stands in the seal: here one fewer is counted.
            del self.fields["person"]
        else:
            self.fields["person"].queryset = matter.letter.participants.filter(withdrawn_on__isnull=True)


class AttachForm(PaperForm):
    """One paper more."""

    def __init__(self, actor: Actor, matter: Matter, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, **kwargs)


class SplitForm(ContentForm):
    """A content that was found on reading."""

    def __init__(self, actor: Actor, matter: Matter, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, **kwargs)


class MoveForm(ContentForm):
    """What the letter denounces, once it is seen to."""

    def __init__(self, actor: Actor, matter: Matter, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, **kwargs)
        del self.fields["previous"]
        self.fields["kind"].choices = [(MatterKind.DENUNCIATION.value, MatterKind.DENUNCIATION.label)]
        self.initial |= {"summary": matter.summary, "request": matter.request, "subject": matter.subject}
        self.initial |= {"subject_kind": matter.subject_kind, "subject_agency": matter.subject_agency}


class LinkForm(forms.Form):
    """The earlier letter that this one repeats: one of those proposed, or any of the register by its code."""

    first = forms.ChoiceField(label=_("Trùng với đơn"), required=False, widget=forms.RadioSelect)
    code = LineField(label=_("Hoặc mã đơn khác"), required=False, max_length=60)

    def __init__(self, actor: Actor, matter: Matter, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.alike = candidates(actor, matter.letter)
        self.fields["first"].choices = [
            (str(one.letter.pk), f"{one.letter.code} – {'; '.join(one.reasons)}") for one in self.alike
        ]
        if not self.alike:
            del self.fields["first"]

    def clean(self) -> dict[str, Any]:
        """The letter that was meant, among those that the actor may read."""
        cleaned = super().clean() or {}
        seen = Letter.objects.visible_to(self.actor)
        wanted = seen.filter(code__iexact=cleaned["code"]) if cleaned.get("code") else seen.none()
        if not cleaned.get("code") and cleaned.get("first"):
            wanted = seen.filter(pk=cleaned["first"])
        cleaned["letter"] = wanted.first()
        if cleaned["letter"] is None:
            raise forms.ValidationError(_("Chọn một đơn, hoặc ghi mã đơn của sổ này."))
        return cleaned


class UnlinkForm(forms.Form):
    """Nothing to type."""

    def __init__(self, actor: Actor, matter: Matter, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, **kwargs)


class CorrectLetterForm(ArrivalForm):
    """What was noted of the letter, and why it is changed."""

    reason = LineField(label=_("Lý do sửa"), max_length=500)
    DROPPED = ("key", "sender_kind")

    def __init__(self, actor: Actor, matter: Matter, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, **kwargs)
        for name in self.DROPPED:
            del self.fields[name]
        letter = matter.letter
        local = timezone.localtime(letter.received_at)
        self.initial = {name: getattr(letter, name, None) for name in self.fields}
        self.initial |= {"received_on": local.date(), "received_time": local.time(), "reason": ""}
        self.kept_at = letter.received_at

    def changes(self) -> dict[str, Any]:
        """Every field as it should be; which of them changed is the action's to see."""
        typed = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"reason", "received_on", "received_time"}
        }
        arrived = self.received_at()
        # The form knows minutes: the second of arrival is no correction.
        same = timezone.localtime(self.kept_at).replace(second=0, microsecond=0) == arrived
        return typed | {"received_at": self.kept_at if same else arrived}


class CorrectMatterForm(ContentForm):
    """What was noted of one content, and why it is changed."""

    reason = LineField(label=_("Lý do sửa"), max_length=500)

    def __init__(self, actor: Actor, matter: Matter, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, **kwargs)
        self.matter = matter
        # That has a step of its own, which counts by when it could come (rule 27).
        del self.fields["previous"]
        self.initial = {name: getattr(matter, name, None) for name in self.fields if name != "reason"}
        self.initial["field"] = matter.field_id

    def changes(self) -> dict[str, Any]:
        """Every field as it should be; whom it is directed against is found anew where the words changed."""
        content, matter = self.content(), self.matter
        same = (content.subject, content.subject_agency) == (matter.subject, matter.subject_agency)
        names = ("kind", "field", "summary", "request", "subject_kind", "subject", "subject_agency", "stage")
        return {name: getattr(content, name) for name in names} | {
            "subject_membership": matter.subject_membership if same else content.subject_membership
        }


def _standing(letter: Letter) -> Any:
    keys = [one.pk for one in complainants(letter)]
    return Participant.objects.filter(pk__in=keys)
