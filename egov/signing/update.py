"""The one way a PDF may change after its first signature: by adding to its end (rule 11).

Every step that writes goes through :func:`opened` and :func:`written`, so none can rewrite signed bytes.
"""

from io import BytesIO

import pikepdf
from pyhanko.pdf_utils.crypt.api import PdfKeyNotAvailableError
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from egov.signing.refusals import PdfNotSignable, SignedBytesChanged

# What a broken or hostile file makes pyHanko raise while it is read; the file is refused in words.
UNREADABLE_PDF = (
    PdfError,
    PdfKeyNotAvailableError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    OverflowError,
    NotImplementedError,
    RecursionError,
)


def is_incremental_update(old: bytes, new: bytes) -> bool:
    """Whether ``new`` is ``old``, byte for byte, with something added after its end."""
    return len(new) > len(old) and new.startswith(old)


def opened(pdf: bytes) -> IncrementalPdfFileWriter:
    """A writer that can only add to the file; refuses what cannot be read or is locked by a password."""
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        if writer.prev.encrypted or writer.prev.xrefs.hybrid_xrefs_present:
            raise PdfNotSignable
        writer.root  # noqa: B018  (reads the catalogue, so that a broken file is refused here)
    except UNREADABLE_PDF as error:
        raise PdfNotSignable from error
    return writer


def read(pdf: bytes) -> PdfFileReader:
    """A reader of the file as it is; refuses what cannot be read."""
    try:
        reader = PdfFileReader(BytesIO(pdf))
        if reader.encrypted:
            raise PdfNotSignable
        reader.root  # noqa: B018
    except UNREADABLE_PDF as error:
        raise PdfNotSignable from error
    return reader


def written(old: bytes, writer: IncrementalPdfFileWriter) -> bytes:
    """The file with the update added; refuses when anything before its end would differ."""
    buffer = BytesIO()
    writer.write(buffer)
    return only_added(old, buffer.getvalue())


def only_added(old: bytes, new: bytes) -> bytes:
    """``new`` when it is an incremental update of ``old``; refuses otherwise."""
    if not is_incremental_update(old, new):
        raise SignedBytesChanged
    return new


def in_order(pdf: bytes) -> bytes:
    """The file as it is when its structure is in order; else rewritten once, if it carries no signature.

    Word and some scanners write two cross-reference tables side by side ("hybrid"): two readers may see two
    documents in one file, so such a file is never signed as it is.
    """
    try:
        opened(pdf)
    except PdfNotSignable:
        if b"/ByteRange" in pdf:
            raise
        return _rewritten(pdf)
    return pdf


def _rewritten(pdf: bytes) -> bytes:
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            if document.is_encrypted:
                raise PdfNotSignable
            buffer = BytesIO()
            document.save(buffer)
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise PdfNotSignable from error
    return buffer.getvalue()
