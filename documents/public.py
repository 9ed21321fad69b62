"""The door for the other apps: an official paper drafted, signed, numbered, sealed and issued by the rules.

A dossier's result or the decision on a complaint is a document like any other: it is requested here, and the
signer and the registry take their steps with their own keys on the documents' pages. Plain values go in and
come out, never rows, so the other apps hold a ``PaperRef`` and ask again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.actions.draft import DraftContent, create_draft, set_recipients
from documents.actions.draft_files import add_attachment, upload_paper
from documents.actions.issue_listeners import Listener, listen
from documents.actions.submit import submit
from documents.enums import DocumentState, Source, Urgency
from documents.models import Document, DocumentKind
from documents.queries.detail import read_document, read_file
from documents.queries.recipients import RecipientChoice
from egov.files.store import read_checked
from egov.organizations.actor import Actor
from egov.organizations.enums import Capacity
from egov.organizations.models import Department, Membership
from egov.organizations.models.period import in_force
from egov.organizations.queries.tree import resolve_codes
from egov.workflow.refusal import Refusal

__all__ = [
    "Attached",
    "IssuedPaper",
    "PaperFile",
    "PaperNotRequestable",
    "PaperRef",
    "PaperRequest",
    "PaperStatus",
    "is_signed",
    "issued_papers",
    "paper_file",
    "paper_status",
    "request_paper",
    "when_issued",
]


class PaperNotRequestable(Refusal):
    """The request names a kind, a signer, a unit or a recipient that does not exist on that day."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with the paper."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class PaperRequest:
    """What the paper says, who signs it and to whom it goes.

    Exactly one of ``body`` (text, set in the form of Decree 30) and ``pdf`` (a finished paper). ``kind_code``
    is that of the kinds' table; ``signer_id`` a position (Membership) in the actor's agency;
    ``recipient_codes`` are identification codes of agencies, old or new.
    """

    kind_code: str
    abstract: str
    signer_id: int
    capacity: Capacity
    recipient_codes: tuple[str, ...]
    body: str = ""
    pdf: bytes = b""
    attachments: tuple[Attached, ...] = ()
    department_id: int | None = None
    urgency: Urgency = Urgency.NORMAL
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class PaperRef:
    """A requested paper, for the other app to keep."""

    document_id: int


@dataclass(frozen=True, slots=True)
class PaperStatus:
    """Where a paper stands; number, date and times are empty until their step is done."""

    ref: PaperRef
    state: str
    state_words: str
    notation: str
    dated_on: date | None
    signer_name: str
    signer_position: str
    signed_at: datetime | None
    issued_at: datetime | None
    # Why it came back, when it waits for its drafter again.
    returned_because: str

    @property
    def is_issued(self) -> bool:
        return self.state == DocumentState.ISSUED


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """Under what number and when a paper went out."""

    notation: str
    dated_on: date | None
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class PaperFile:
    """The paper as it stands: signed and sealed once it is issued."""

    name: str
    content: bytes
    sha256: str


def request_paper(actor: Actor, request: PaperRequest, *, at: datetime) -> PaperRef:
    """Draft the paper and present it to its signer: all or nothing, in the caller's transaction if any.

    The actor becomes its drafter. Raises PaperNotRequestable and every refusal of drafting and submitting.
    """
    if bool(request.body.strip()) == bool(request.pdf):
        raise PaperNotRequestable(_("Văn bản cần đúng một trong hai: nội dung soạn thảo hoặc tệp PDF."))
    on = timezone.localdate(at)
    with transaction.atomic():
        document = create_draft(actor, _content(actor, request, on), at=at)
        if request.pdf:
            upload_paper(actor, document, file=BytesIO(request.pdf), filename="van-ban.pdf", at=at)
        for attached in request.attachments:
            add_attachment(actor, document, file=BytesIO(attached.content), filename=attached.name, at=at)
        set_recipients(actor, document, _choice(request, on), at=at)
        signer = Membership.objects.filter(pk=request.signer_id, agency=actor.agency).first()
        if signer is None:
            raise PaperNotRequestable(_("Người ký không giữ chức vụ tại cơ quan này."))
        submit(actor, document, signer=signer, capacity=request.capacity, at=at)
    return PaperRef(document.pk)


def paper_status(actor: Actor, ref: PaperRef) -> PaperStatus:
    """Where the paper stands. Raises DocumentNotFound when the actor may not see it; the read is recorded."""
    document = read_document(actor, ref.document_id)
    returned = ""
    if document.state == DocumentState.DRAFT:
        last = document.changes.order_by("-at", "-pk").first()
        returned = last.note if last else ""
    return PaperStatus(
        ref=ref,
        state=document.state,
        state_words=str(DocumentState(document.state).label),
        notation=document.notation,
        dated_on=document.dated_on,
        signer_name=document.signer_name,
        signer_position=document.signer_position,
        signed_at=document.signed_at,
        issued_at=document.issued_at,
        returned_because=returned,
    )


def is_signed(ref: PaperRef) -> bool:
    """Whether somebody has signed it: the one thing that is told whoever asks, and nothing of its content."""
    return Document.objects.filter(pk=ref.document_id, signed_at__isnull=False).exists()


def issued_papers(refs: Iterable[PaperRef]) -> dict[PaperRef, IssuedPaper]:
    """Those that were issued, with number and time: told whoever asks, and nothing of their content."""
    rows = Document.objects.filter(pk__in=[ref.document_id for ref in refs], issued_at__isnull=False)
    return {
        PaperRef(one.pk): IssuedPaper(one.notation, one.dated_on, one.issued_at)
        for one in rows
        if one.issued_at is not None
    }


def when_issued(listener: Listener) -> None:
    """Be told of every issue, by key of the document, inside its transaction; to be said at start."""
    listen(listener)


def paper_file(actor: Actor, ref: PaperRef) -> PaperFile:
    """The paper's bytes. Raises DocumentNotFound when the actor may not see it; the read is recorded."""
    readable = read_file(actor, ref.document_id)
    return PaperFile(readable.name, read_checked(readable.stored), readable.stored.sha256)


def _content(actor: Actor, request: PaperRequest, on: date) -> DraftContent:
    kind = DocumentKind.objects.filter(in_force(on), code=request.kind_code).first()
    if kind is None:
        raise PaperNotRequestable(
            _("Loại văn bản “%(code)s” không có trong danh mục.") % {"code": request.kind_code}
        )
    department = None
    if request.department_id is not None:
        department = Department.objects.filter(pk=request.department_id, agency=actor.agency).first()
        if department is None:
            raise PaperNotRequestable(_("Đơn vị soạn thảo không thuộc cơ quan ban hành."))
    return DraftContent(
        kind=kind,
        abstract=request.abstract,
        source=Source.UPLOADED if request.pdf else Source.COMPOSED,
        body=request.body,
        department=department,
        urgency=request.urgency,
        due_on=request.due_on,
    )


def _choice(request: PaperRequest, on: date) -> RecipientChoice:
    found = resolve_codes(list(request.recipient_codes), on)
    unknown = [code for code in request.recipient_codes if code not in found]
    if unknown:
        raise PaperNotRequestable(
            _("Không có cơ quan nào mang mã %(codes)s vào ngày này.") % {"codes": ", ".join(unknown)}
        )
    return RecipientChoice(agency_ids=frozenset(agency.pk for agency in found.values()))
