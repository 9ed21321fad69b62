"""The files of a draft: an uploaded paper and attachments; inspected first, and only then kept (rule 30)."""

from datetime import datetime
from typing import IO

from django.db.models import Max
from django.utils.translation import gettext as _

from documents import rules
from documents.actions.draft import DraftNotAcceptable, SecretRefused
from documents.enums import Source
from documents.models import Attachment, Document
from documents.rules.secrecy import marked_secret
from egov.files.inspect import Inspected, inspect_attachment, inspect_pdf
from egov.files.store import put
from egov.organizations.actor import Actor
from egov.workflow.action import action

ATTACHMENT_LIMIT = 50

# An uploaded file of Django is one; seekable, read from its first byte.
Upload = IO[bytes]


@action("documents.upload_paper", allowed=rules.may_edit)
def upload_paper(actor: Actor, document: Document, *, file: Upload, filename: str, at: datetime) -> Document:  # noqa: ARG001
    """Make an uploaded PDF the paper of the draft, instead of a composed text or an earlier upload.

    Raises FileRefused or SecretDocument in words; then nothing of the file is kept.
    """
    inspected = _inspected(inspect_pdf(file, filename))
    stored = put(file, media_type=inspected.media_type)
    document.source = Source.UPLOADED
    document.body = ""
    document.uploaded_file = document.file = stored
    document.page_count = inspected.pages
    document.save(update_fields=["source", "body", "uploaded_file", "file", "page_count"])
    return document


@action("documents.add_attachment", allowed=rules.may_edit)
def add_attachment(
    actor: Actor,  # noqa: ARG001
    document: Document,
    *,
    file: Upload,
    filename: str,
    at: datetime,  # noqa: ARG001
) -> Attachment:
    """Add a file that goes with the document. Raises FileRefused, SecretDocument, DraftNotAcceptable."""
    inspected = _inspected(inspect_attachment(file, filename))
    if document.attachments.count() >= ATTACHMENT_LIMIT:
        raise DraftNotAcceptable(
            _("Mỗi văn bản có tối đa %(limit)d tệp kèm theo.") % {"limit": ATTACHMENT_LIMIT}
        )
    stored = put(file, media_type=inspected.media_type)
    if document.attachments.filter(file=stored).exists():
        raise DraftNotAcceptable(_("Tệp “%(name)s” đã có trong văn bản này.") % {"name": inspected.filename})
    last: int = document.attachments.aggregate(last=Max("ordinal"))["last"] or 0
    return Attachment.objects.create(
        document=document, file=stored, name=inspected.filename, ordinal=last + 1
    )


@action("documents.remove_attachment", allowed=rules.may_edit)
def remove_attachment(actor: Actor, document: Document, *, attachment_id: int, at: datetime) -> None:  # noqa: ARG001
    """Take an attachment off the draft; one that is gone already is no fault."""
    document.attachments.filter(pk=attachment_id).delete()


def _inspected(file: Inspected) -> Inspected:
    if marked_secret(file.filename):
        raise SecretRefused
    return file
