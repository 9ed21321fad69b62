"""A visit as it is typed at the desk: on what occasion, who came with what, and what was decided."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.actions.receive_visit import Opening
from complaints.actions.refuse_visit import Refusing
from complaints.actions.visit_entry import Came, Decided, Handed, Heard
from complaints.enums import (
    EarlierResult,
    MatterKind,
    ParticipantRole,
    ReceptionForm,
    ReceptionKind,
    ReceptionRefusalGround,
    VisitOutcome,
    VisitState,
)
from complaints.forms.fields import CountField, DayField, LineField, TextField
from complaints.models import ContentField, Letter, Visit
from egov.organizations.models import Membership

EVERY = ("", pgettext_lazy("bộ lọc", "Tất cả"))
# Information without a name comes by post; somebody at the desk has one.
KINDS = [choice for choice in MatterKind.choices if choice[0] != MatterKind.INFORMATION]
OUTCOMES = [choice for choice in VisitOutcome.choices if choice[0] != VisitOutcome.REFUSED]
VISITOR_ROWS, PAPER_ROWS = 5, 6


def named(member: Membership) -> str:
    """A person in a list: name and position."""
    return f"{member.user.full_name} – {member.position}"


class MemberField(forms.ModelChoiceField):
    """One of the agency's people, by name and position."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Membership.objects.none(), **options)

    def label_from_instance(self, obj: Membership) -> str:
        return named(obj)


class VisitFilter(forms.Form):
    """By code or name, by kind and by state."""

    q = forms.CharField(
        label=_("Tìm theo mã, họ tên, số định danh, nội dung"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    state = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=[EVERY, *VisitState.choices])
    kind = forms.ChoiceField(label=_("Loại hình"), required=False, choices=[EVERY, *ReceptionKind.choices])
    outcome = forms.ChoiceField(
        label=_("Hướng xử lý"), required=False, choices=[EVERY, *VisitOutcome.choices]
    )

    def chosen(self) -> dict[str, str]:
        """The values that make sense; the others are as if not given."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}

    @property
    def is_used(self) -> bool:
        """Whether anything is filtered: an empty list then says so."""
        return any(self.chosen().values())


class OpeningForm(forms.Form):
    """Who receives on what occasion."""

    kind = forms.ChoiceField(label=_("Loại hình tiếp"), choices=ReceptionKind.choices)
    host = MemberField(label=_("Người trực tiếp tiếp"), empty_label=None)
    form = forms.ChoiceField(label=_("Hình thức"), choices=ReceptionForm.choices)
    room = LineField(
        label=_("Phòng họp trực tuyến, điểm cầu"),
        required=False,
        max_length=200,
        help_text=_("Chỉ ghi khi tiếp trực tuyến."),
    )
    key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, hosts: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]

    def opening(self) -> Opening:
        """As the action takes it."""
        typed = self.cleaned_data
        return Opening(
            kind=ReceptionKind(typed["kind"]),
            form=ReceptionForm(typed["form"]),
            host=typed["host"],
            room=typed["room"],
            key=typed["key"],
        )


class CameForm(forms.Form):
    """One person who came; a row without a name is nobody."""

    name = LineField(label=_("Họ tên"), required=False, max_length=200)
    personal_number = LineField(
        label=_("Số định danh"), required=False, max_length=20, attrs={"inputmode": "numeric"}
    )
    identity_paper = LineField(label=_("Giấy tờ khác: loại, số"), required=False, max_length=100)
    address = LineField(label=_("Địa chỉ"), required=False, max_length=300)
    phone = LineField(label=_("Điện thoại"), required=False, max_length=20, attrs={"inputmode": "tel"})
    role = forms.ChoiceField(
        label=_("Tư cách"),
        required=False,
        choices=ParticipantRole.choices,
        initial=ParticipantRole.PRINCIPAL,
    )
    authorisation = LineField(
        label=_("Giấy ủy quyền, cử đại diện; thẻ luật sư"), required=False, max_length=200
    )
    is_certified = forms.BooleanField(label=_("Giấy đã công chứng, chứng thực"), required=False)

    def clean(self) -> dict[str, Any]:
        """Something without a name belongs to nobody."""
        typed = dict(self.cleaned_data)
        if not typed.get("name") and (typed.get("personal_number") or typed.get("identity_paper")):
            self.add_error("name", _("Hãy ghi họ tên của người này."))
        return typed

    def came(self) -> Came | None:
        """As the action takes it; None for an empty row, of which nothing was cleaned."""
        typed = self.cleaned_data
        if not typed.get("name"):
            return None
        is_lawyer = typed["role"] == ParticipantRole.LAWYER
        return Came(
            name=typed["name"],
            role=ParticipantRole(typed["role"] or ParticipantRole.PRINCIPAL),
            personal_number=typed["personal_number"],
            identity_paper=typed["identity_paper"],
            address=typed["address"],
            phone=typed["phone"],
            authorisation="" if is_lawyer else typed["authorisation"],
            lawyer_card=typed["authorisation"] if is_lawyer else "",
            is_certified=typed["is_certified"],
        )


class HandedForm(forms.Form):
    """One paper; a row without a name is none."""

    name = LineField(label=_("Tên giấy tờ"), required=False, max_length=300)
    copies = CountField(label=_("Số bản"), required=False, min_value=1, max_value=999, initial=1)
    is_original = forms.BooleanField(label=_("Bản chính"), required=False)
    is_shown_only = forms.BooleanField(label=_("Chỉ xuất trình"), required=False)

    def handed(self) -> Handed | None:
        """As the action takes it; None for an empty row, of which nothing was cleaned."""
        typed = self.cleaned_data
        if not typed.get("name"):
            return None
        return Handed(**{**typed, "copies": typed["copies"] or 1})


class HeardForm(forms.Form):
    """What the visit is about, and what is decided."""

    matter_kind = forms.ChoiceField(label=_("Loại vụ việc"), choices=[("", _("Chọn loại")), *KINDS])
    people = CountField(label=_("Số người đến"), min_value=1, max_value=5000, initial=1)
    summary = TextField(
        label=_("Tóm tắt nội dung"),
        required=False,
        rows=4,
        max_length=4000,
        help_text=_("Với tố cáo: không ghi họ tên và nội dung ở đây, chỉ ghi trong sổ tố cáo."),
    )
    field = forms.ModelChoiceField(
        label=_("Lĩnh vực"), queryset=ContentField.objects.none(), required=False, empty_label=_("Chưa chọn")
    )
    settled_by = LineField(label=_("Cơ quan đã giải quyết"), required=False, max_length=200)
    earlier_result = forms.ChoiceField(label=_("Kết quả đã có"), choices=EarlierResult.choices)
    earlier = LineField(
        label=_("Mã lượt tiếp trước về cùng vụ việc"),
        required=False,
        max_length=60,
        help_text=_("Các lượt tiếp về cùng một vụ việc được tính là một vụ."),
    )
    unidentified_because = LineField(
        label=_("Căn cứ không có giấy tờ tùy thân"), required=False, max_length=300
    )
    identity_seen = forms.BooleanField(
        label=_("Người tố cáo: đã đối chiếu giấy tờ, không ghi vào sổ"), required=False
    )
    group_note = LineField(
        label=_("Đoàn đông người: phối hợp bảo đảm trật tự, báo cáo cấp trên"), required=False, max_length=500
    )

    outcome = forms.ChoiceField(
        label=_("Hướng xử lý"), required=False, choices=[("", _("Chưa quyết định")), *OUTCOMES]
    )
    words = TextField(label=_("Nội dung trả lời, hướng dẫn"), required=False, rows=3, max_length=4000)
    directed_to = LineField(label=_("Cơ quan hướng dẫn đến, chuyển đến"), required=False, max_length=200)
    paper_number = LineField(label=_("Số văn bản hướng dẫn, chuyển"), required=False, max_length=60)
    letter = LineField(label=_("Mã đơn đã vào sổ"), required=False, max_length=60)

    HEARD = (
        "summary",
        "field",
        "settled_by",
        "earlier_result",
        "unidentified_because",
        "identity_seen",
        "group_note",
    )

    def __init__(self, *args: Any, visits: QuerySet[Visit], letters: QuerySet[Letter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._visits, self._letters = visits, letters
        self.fields["field"].queryset = ContentField.objects.all()  # type: ignore[attr-defined]

    def clean_earlier(self) -> Visit | None:
        """The visit of that code, where the officer may read it."""
        return self._found(self._visits, "earlier", _("Không tìm thấy lượt tiếp có mã này."))

    def clean_letter(self) -> Letter | None:
        """The letter of that code, where the officer may read it or received its visit."""
        return self._found(self._letters, "letter", _("Không tìm thấy đơn có mã này trong sổ của cơ quan."))

    def heard(self, visitors: tuple[Came, ...], papers: tuple[Handed, ...]) -> Heard:
        """What was heard, as the action takes it."""
        typed = self.cleaned_data
        return Heard(
            matter_kind=MatterKind(typed["matter_kind"]),
            people=typed["people"],
            visitors=visitors,
            papers=papers,
            earlier=typed["earlier"],
            **{name: typed[name] for name in self.HEARD},
        )

    def decided(self) -> Decided | None:
        """What was decided; None while nothing is."""
        typed = self.cleaned_data
        if not typed["outcome"]:
            return None
        return Decided(
            outcome=VisitOutcome(typed["outcome"]),
            words=typed["words"],
            directed_to=typed["directed_to"],
            paper_number=typed["paper_number"],
            letter=typed["letter"],
        )

    def _found(self, rows: QuerySet[Any], name: str, unknown: object) -> Any:
        code = self.cleaned_data[name].strip()
        if not code:
            return None
        row = rows.filter(code__iexact=code).first()
        if row is None:
            raise forms.ValidationError(str(unknown))
        return row


class RefusingForm(forms.Form):
    """One of the four grounds, why, and who decided it."""

    ground = forms.ChoiceField(
        label=_("Căn cứ (Điều 9 Luật Tiếp công dân)"),
        choices=ReceptionRefusalGround.choices,
        widget=forms.RadioSelect,
    )
    reason = TextField(label=_("Lý do cụ thể"), rows=3, max_length=2000)
    decider = MemberField(label=_("Người quyết định"), empty_label=None)

    def __init__(self, *args: Any, deciders: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decider"].queryset = deciders  # type: ignore[attr-defined]

    def refusing(self) -> Refusing:
        """As the action takes it."""
        return Refusing(
            ground=ReceptionRefusalGround(self.cleaned_data["ground"]),
            reason=self.cleaned_data["reason"],
            decider=self.cleaned_data["decider"],
        )


class PromiseForm(forms.Form):
    """What is promised, by when, and who sees to it."""

    text = LineField(label=_("Việc đã hứa, giao việc"), max_length=500)
    due_on = DayField(label=_("Hạn"))
    keeper = MemberField(label=_("Người thực hiện"), empty_label=_("Chọn người thực hiện"))

    def __init__(self, *args: Any, keepers: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keeper"].queryset = keepers  # type: ignore[attr-defined]


CameRows = forms.formset_factory(CameForm, extra=VISITOR_ROWS, max_num=VISITOR_ROWS, validate_max=True)
HandedRows = forms.formset_factory(HandedForm, extra=PAPER_ROWS, max_num=50, validate_max=True)


def initial_of(visit: Visit) -> dict[str, Any]:
    """What stands in the form of a visit that was saved."""
    names = ("people", "summary", "settled_by", "earlier_result", "unidentified_because", "identity_seen")
    names += ("group_note", "directed_to", "paper_number", "outcome", "matter_kind", "field")
    values: Mapping[str, Any] = {name: getattr(visit, name) for name in names}
    return {
        **values,
        "words": visit.outcome_words,
        "earlier": visit.root.code if visit.root else "",
        "letter": visit.letter.code if visit.letter else "",
    }


def rows_of(visit: Visit) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """People and papers of a visit as their rows show them."""
    plain = ("name", "personal_number", "identity_paper", "address", "phone", "role", "is_certified")
    people = [
        {name: getattr(one, name) for name in plain} | {"authorisation": one.authorisation or one.lawyer_card}
        for one in visit.visitors.all()
    ]
    papers = [
        {name: getattr(one, name) for name in ("name", "copies", "is_original", "is_shown_only")}
        for one in visit.papers.all()
    ]
    return people, papers
