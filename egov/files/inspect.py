"""Looks into a file before it is kept: what it really is, whether it is whole, whether it does anything.

Each refusal is a sentence for the person who sent the file. Inspection changes nothing and keeps nothing.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from egov.files import packages, pictures
from egov.files.filenames import clean_filename, extension_of
from egov.files.pdf import probe_pdf
from egov.files.refusals import FileRefused, FileTooLarge, StoreFull
from egov.files.secrecy import refuse_secret
from egov.files.store import FULL

CHUNK = 1024 * 1024
PDF_TYPE = "application/pdf"

MEDIA_TYPES = {
    ".pdf": PDF_TYPE,
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}

Upload = IO[bytes]


@dataclass(frozen=True, slots=True)
class Inspected:
    """What is known of a file that may be kept. ``pages`` is 0 for what has none."""

    filename: str
    media_type: str
    size: int
    pages: int = 0


def inspect_pdf(stream: Upload, filename: str) -> Inspected:
    """Accept an official document: a whole, open, lifeless PDF without a mark of secrecy.

    Raises :class:`FileRefused` (:class:`FileTooLarge`, :class:`~egov.files.secrecy.SecretDocument`).
    """
    name = clean_filename(filename)
    size = _size_within_limit(stream)
    stream.seek(0)
    if stream.read(5) != b"%PDF-":
        raise FileRefused(_("“%(name)s” không phải tệp PDF.") % {"name": name})
    with _on_disk(stream) as path:
        found = probe_pdf(path, name, max_pages=settings.FILES_MAX_PDF_PAGES)
    refuse_secret(found.lines)
    return Inspected(name, PDF_TYPE, size, found.pages)


def inspect_attachment(stream: Upload, filename: str) -> Inspected:
    """Accept an attachment: PDF, Word, Excel, OpenDocument, PNG or JPEG that is what its name says.

    Raises :class:`FileRefused` (:class:`FileTooLarge`, :class:`~egov.files.secrecy.SecretDocument`).
    """
    name = clean_filename(filename)
    extension = extension_of(name)
    media_type = MEDIA_TYPES.get(extension)
    if media_type is None:
        raise FileRefused(
            _("“%(name)s” thuộc loại tệp không được nhận. Các loại được nhận: %(kinds)s.")
            % {"name": name, "kinds": ", ".join(kind.lstrip(".") for kind in MEDIA_TYPES)}
        )
    if media_type == PDF_TYPE:
        return inspect_pdf(stream, filename)
    size = _size_within_limit(stream)
    stream.seek(0)
    looked_into = pictures if media_type.startswith("image/") else packages
    if looked_into.inspect(stream, name) != media_type:
        raise FileRefused(
            _("Nội dung của “%(name)s” không đúng với phần mở rộng của tên tệp.") % {"name": name}
        )
    stream.seek(0)
    return Inspected(name, media_type, size)


def media_type_of(stream: Upload) -> tuple[str, str]:
    """What a file is by its own bytes, with the extension that says so: for content whose name was not kept.

    Only for what was accepted once. Unknown bytes are just bytes.
    """
    stream.seek(0)
    head = stream.read(8)
    for signature, extension in ((b"%PDF-", ".pdf"), (b"\x89PNG", ".png"), (b"\xff\xd8\xff", ".jpg")):
        if head.startswith(signature):
            return MEDIA_TYPES[extension], extension
    stream.seek(0)
    found = packages.inspect(stream, "") if head.startswith(b"PK") else ""
    extension = next((one for one, kind in MEDIA_TYPES.items() if kind == found), "")
    return (found, extension) if extension else ("application/octet-stream", "")


def _size_within_limit(stream: Upload) -> int:
    size = stream.seek(0, 2)
    if size == 0:
        raise FileRefused(_("Tệp rỗng."))
    if size > settings.FILES_MAX_BYTES:
        raise FileTooLarge(
            _("Tệp có %(size)s, lớn hơn mức cho phép là %(limit)s.")
            % {"size": filesizeformat(size), "limit": filesizeformat(settings.FILES_MAX_BYTES)}
        )
    return size


@contextmanager
def _on_disk(stream: Upload) -> Iterator[Path]:
    """The content as a file that another process can read; a large upload already is one."""
    path = getattr(stream, "temporary_file_path", None)
    if path is not None:
        yield Path(path())
        return
    with tempfile.TemporaryDirectory(prefix="inspect-") as folder:
        copy = Path(folder) / "upload.pdf"
        stream.seek(0)
        try:
            with copy.open("wb") as target:
                shutil.copyfileobj(stream, target, CHUNK)
        except OSError as error:
            if error.errno not in FULL:
                raise
            raise StoreFull(_("Máy chủ hết chỗ nhận tệp. Hãy báo quản trị hệ thống.")) from error
        yield copy
