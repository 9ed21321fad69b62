"""What is typed of a letter before it stands in a register: who, what, how it came; checked as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.enums import (
    Channel,
    MatterKind,
    ParticipantRole,
    SenderKind,
    Series,
    Source,
    Stage,
    SubjectKind,
)
from complaints.models import Attachment, ContentField, Matter
from complaints.queries.eligibility import COMPLAINANTS, most_representatives
from egov.organizations.models import Agency, Membership
from egov.printing.markup import clean_line
from egov.workflow.refusal import Refusal

# Neither is a form in which one can denounce (Law on Denunciations 25/2018/QH14, Art. 22).
NO_FORM_OF_DENUNCIATION = (Channel.PHONE, Channel.SOCIAL)
MOST_PEOPLE_TYPED, MOST_CONTENTS = 100, 20
NAME_LENGTH, ADDRESS_LENGTH, SUBJECT_LENGTH, TEXT_LENGTH = 200, 300, 300, 10_000


class EntryNotAcceptable(Refusal):
    """Something of the entry is missing or does not fit; ``about`` names the field of the form."""

    def __init__(self, sentence: object, about: str = "") -> None:
        super().__init__(sentence)
        self.about = about


class NotADenunciation(Refusal):
    """By this way, or without a name, nobody denounces: it may be information, another register (rule 5)."""


class RepresentativesWrong(Refusal):
    """Too many speak for the others, or somebody who does not complain (rule 11)."""


class AuthorisedTwice(Refusal):
    """One content is given to one person alone (rule 10)."""


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Somebody on the letter, as they gave themselves; never part of a log or an error page."""

    name: str
    address: str = ""
    personal_number: str = ""
    phone: str = ""
    email: str = ""
    born_on: date | None = None
    role: ParticipantRole = ParticipantRole.PRINCIPAL
    has_signed: bool = True
    authorisation: str = ""
    is_certified: bool = False
    lawyer_card: str = ""
    # Of whoever acts for somebody: the place of that person and of the content in the entry, from 0.
    acts_for: int | None = None
    content: int | None = None

    def __repr__(self) -> str:
        return "Sender(…)"


@dataclass(frozen=True, kw_only=True)
class Content:
    """One content of the letter, which becomes a matter with a clock of its own."""

    kind: MatterKind
    summary: str = field(repr=False)
    request: str = field(default="", repr=False)
    field: ContentField | None = None
    subject_kind: SubjectKind = SubjectKind.NONE
    subject: str = ""
    subject_agency: Agency | None = None
    subject_membership: Membership | None = None
    stage: Stage = Stage.FIRST
    previous: Matter | None = None

    @property
    def denounces(self) -> bool:
        """Whether who wrote it is protected."""
        return self.kind == MatterKind.DENUNCIATION


@dataclass(frozen=True, kw_only=True)
class HandedPaper:
    """A paper as somebody handed it over; ``file`` is its scan, if there is one."""

    kind: Attachment.Kind
    name: str
    originals: int = 0
    copies: int = 0
    file: IO[bytes] | None = None
    file_name: str = ""

    def __repr__(self) -> str:
        return "HandedPaper(…)"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A letter to be entered. One that denounces in any part is protected as a whole (rules 2 and 35)."""

    channel: Channel
    received_at: datetime
    contents: tuple[Content, ...]
    senders: tuple[Sender, ...] = field(default=(), repr=False)
    papers: tuple[HandedPaper, ...] = field(default=(), repr=False)
    source: Source = Source.SENDER
    written_on: date | None = None
    sent_by: str = ""
    sent_number: str = ""
    sent_on: date | None = None
    wants_reply: bool = False
    sender_kind: SenderKind = SenderKind.INDIVIDUAL
    people: int = 1
    is_vietnamese: bool = True
    has_translation: bool = False
    is_signed: bool = True
    is_named: bool = True
    is_readable: bool = True
    to_several: bool = False
    idempotency_key: str | None = None

    @property
    def is_protected(self) -> bool:
        """Whether it goes into the protected register."""
        return any(content.denounces for content in self.contents)

    @property
    def series(self) -> Series:
        """The register that it goes into."""
        if self.is_protected:
            return Series.DENUNCIATIONS
        if any(content.kind == MatterKind.INFORMATION for content in self.contents):
            return Series.INFORMATION
        return Series.LETTERS


def checked(entry: Entry, *, at: datetime) -> Entry:
    """The entry with its texts cleaned, if it can stand in a register.

    Raises EntryNotAcceptable, NotADenunciation, RepresentativesWrong, AuthorisedTwice.
    """
    entry = replace(
        entry,
        sent_by=clean_line(entry.sent_by)[:NAME_LENGTH],
        sent_number=clean_line(entry.sent_number)[:60],
        senders=tuple(cleaned_sender(one) for one in entry.senders),
        contents=tuple(checked_content(one) for one in entry.contents),
    )
    _check_days(entry, at)
    _check_contents(entry)
    _check_source(entry)
    if entry.is_protected:
        _check_denunciation(entry)
    _check_senders(entry)
    return entry


def checked_content(content: Content) -> Content:
    """One content with its texts cleaned. Raises EntryNotAcceptable."""
    summary = cleaned_text(content.summary)
    if not summary:
        raise EntryNotAcceptable(_("Hãy ghi tóm tắt nội dung đơn."), "summary")
    if content.previous is not None and content.stage != Stage.SECOND:
        raise EntryNotAcceptable(_("Chỉ khiếu nại lần hai mới dẫn đến lần giải quyết trước."), "stage")
    if content.stage == Stage.SECOND and content.kind != MatterKind.COMPLAINT:
        raise EntryNotAcceptable(_("Chỉ khiếu nại có lần giải quyết thứ hai."), "stage")
    return replace(
        content,
        summary=summary,
        request=cleaned_text(content.request),
        subject=clean_line(content.subject)[:SUBJECT_LENGTH],
    )


def cleaned_text(text: str) -> str:
    """Several lines as they can be shown, printed and put into a spreadsheet: no invisible characters."""
    return "\n".join(clean_line(line) for line in text.splitlines()).strip()[:TEXT_LENGTH]


def check_representatives(people: int, complaining: Iterable[ParticipantRole]) -> None:
    """Not too many of those who complain speak for the others (rule 11). Raises RepresentativesWrong."""
    count = sum(role == ParticipantRole.REPRESENTATIVE for role in complaining)
    most = most_representatives(people)
    if count > most:
        raise RepresentativesWrong(
            _("%(people)d người khiếu nại được cử nhiều nhất %(most)d người đại diện, không phải %(count)d.")
            % {"people": people, "most": most, "count": count}
        )


def check_authorised(pairs: Iterable[tuple[int, int | None]]) -> None:
    """Each pair is whom somebody acts for and in which content (None: all). Raises AuthorisedTwice."""
    taken: dict[int, set[int | None]] = {}
    for principal, content in pairs:
        others = taken.setdefault(principal, set())
        # Everything was given already, or what is given now includes a part that was.
        if content in others or None in others or (content is None and others):
            raise AuthorisedTwice(
                _("Một nội dung chỉ được ủy quyền cho một người (Nghị định 124/2020/NĐ-CP).")
            )
        others.add(content)


def _check_days(entry: Entry, at: datetime) -> None:
    if entry.received_at > at:
        raise EntryNotAcceptable(_("Đơn không thể đến sau lúc vào sổ."), "received_at")
    arrived = timezone.localdate(entry.received_at)
    if entry.written_on is not None and entry.written_on > arrived:
        raise EntryNotAcceptable(_("Ngày ghi trên đơn sau ngày đơn đến."), "written_on")
    if entry.sent_on is not None and entry.sent_on > arrived:
        raise EntryNotAcceptable(_("Ngày văn bản chuyển sau ngày đơn đến."), "sent_on")


def _check_contents(entry: Entry) -> None:
    if not 1 <= len(entry.contents) <= MOST_CONTENTS:
        raise EntryNotAcceptable(
            _("Mỗi đơn có từ 1 đến %(most)d nội dung.") % {"most": MOST_CONTENTS}, "summary"
        )
    if entry.series == Series.INFORMATION:
        if any(content.kind != MatterKind.INFORMATION for content in entry.contents):
            raise EntryNotAcceptable(
                _("Thông tin có nội dung tố cáo vào sổ riêng, không chung đơn với nội dung khác."), "kind"
            )
        if entry.senders:
            raise EntryNotAcceptable(_("Sổ thông tin có nội dung tố cáo không ghi người gửi."), "name")
    elif entry.is_protected and any(c.kind == MatterKind.INFORMATION for c in entry.contents):
        raise EntryNotAcceptable(
            _("Thông tin có nội dung tố cáo vào sổ riêng, không chung đơn với nội dung khác."), "kind"
        )


def _check_source(entry: Entry) -> None:
    transferred = entry.channel == Channel.TRANSFERRED or entry.source == Source.TRANSFER
    if transferred and not entry.sent_by:
        raise EntryNotAcceptable(_("Hãy ghi cơ quan chuyển đơn."), "sent_by")
    if entry.wants_reply and not entry.sent_by:
        raise EntryNotAcceptable(_("Hãy ghi nơi phải báo kết quả."), "sent_by")


def _check_denunciation(entry: Entry) -> None:
    if entry.channel in NO_FORM_OF_DENUNCIATION:
        raise NotADenunciation(
            _(
                "Tố cáo chỉ bằng đơn hoặc trình bày trực tiếp (Luật Tố cáo 25/2018/QH14, Điều 22); qua điện "
                "thoại, mạng xã hội không phải là tố cáo. Nếu nêu rõ người vi phạm và có chứng cứ, hãy vào "
                "sổ thông tin có nội dung tố cáo (Điều 25)."
            )
        )
    if not entry.is_named or not entry.senders:
        raise NotADenunciation(
            _(
                "Đơn không ghi rõ họ tên, địa chỉ người tố cáo thì không xử lý theo Luật Tố cáo (Điều 25). "
                "Nếu nêu rõ người vi phạm và có chứng cứ, hãy vào sổ thông tin có nội dung tố cáo."
            )
        )


def _check_senders(entry: Entry) -> None:
    complaining = [one for one in entry.senders if one.role in COMPLAINANTS]
    if any(not one.name for one in entry.senders):
        raise EntryNotAcceptable(_("Hãy ghi họ tên từng người."), "name")
    if len(entry.senders) > MOST_PEOPLE_TYPED:
        raise EntryNotAcceptable(
            _("Nhập nhiều nhất %(most)d người; những người khác ghi ở danh sách chữ ký.")
            % {"most": MOST_PEOPLE_TYPED},
            "name",
        )
    if entry.series == Series.LETTERS and entry.is_named and not complaining:
        raise EntryNotAcceptable(_("Hãy ghi người đứng đơn, hoặc bỏ chọn “ghi rõ họ tên, địa chỉ”."), "name")
    if entry.people < max(1, len(complaining)):
        raise EntryNotAcceptable(_("Số người ít hơn số người đã nhập."), "people")
    check_representatives(entry.people, [one.role for one in complaining])
    check_authorised(
        (one.acts_for if one.acts_for is not None else 0, one.content)
        for one in entry.senders
        if one.role == ParticipantRole.AUTHORISED
    )
    for one in entry.senders:
        _check_acting(entry, one)


def _check_acting(entry: Entry, sender: Sender) -> None:
    if sender.acts_for is not None and (
        not 0 <= sender.acts_for < len(entry.senders)
        or entry.senders[sender.acts_for].role not in COMPLAINANTS
    ):
        raise EntryNotAcceptable(_("Hãy chọn người ủy quyền trong những người đứng đơn."), "acts_for")
    if sender.content is not None and not 0 <= sender.content < len(entry.contents):
        raise EntryNotAcceptable(_("Hãy chọn nội dung được ủy quyền."), "content")


def cleaned_sender(sender: Sender) -> Sender:
    """The person with printable lines of bounded length."""
    return replace(
        sender,
        name=clean_line(sender.name)[:NAME_LENGTH],
        address=clean_line(sender.address)[:ADDRESS_LENGTH],
        personal_number=clean_line(sender.personal_number).replace(" ", "")[:20],
        phone=clean_line(sender.phone)[:20],
        email=clean_line(sender.email)[:254],
        authorisation=clean_line(sender.authorisation)[:NAME_LENGTH],
        lawyer_card=clean_line(sender.lawyer_card)[:NAME_LENGTH],
    )
