"""The door for the portal: plain values in and out, never rows, and never who wrote a protected letter."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.actions.entry import Content, Entry, Sender
from complaints.actions.send import BroughtFile, Unnamed
from complaints.actions.send import send as enter_sent
from complaints.enums import Channel, MatterKind, SubjectKind
from complaints.queries.published_answers import (
    AnswerPage,
    PublicAnswer,
    published_answer,
    published_answers,
)
from complaints.queries.published_results import PublishedResult, published_result, published_results
from complaints.queries.published_timetable import (
    PublishedDay,
    PublishedTimetable,
    ReceptionRooms,
    reception_agencies,
    reception_timetable,
)
from complaints.queries.standing import Standing, StandingWord, portal_bodies, standing
from complaints.queries.subjects import member_named
from egov.organizations.models import Agency
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal

__all__ = [
    "PROTECTED_KINDS",
    "AnswerPage",
    "BodyUnknown",
    "BroughtFile",
    "LetterBody",
    "ListedFile",
    "MatterKind",
    "PublicAnswer",
    "PublishedDay",
    "PublishedResult",
    "PublishedTimetable",
    "ReceptionRooms",
    "SentLetter",
    "Standing",
    "StandingWord",
    "TypedLetter",
    "letter_bodies",
    "published_answer",
    "published_answers",
    "published_result",
    "published_results",
    "reception_agencies",
    "reception_timetable",
    "send_letter",
    "standing",
]

# Who sends one of these is written down nowhere but under seal, or not at all.
PROTECTED_KINDS = (MatterKind.DENUNCIATION, MatterKind.INFORMATION)
SUBJECTS = {
    MatterKind.COMPLAINT: SubjectKind.DECISION,
    MatterKind.DENUNCIATION: SubjectKind.INDIVIDUAL,
    MatterKind.INFORMATION: SubjectKind.INDIVIDUAL,
}


class BodyUnknown(Refusal):
    """No such body takes letters of this kind over the portal."""

    status = 422


@dataclass(frozen=True, slots=True)
class LetterBody:
    """A body that takes letters over the portal."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file as it was taken; of a protected letter without its name, which may tell of somebody."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class TypedLetter:
    """What somebody typed. ``key``: the same one makes one letter, however often it is sent."""

    kind: MatterKind
    body_code: str
    subject: str = field(repr=False)
    summary: str = field(repr=False)
    request: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    personal_number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    files: Sequence[BroughtFile] = field(default=(), repr=False)
    key: str = ""


@dataclass(frozen=True, slots=True)
class SentLetter:
    """What came of it: code and secret, with which its sender follows it, and what was taken."""

    code: str
    secret: str
    body_name: str
    kind_words: str
    received_at: datetime
    is_protected: bool
    files: tuple[ListedFile, ...]


def letter_bodies(kind: MatterKind) -> list[LetterBody]:
    """The bodies that take letters of this kind today, by name."""
    found = portal_bodies(denouncing=kind == MatterKind.DENUNCIATION, on=timezone.localdate())
    return [LetterBody(agency.code, agency.name) for agency in found]


def send_letter(performer: Performer, typed: TypedLetter, *, at: datetime) -> SentLetter:
    """Enter a letter in the register of the body that it is sent to.

    Of a protected kind neither the account nor the address of who sends it is written anywhere. A letter over
    the portal carries no signature: the body asks for it where the law needs one (rule 1).

    Raises BodyUnknown and every refusal of entering and of files.
    """
    is_protected = typed.kind in PROTECTED_KINDS
    agency = Agency.objects.filter(code__in=[one.code for one in letter_bodies(typed.kind)]).filter(
        code=typed.body_code
    )
    body = agency.first()
    if body is None:
        raise BodyUnknown(_("Hãy chọn cơ quan nhận đơn trong danh sách."))
    letter = enter_sent(
        Unnamed() if is_protected else performer, body, _entry(typed, body, at), typed.files, at=at
    )
    return SentLetter(
        code=letter.code,
        secret=letter.secret,
        body_name=body.name,
        kind_words=str(typed.kind.label),
        received_at=letter.received_at,
        is_protected=is_protected,
        files=tuple(_listed(one, place, is_protected) for place, one in enumerate(typed.files, start=1)),
    )


def _entry(typed: TypedLetter, body: Agency, at: datetime) -> Entry:
    """Whom of the body it names as the one it is about is shut out from the first moment (rule 35)."""
    named = member_named(body, typed.subject)
    is_anonymous = typed.kind == MatterKind.INFORMATION
    sender = Sender(
        name=typed.name,
        address=typed.address,
        personal_number=typed.personal_number,
        phone=typed.phone,
        email=typed.email,
        has_signed=False,
    )
    return Entry(
        channel=Channel.PORTAL,
        received_at=at,
        written_on=timezone.localdate(at),
        contents=(
            Content(
                kind=typed.kind,
                summary=typed.summary,
                request=typed.request,
                subject_kind=SUBJECTS.get(typed.kind, SubjectKind.NONE),
                subject=typed.subject,
                subject_agency=body if named else None,
                subject_membership=named,
            ),
        ),
        senders=() if is_anonymous else (sender,),
        is_named=not is_anonymous,
        is_signed=False,
        idempotency_key=typed.key or None,
    )


def _listed(file: BroughtFile, place: int, is_protected: bool) -> ListedFile:
    name = _("Tệp số %(place)d") % {"place": place} if is_protected else file.name
    return ListedFile(name, len(file.content), sha256(file.content).hexdigest())
