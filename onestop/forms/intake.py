"""The one page on which a dossier is taken in; checks shape only, the rest the action says in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from egov.organizations.models import Agency
from onestop.enums import (
    ApplicantKind,
    Channel,
    Delivery,
    ExemptionGround,
    FeeBasis,
    IntakeRefusalGround,
    RequirementKind,
)
from onestop.forms.fields import CountField, DayField, LineField
from onestop.models import Case, FeeRule, Party, Requirement

# At the counter: in person, or what the post brings.
CHANNELS = (Channel.COUNTER, Channel.POST)
LONGEST_TYPED = 2000
SEXES = [("", pgettext_lazy("giới tính", "–")), *Party.Sex.choices]
COUNTED_BY = {
    FeeBasis.PER_PAGE: _("Số trang"),
    FeeBasis.PER_COPY: _("Số bản"),
    FeeBasis.PER_PERSON: _("Số người"),
    FeeBasis.PER_TRANSACTION: _("Số giao dịch"),
}
WHO = ("person", "owner")


class IntakeForm(forms.Form):
    """Who, what, which papers, how many, and how the result goes back; lines of the case are added to it."""

    case = forms.ChoiceField(label=_("Trường hợp"), widget=forms.RadioSelect)
    channel = forms.ChoiceField(label=_("Cách thức nộp"), widget=forms.RadioSelect)
    deciding_agency = forms.ModelChoiceField(
        label=_("Cơ quan giải quyết"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("Hãy chọn"),
    )
    card = LineField(
        label=_("Quét mã QR trên thẻ căn cước"),
        required=False,
        max_length=LONGEST_TYPED,
        help_text=_("Đặt con trỏ ở đây rồi quét; các ô bên dưới tự điền."),
    )
    # The number that the card gave: as long as it stands, the identity was read and not typed.
    person_card = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    apart = forms.BooleanField(label=_("Chủ hồ sơ là người khác"), required=False)
    content = LineField(
        label=_("Nội dung yêu cầu giải quyết"),
        max_length=500,
        required=False,
        help_text=_("Để trống thì ghi theo tên thủ tục."),
    )
    sets = CountField(label=_("Số bộ hồ sơ"), initial=1)
    delivery = forms.ChoiceField(
        label=_("Nhận kết quả"), choices=Delivery.choices, widget=forms.RadioSelect, initial=Delivery.COUNTER
    )
    delivery_address = LineField(label=_("Địa chỉ nhận qua bưu chính"), required=False, max_length=300)
    exemption_ground = forms.ChoiceField(
        label=_("Miễn phí, lệ phí"), required=False, choices=[("", _("Không miễn")), *ExemptionGround.choices]
    )
    exemption_evidence = LineField(
        label=_("Giấy tờ chứng minh được miễn"),
        required=False,
        max_length=300,
        help_text=_("Số, ngày, nơi cấp."),
    )
    duplicate_confirmed = forms.BooleanField(
        label=_("Đã kiểm tra: đây là hồ sơ khác, tiếp nhận riêng"), required=False
    )

    def __init__(
        self,
        *args: Any,
        case: Case,
        cases: Iterable[Case],
        deciders: Iterable[Agency] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.case = case
        self.fields["case"].choices = [(str(one.pk), str(one)) for one in cases]  # type: ignore[attr-defined]
        offered = {rule.channel for rule in case.channel_rules.all()}
        self.fields["channel"].choices = [  # type: ignore[attr-defined]
            (one.value, one.label) for one in CHANNELS if one in offered
        ]
        if deciders is None:
            del self.fields["deciding_agency"]
        else:
            self.fields["deciding_agency"].queryset = deciders  # type: ignore[attr-defined]
        for who in WHO:
            for name, field in applicant_fields().items():
                self.fields[f"{who}_{name}"] = field
        self.requirements: list[Requirement] = list(case.requirements.all())
        for requirement in self.papers_asked:
            for name, field in paper_fields(requirement).items():
                self.fields[f"{name}_{requirement.pk}"] = field
        self.counted: list[FeeRule] = [one for one in case.fee_rules.all() if is_counted(one)]
        for rule in self.counted:
            self.fields[f"quantity_{rule.pk}"] = quantity_field(rule)

    @property
    def papers_asked(self) -> list[Requirement]:
        """Lines that are papers."""
        return [one for one in self.requirements if one.kind != RequirementKind.NOTE]

    @property
    def notes(self) -> list[Requirement]:
        """Lines that only explain."""
        return [one for one in self.requirements if one.kind == RequirementKind.NOTE]

    @property
    def person_fields(self) -> Mapping[str, BoundField]:
        """Of whoever stands at the counter."""
        return {name: self[f"person_{name}"] for name in applicant_fields()}

    @property
    def owner_fields(self) -> Mapping[str, BoundField]:
        """Of the owner where that is somebody else."""
        return {name: self[f"owner_{name}"] for name in applicant_fields()}

    @property
    def quantity_fields(self) -> list[tuple[FeeRule, BoundField]]:
        """What fees are counted by."""
        return [(rule, self[f"quantity_{rule.pk}"]) for rule in self.counted]


class RefusalForm(forms.Form):
    """Why something is not taken in: the ground of the list, and words that the applicant understands."""

    ground = forms.ChoiceField(label=_("Căn cứ từ chối"), choices=IntakeRefusalGround.choices)
    reason = forms.CharField(
        label=_("Lý do, ghi bằng lời"),
        max_length=LONGEST_TYPED,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In nguyên văn trên phiếu từ chối; người nộp đọc để biết phải làm gì."),
    )


class SupplementForm(forms.Form):
    """Everything that an online filing lacks, asked for at once."""

    papers = forms.MultipleChoiceField(
        label=_("Giấy tờ cần bổ sung"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    reason = forms.CharField(
        label=_("Lý do, yêu cầu"), max_length=LONGEST_TYPED, widget=forms.Textarea(attrs={"rows": 3})
    )
    deadline_on = DayField(label=_("Bổ sung trước ngày"))

    def __init__(self, *args: Any, papers: Iterable[Requirement], **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["papers"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), one.name) for one in papers if one.kind != RequirementKind.NOTE
        ]


def is_counted(rule: FeeRule) -> bool:
    """Whether somebody has to say how many; one that is asked for only on request is counted too."""
    return rule.basis in COUNTED_BY or rule.is_optional


def quantity_field(rule: FeeRule) -> forms.Field:
    """How many; pages are told copy by copy, as the highest amount holds for each copy."""
    initial = 0 if rule.is_optional else 1
    if rule.basis == FeeBasis.PER_PAGE:
        return LineField(
            label=_("Số trang từng bản"),
            required=False,
            max_length=200,
            initial=str(initial),
            help_text=_("Nhiều bản thì cách nhau bằng dấu phẩy: 3, 12, 3."),
        )
    return CountField(label=COUNTED_BY.get(FeeBasis(rule.basis), rule.name), initial=initial)


def applicant_fields() -> dict[str, forms.Field]:
    """The fields of one person or organisation."""
    return {
        "name": LineField(label=_("Họ và tên, tên tổ chức"), max_length=200, required=False),
        "personal_number": LineField(
            label=_("Số định danh cá nhân"), max_length=20, required=False, attrs={"inputmode": "numeric"}
        ),
        "born_on": DayField(label=_("Ngày sinh"), required=False),
        "sex": forms.ChoiceField(label=_("Giới tính"), choices=SEXES, required=False),
        "phone": LineField(label=_("Điện thoại"), max_length=20, required=False, attrs={"inputmode": "tel"}),
        "address": LineField(label=_("Địa chỉ"), max_length=300, required=False),
        "kind": forms.ChoiceField(
            label=_("Đối tượng"), choices=ApplicantKind.choices, initial=ApplicantKind.CITIZEN
        ),
        "tax_code": LineField(
            label=_("Mã số thuế, mã doanh nghiệp"),
            max_length=14,
            required=False,
            attrs={"inputmode": "numeric"},
        ),
        "representative": LineField(label=_("Người đại diện"), max_length=200, required=False),
        "email": LineField(
            label=_("Thư điện tử"), max_length=254, required=False, attrs={"inputmode": "email"}
        ),
        "confirmed": forms.BooleanField(
            label=_("Đã đối chiếu số định danh với thẻ, số vẫn đúng"), required=False
        ),
    }


def paper_fields(requirement: Requirement) -> dict[str, forms.Field]:
    """Whether a paper of the list is there, and in how many sheets."""
    return {
        "paper": forms.BooleanField(label=requirement.name, required=False),
        "originals": CountField(label=_("Bản chính"), initial=requirement.originals),
        "copies": CountField(label=_("Bản sao"), initial=requirement.copies),
    }


def typed_in(form_data: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """What was typed into the fields of the form, as it stands: right or wrong, nothing is lost.

    The line of a card is not kept: what it says stands in the fields. A zero byte no column can hold.
    """
    kept = {name: form_data.get(name, "")[:LONGEST_TYPED].replace("\x00", "") for name in names}
    return {name: text for name, text in kept.items() if text and name != "card"}
