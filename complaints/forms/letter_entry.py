"""Entering a letter on one page: how it came, who sent it, what it says, which papers came with it."""

from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.actions.entry import MOST_CONTENTS, Content, Entry, HandedPaper, Sender
from complaints.enums import (
    Channel,
    MatterKind,
    ParticipantRole,
    SenderKind,
    Source,
    Stage,
    SubjectKind,
)
from complaints.forms.fields import AgencyField, CountField, DayField, LineField, TextField
from complaints.models import Attachment, ContentField, Matter
from complaints.queries.eligibility import COMPLAINANTS
from complaints.queries.settlement import first_settlement
from complaints.queries.subjects import member_named
from egov.organizations.models import Agency

MOST_ROWS = {"person": 20, "content": MOST_CONTENTS, "paper": 20}


class ArrivalForm(forms.Form):
    """How and when it came, and what the paper itself is like."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=_("Hình thức nhận"), choices=Channel.choices, initial=Channel.POST)
    received_on = DayField(label=_("Ngày đến"))
    received_time = forms.TimeField(
        label=_("Giờ đến"),
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    written_on = DayField(label=_("Ngày ghi trên đơn"), required=False)
    source = forms.ChoiceField(label=_("Nguồn đơn"), choices=Source.choices, initial=Source.SENDER)
    sent_by = LineField(label=_("Cơ quan, báo chuyển đơn"), required=False, max_length=200)
    sent_number = LineField(label=_("Số văn bản chuyển"), required=False, max_length=60)
    sent_on = DayField(label=_("Ngày văn bản chuyển"), required=False)
    wants_reply = forms.BooleanField(label=_("Phải báo kết quả cho nơi chuyển"), required=False)
    sender_kind = forms.ChoiceField(
        label=_("Bên gửi"), choices=SenderKind.choices, initial=SenderKind.INDIVIDUAL
    )
    people = CountField(label=_("Số người cùng nội dung"), min_value=1, max_value=100_000, initial=1)
    is_vietnamese = forms.BooleanField(label=_("Viết bằng tiếng Việt"), required=False, initial=True)
    has_translation = forms.BooleanField(label=_("Có bản dịch công chứng"), required=False)
    is_named = forms.BooleanField(label=_("Ghi rõ họ tên, địa chỉ"), required=False, initial=True)
    is_signed = forms.BooleanField(label=_("Có chữ ký hoặc điểm chỉ"), required=False, initial=True)
    is_readable = forms.BooleanField(
        label=_("Đọc được, không rách nát, tẩy xóa"), required=False, initial=True
    )
    to_several = forms.BooleanField(label=_("Gửi nhiều nơi, trong đó có nơi có thẩm quyền"), required=False)

    FROM_BODY = ("source", "sent_by", "sent_number", "sent_on", "wants_reply")
    OF_PAPER = (
        "is_vietnamese",
        "has_translation",
        "is_named",
        "is_signed",
        "is_readable",
        "to_several",
    )

    @property
    def from_body_fields(self) -> list[forms.BoundField]:
        """What is filled in for a letter that somebody sent on."""
        return [self[name] for name in self.FROM_BODY]

    @property
    def paper_fields(self) -> list[forms.BoundField]:
        """What is ticked when the paper is read."""
        return [self[name] for name in self.OF_PAPER]

    def received_at(self) -> datetime:
        """The moment of arrival."""
        moment = datetime.combine(self.cleaned_data["received_on"], self.cleaned_data["received_time"])
        return timezone.make_aware(moment)


class SenderForm(forms.Form):
    """One person, with what they are on the letter. An empty line is nobody."""

    name = LineField(label=_("Họ tên, tên tổ chức"), required=False, max_length=200)
    personal_number = LineField(label=_("Số định danh, hộ chiếu"), required=False, max_length=20)
    born_on = DayField(label=_("Ngày sinh"), required=False)
    address = LineField(label=_("Địa chỉ"), required=False, max_length=300)
    phone = LineField(label=_("Điện thoại"), required=False, max_length=20)
    email = forms.EmailField(
        label=_("Thư điện tử"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(
        label=_("Tư cách"), choices=ParticipantRole.choices, initial=ParticipantRole.PRINCIPAL
    )
    has_signed = forms.BooleanField(label=_("Đã ký, điểm chỉ"), required=False, initial=True)
    authorisation = LineField(label=_("Giấy ủy quyền, văn bản cử đại diện"), required=False, max_length=200)
    is_certified = forms.BooleanField(label=_("Đã công chứng, chứng thực"), required=False)
    lawyer_card = LineField(label=_("Thẻ luật sư: số, ngày, nơi cấp"), required=False, max_length=200)

    MAIN = ("name", "personal_number", "born_on", "address", "phone", "email")
    ACTING = ("role", "has_signed", "authorisation", "is_certified", "lawyer_card")

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """Who it is."""
        return [self[name] for name in self.MAIN]

    @property
    def acting_fields(self) -> list[forms.BoundField]:
        """As what they stand on the letter."""
        return [self[name] for name in self.ACTING]

    def clean(self) -> dict[str, Any]:
        """Whoever is described has a name."""
        cleaned = super().clean() or {}
        if not cleaned.get("name") and any(cleaned.get(one) for one in (*self.MAIN, "authorisation")):
            self.add_error("name", _("Hãy ghi họ tên từng người."))
        return cleaned

    def sender(self, acts_for: int | None = None) -> Sender:
        """The person as typed."""
        typed = {name: self.cleaned_data[name] for name in (*self.MAIN, *self.ACTING)}
        role = ParticipantRole(typed.pop("role"))
        return Sender(**typed, role=role, acts_for=None if role in COMPLAINANTS else acts_for)


class FirstComplaintField(LineField):
    """The first settlement that a second complaint goes against, by the code of its letter."""

    def clean(self, value: Any) -> Matter | None:
        """The first complaint of that letter; none for no code."""
        code = super().clean(value)
        found = first_settlement(code) if code else None
        if code and found is None:
            raise forms.ValidationError(_("Không có khiếu nại lần đầu với mã này."))
        return found


class ContentForm(forms.Form):
    """One content with whom it is directed against."""

    kind = forms.ChoiceField(label=_("Loại"), choices=MatterKind.choices)
    field = forms.ModelChoiceField(
        label=_("Lĩnh vực"), queryset=ContentField.objects.none(), required=False, empty_label=_("chưa chọn")
    )
    summary = TextField(label=_("Tóm tắt nội dung"), rows=4, max_length=10_000)
    request = TextField(label=_("Yêu cầu"), rows=2, required=False, max_length=10_000)
    subject_kind = forms.ChoiceField(
        label=_("Đối tượng"), choices=SubjectKind.choices, initial=SubjectKind.DECISION
    )
    subject = LineField(
        label=_("Người, cơ quan, quyết định bị khiếu nại, tố cáo, phản ánh"), required=False, max_length=300
    )
    subject_agency = AgencyField(
        label=_("Thuộc cơ quan"),
        help_text=_("Để hệ thống không giao đơn cho người bị phản ánh hoặc cấp dưới của họ."),
    )
    stage = forms.ChoiceField(label=_("Lần giải quyết"), choices=Stage.choices, initial=Stage.FIRST)
    previous = FirstComplaintField(
        label=_("Mã đơn khiếu nại lần đầu"),
        required=False,
        max_length=60,
        help_text=_("Chỉ ghi khi khiếu nại lần hai và biết đơn lần đầu."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"] = forms.ModelChoiceField(
            label=_("Lĩnh vực"),
            queryset=ContentField.objects.select_related("parent").filter(parent__isnull=False),
            required=False,
            empty_label=_("chưa chọn"),
        )

    def clean(self) -> dict[str, Any]:
        """Only a second complaint goes against an earlier settlement."""
        typed = super().clean() or {}
        if typed.get("previous") and typed.get("stage") != Stage.SECOND:
            self.add_error("stage", _("Chỉ khiếu nại lần hai mới dẫn đến lần giải quyết trước."))
        return typed

    def content(self) -> Content:
        """The content as typed; a person of the agency who is named is known to the conflict check."""
        typed = self.cleaned_data
        agency = cast("Agency | None", typed["subject_agency"])
        return Content(
            kind=MatterKind(typed["kind"]),
            field=typed["field"],
            summary=typed["summary"],
            request=typed["request"],
            subject_kind=SubjectKind(typed["subject_kind"]),
            subject=typed["subject"],
            subject_agency=agency,
            subject_membership=member_named(agency, typed["subject"]) if agency else None,
            stage=Stage(typed["stage"]),
            previous=typed.get("previous"),
        )


class PaperForm(forms.Form):
    """One paper that came with the letter. An empty line is none."""

    kind = forms.ChoiceField(label=_("Loại giấy tờ"), choices=Attachment.Kind.choices)
    name = LineField(label=_("Tên giấy tờ"), required=False, max_length=200)
    originals = CountField(label=_("Bản chính"), required=False, max_value=999)
    copies = CountField(label=_("Bản sao"), required=False, max_value=999)
    # htmx leaves the field where it is when the page comes back: what was chosen stays chosen, and a scan
    # that may denounce lies nowhere before it is sealed.
    file = forms.FileField(
        label=_("Bản quét"), required=False, widget=forms.FileInput(attrs={"hx-preserve": "true"})
    )

    def clean(self) -> dict[str, Any]:
        """A paper has a name; a scan without one is called by its kind."""
        cleaned = super().clean() or {}
        if not cleaned.get("name") and (
            cleaned.get("file") or cleaned.get("originals") or cleaned.get("copies")
        ):
            cleaned["name"] = str(Attachment.Kind(cleaned.get("kind", Attachment.Kind.EVIDENCE)).label)
        return cleaned

    def paper(self) -> HandedPaper:
        """The paper as handed over."""
        typed, file = self.cleaned_data, self.cleaned_data["file"]
        return HandedPaper(
            kind=Attachment.Kind(typed["kind"]),
            name=typed["name"],
            originals=typed["originals"] or 0,
            copies=typed["copies"] or 0,
            file=file or None,
            file_name=file.name if file else "",
        )


def new_key() -> str:
    """What makes two clicks on one form one letter."""
    return uuid4().hex


class LetterEntryForms:
    """The four parts of the page as one: checked together, turned into one entry."""

    def __init__(self, sent: Any = None, files: Any = None, *, more: str = "", now: datetime) -> None:
        self.is_sent = sent is not None
        local = timezone.localtime(now)
        self.arrival = ArrivalForm(
            sent,
            initial={"key": new_key(), "received_on": local.date(), "received_time": local.time()},
        )
        counts = {"person": 1, "content": 1, "paper": 1}
        if sent is not None:
            counts = {name: _count(sent.get(f"{name}-count"), name) for name in counts}
            if more in counts:
                counts[more] = min(counts[more] + 1, MOST_ROWS[more])
        # A row that was just asked for is empty, not wrong: rows without what was sent stay unbound.
        self.people = [
            SenderForm(**_row("person", index, sent, files, "name")) for index in range(counts["person"])
        ]
        self.contents = [
            ContentForm(**_row("content", index, sent, files, "summary"))
            for index in range(counts["content"])
        ]
        self.papers = [
            PaperForm(**_row("paper", index, sent, files, "name")) for index in range(counts["paper"])
        ]

    @property
    def all(self) -> list[forms.Form]:
        """Every form of the page."""
        return [self.arrival, *self.people, *self.contents, *self.papers]

    def is_valid(self) -> bool:
        """Whether each part is in shape; all are asked, so that all mistakes show at once."""
        judged = [form.is_valid() for form in self.all if form.is_bound]
        return all(judged)

    def entry(self) -> Entry:
        """What the action takes. Call after :meth:`is_valid`."""
        typed = self.arrival.cleaned_data
        named = [form for form in self.people if form.is_bound and form.cleaned_data["name"]]
        roles = [form.cleaned_data["role"] for form in named]
        first = next((index for index, role in enumerate(roles) if role in COMPLAINANTS), None)
        return Entry(
            idempotency_key=typed["key"],
            channel=Channel(typed["channel"]),
            received_at=self.arrival.received_at(),
            contents=tuple(form.content() for form in self.contents if form.is_bound),
            senders=tuple(form.sender(first) for form in named),
            papers=tuple(form.paper() for form in self.papers if form.is_bound and form.cleaned_data["name"]),
            source=Source(typed["source"]),
            sender_kind=SenderKind.GROUP if typed["people"] > 1 else SenderKind(typed["sender_kind"]),
            **{
                name: typed[name]
                for name in (
                    "written_on",
                    "sent_by",
                    "sent_number",
                    "sent_on",
                    "wants_reply",
                    "people",
                    *ArrivalForm.OF_PAPER,
                )
            },
        )


def _row(prefix: str, index: int, sent: Any, files: Any, named: str) -> dict[str, Any]:
    name = f"{prefix}-{index}"
    is_sent = sent is not None and f"{name}-{named}" in sent
    return {"data": sent if is_sent else None, "files": files if is_sent else None, "prefix": name}


def _count(text: str | None, name: str) -> int:
    """How many rows the page had; something else than a number is one."""
    count = int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else 1  # noqa: PLR2004
    return min(max(count, 1), MOST_ROWS[name])
