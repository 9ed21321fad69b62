"""Read one document or one of its files; every read by a person is in the audit log (rule 31)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from documents.models import Document
from egov.audit.record import record
from egov.files.models import StoredFile
from egov.files.store import read_checked
from egov.organizations.actor import Actor, SignedOut
from egov.signing.verification import Verification
from egov.signing.verify import verify
from egov.workflow.refusal import Refusal


class DocumentNotFound(Refusal):
    """There is no such document, or the actor may not know of it: the answer is the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("Không tìm thấy văn bản, hoặc Quý vị không được xem văn bản này."))


@dataclass(frozen=True, slots=True)
class ReadableFile:
    """A file that the actor may have, under the name that it is given on the way out."""

    stored: StoredFile
    name: str


def read_document(actor: Actor | SignedOut, document_id: int) -> Document:
    """One document with what its page shows. Raises DocumentNotFound; the read is recorded."""
    document = _visible(actor, document_id)
    record(actor, "documents.read", document)
    return document


def read_file(
    actor: Actor | SignedOut, document_id: int, *, attachment_id: int | None = None
) -> ReadableFile:
    """The paper as it stands, or one attachment. Raises DocumentNotFound; the read is recorded."""
    document = _visible(actor, document_id)
    if attachment_id is None:
        readable = ReadableFile(document.file, _paper_name(document)) if document.file else None
    else:
        attachment = document.attachments.select_related("file").filter(pk=attachment_id).first()
        readable = ReadableFile(attachment.file, attachment.name) if attachment else None
    if readable is None:
        raise DocumentNotFound
    record(actor, "documents.read_file", document, file=readable.name, sha256=readable.stored.sha256)
    return readable


def signatures(document: Document, *, at: datetime) -> Verification | None:
    """What the signatures on the paper prove at this moment; None before the first one."""
    if document.file is None or document.signed_at is None:
        return None
    return verify(read_checked(document.file), at=at)


def _visible(actor: Actor | SignedOut, document_id: int) -> Document:
    visible = Document.objects.visible_to(actor).select_related(
        "agency", "kind", "department", "file", "drafter__user", "signer__user", "answers__document"
    )
    document = visible.filter(pk=document_id).first()
    if document is None:
        raise DocumentNotFound
    return document


def _paper_name(document: Document) -> str:
    """``07-QĐ-UBND.pdf``; a document without a number is named by its own key."""
    return f"{document.notation.replace('/', '-') or f'du-thao-{document.pk}'}.pdf"
