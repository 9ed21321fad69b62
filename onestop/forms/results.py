"""What the steps of a result ask for; checks shape only, the rest the action says in words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from egov.organizations.enums import Capacity
from egov.organizations.models import Membership
from onestop.actions.record_result import RefusedBecause
from onestop.actions.return_result import Collector
from onestop.enums import CollectorCapacity, RefusalGround
from onestop.forms.fields import DayField, LineField
from onestop.forms.id_card import read_card
from onestop.models import Dossier, ResultKind

REASON_LENGTH = 300
SCAN_LENGTH = 600


class ReasonForm(forms.Form):
    """Why a result is taken back, revoked or corrected."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )


class KindForm(forms.Form):
    """Which of the procedure's results it is; no question where the procedure lists none."""

    kind = forms.ModelChoiceField(
        label=_("Loại kết quả"), queryset=ResultKind.objects.none(), empty_label=_("Chọn loại kết quả")
    )

    def __init__(self, *args: Any, kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(kinds)
        self.fields["kind"].queryset = kinds
        self.fields["kind"].required = bool(choices)
        if len(choices) == 1:
            self.fields["kind"].initial = choices[0]
        if not choices:
            self.fields["kind"].widget = forms.HiddenInput()


class GroundsForm(KindForm):
    """A kind of result and, for a letter that refuses, on what ground."""

    expires_on = DayField(label=_("Hết hạn ngày"), required=False)
    ground = forms.ChoiceField(
        label=_("Căn cứ từ chối"),
        required=False,
        choices=[("", _("Không phải văn bản từ chối")), *RefusalGround.choices],
    )
    ground_reason = forms.CharField(
        label=_("Lý do từ chối"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Chỉ ghi khi từ chối: nêu lý do bằng lời và điều khoản áp dụng."),
    )

    def refused(self) -> RefusedBecause | None:
        """The ground, when one was chosen."""
        ground = self.cleaned_data.get("ground")
        if not ground:
            return None
        return RefusedBecause(ground=RefusalGround(ground), reason=self.cleaned_data["ground_reason"])

    def __init__(self, *args: Any, kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, kinds=kinds, **kwargs)
        # Where only grants are listed nobody is asked about refusals.
        if kinds and not any(kind.is_refusal for kind in kinds):
            del self.fields["ground"], self.fields["ground_reason"]


class RecordForm(GroundsForm):
    """A result as it is: number and day as printed, the file, who signed."""

    number = LineField(label=_("Số trên kết quả"), max_length=60)
    issued_on = DayField(label=_("Ngày trên kết quả"))
    file = forms.FileField(
        label=_("Tệp kết quả (PDF đã ký số)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf"}),
    )
    signer_name = LineField(label=_("Người ký"), max_length=100, required=False)
    signer_position = LineField(label=_("Chức vụ người ký"), max_length=100, required=False)
    field_order = (
        "kind",
        "number",
        "issued_on",
        "file",
        "signer_name",
        "signer_position",
        "expires_on",
        "ground",
        "ground_reason",
    )


class PaperForm(GroundsForm):
    """An official paper to be made: what it says, who signs, to whom it goes."""

    document_kind = forms.ChoiceField(
        label=_("Loại văn bản"),
        choices=[("CV", _("Công văn")), ("QĐ", _("Quyết định")), ("TB", _("Thông báo"))],
    )
    abstract = LineField(label=_("Trích yếu"), max_length=500)
    body = forms.CharField(label=_("Nội dung"), max_length=100_000, widget=forms.Textarea(attrs={"rows": 12}))
    signer = forms.ModelChoiceField(
        label=_("Người ký"), queryset=Membership.objects.none(), empty_label=_("Chọn người ký")
    )
    capacity = forms.ChoiceField(
        label=_("Tư cách ký"), choices=[(one.value, one.label) for one in Capacity], initial=Capacity.TM
    )
    recipients = LineField(
        label=_("Cơ quan nhận"),
        max_length=1000,
        help_text=_("Mã định danh của các cơ quan nhận văn bản, cách nhau bằng dấu phẩy."),
    )
    field_order = (
        "kind",
        "document_kind",
        "abstract",
        "body",
        "ground",
        "ground_reason",
        "signer",
        "capacity",
        "recipients",
        "expires_on",
    )

    def __init__(self, *args: Any, signers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signer"].queryset = signers
        self.fields["signer"].label_from_instance = lambda one: f"{one.user.full_name} – {one.position}"

    def recipient_codes(self) -> tuple[str, ...]:
        """The codes as typed, without blanks."""
        parts = self.cleaned_data["recipients"].replace(";", ",").split(",")
        return tuple(part.strip() for part in parts if part.strip())


class ReturnForm(forms.Form):
    """Who takes the result. A card that is read fills in name and number, and Enter hands over."""

    number = LineField(
        label=_("Quét thẻ căn cước hoặc ghi số giấy tờ của người nhận"),
        required=False,
        max_length=SCAN_LENGTH,
        attrs={"autofocus": True},
    )
    who = forms.ChoiceField(label=_("Người nhận"), choices=[], widget=forms.RadioSelect)
    compared = forms.BooleanField(
        label=_("Đã đối chiếu giấy tờ tùy thân của người nhận với hồ sơ"), required=False
    )
    name = LineField(
        label=_("Họ tên người nhận thay"),
        required=False,
        max_length=200,
        help_text=_("Chỉ ghi khi người khác nhận thay."),
    )
    authorisation = LineField(
        label=_("Giấy ủy quyền"),
        required=False,
        max_length=300,
        help_text=_("Số, ngày, nơi chứng thực; chỉ ghi khi người khác nhận thay."),
    )

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.dossier = dossier
        owner, submitter = dossier.owner, dossier.submitter
        choices = [(CollectorCapacity.SUBMITTER.value, _("Người nộp: %(name)s") % {"name": submitter.name})]
        if owner.pk != submitter.pk:
            choices.append((CollectorCapacity.OWNER.value, _("Chủ hồ sơ: %(name)s") % {"name": owner.name}))
        choices.append((CollectorCapacity.AUTHORISED.value, _("Người khác, có giấy ủy quyền")))
        self.fields["who"].choices = choices
        self.fields["who"].initial = choices[0][0]

    def collector(self) -> Collector:
        """The person as the card says, else as chosen and compared by the official."""
        typed = self.cleaned_data
        card = read_card(typed["number"])
        if card is not None:
            return Collector(name=card.name, number=card.number, authorisation=typed["authorisation"])
        who = typed["who"]
        if who == CollectorCapacity.AUTHORISED:
            return Collector(name=typed["name"], number=typed["number"], authorisation=typed["authorisation"])
        party = self.dossier.owner if who == CollectorCapacity.OWNER else self.dossier.submitter
        number = typed["number"] or (party.personal_number if typed["compared"] else "")
        return Collector(name=party.name, number=number, authorisation=typed["authorisation"])


class PostForm(forms.Form):
    """What the post took."""

    waybill = LineField(label=_("Số hiệu bưu gửi"), max_length=40)
    posted_on = DayField(label=_("Ngày gửi"))
    address = LineField(label=_("Địa chỉ nhận"), max_length=300, required=False)


class ProofForm(forms.Form):
    """The delivery note that came back."""

    delivered_on = DayField(label=_("Ngày phát"))
    received_by = LineField(label=_("Người ký nhận"), max_length=200)
    proof = forms.FileField(
        label=_("Giấy báo phát (PDF hoặc ảnh)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )


class SentBackForm(forms.Form):
    """What the post brought back."""

    on = DayField(label=_("Ngày chuyển hoàn"))
    reason = LineField(label=_("Lý do chuyển hoàn"), max_length=300)
