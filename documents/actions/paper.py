"""The paper of a document: read it, put its next revision in its place. The one guard of rule 11."""

from documents.models import Document
from egov.files.store import put, read_checked
from egov.signing.refusals import PdfNotSignable, SignedBytesChanged
from egov.signing.sign import is_incremental_update

PDF = "application/pdf"


def read_paper(document: Document) -> bytes:
    """The paper as it stands, hashed anew. Raises DamagedFile, or PdfNotSignable when there is none."""
    if document.file is None:
        raise PdfNotSignable
    return read_checked(document.file)


def keep_paper(document: Document, pdf: bytes) -> None:
    """Make ``pdf`` the paper of the document; the caller saves ``file`` with its step.

    After the first signature a revision may only add to the one before it (rule 11); whatever would change
    a byte of what was signed is refused. Earlier revisions stay in the file store, named in the history.
    """
    if document.signed_at is not None and not is_incremental_update(read_paper(document), pdf):
        raise SignedBytesChanged
    document.file = put(pdf, media_type=PDF)
