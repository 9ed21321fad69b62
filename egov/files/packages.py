"""Looks into Word, Excel and OpenDocument files (zip archives): no bombs, macros or foreign parts."""

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from egov.files.refusals import FileRefused
from egov.files.secrecy import refuse_secret

MEGABYTE = 1024 * 1024
MAX_PARTS = 5000
MAX_UNPACKED = 500 * MEGABYTE
# Real spreadsheets pack 20:1, seldom 60:1; small parts are let through as they do no harm.
MAX_RATIO = 200
RATIO_FROM = 20 * MEGABYTE
MAX_TEXT = 8 * MEGABYTE
HEAD = 4096

OFFICE_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
ACTIVE_PARTS = re.compile(
    r"(?i)(^|/)(vbaproject\.bin|vbadata\.xml|activex/.*|embeddings/.*|basic/.*|scripts/.*|xl/macrosheets/.*"
    r"|customui/.*|object [0-9]+/.*|.*\.(exe|dll|scr|js|vbs|ps1|bat|cmd|com|hta|lnk|jar|bin\.exe))$"
)
MACRO_TYPES = re.compile(rb"(?i)macroEnabled|vbaProject|oleObject|activeX")
REMOTE_TEMPLATE = re.compile(
    rb"(?i)(attachedTemplate|oleObject|frame|subDocument)[^>]*TargetMode=\"External\""
)
DOCTYPE = re.compile(rb"(?i)<!(DOCTYPE|ENTITY)")
PARAGRAPH = re.compile(r"<(?:w|text):p[ >].*?</(?:w|text):p>", re.DOTALL)
MARKUP = re.compile(r"<[^>]*>")
TEXT_PARTS = re.compile(r"word/(document|header[0-9]*|footer[0-9]*)\.xml|content\.xml|styles\.xml")


def inspect(stream: IO[bytes], name: str) -> str:
    """The media type, by what the archive says of itself; empty when it is none of ours.

    Raises :class:`FileRefused` (also :class:`~egov.files.secrecy.SecretDocument`) with the reason in words.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            _inspect_parts(archive, name)
            for text in _texts(archive):
                refuse_secret(_paragraphs(text))
            return _media_type(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError) as error:
        raise FileRefused(_("“%(name)s” bị hỏng hoặc bị cắt cụt.") % {"name": name}) from error


def _media_type(archive: zipfile.ZipFile) -> str:
    """Empty when the archive is none of the kinds that are taken."""
    names = set(archive.namelist())
    if "mimetype" in names:
        return archive.read("mimetype")[:200].decode("ascii", errors="replace").strip()
    if "[Content_Types].xml" not in names:
        return ""
    types = archive.read("[Content_Types].xml")
    return next((kind for kind in OFFICE_TYPES if f"{kind}.main+xml".encode() in types), "")


def _inspect_parts(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = max(sum(part.compress_size for part in parts), 1)
    overlapping = packed > _length(archive)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or overlapping:
        raise FileRefused(_bomb(name))
    if unpacked > RATIO_FROM and unpacked / packed > MAX_RATIO:
        raise FileRefused(_bomb(name))
    for part in parts:
        if part.flag_bits & 0x1:
            raise FileRefused(
                _("“%(name)s” được bảo vệ bằng mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.") % {"name": name}
            )
        if part.filename.startswith("/") or ".." in part.filename.replace("\\", "/").split("/"):
            raise FileRefused(
                _("“%(name)s” có đường dẫn trái phép bên trong nên không được nhận.") % {"name": name}
            )
        if ACTIVE_PARTS.search(part.filename):
            raise FileRefused(_active(name))
        if part.filename.endswith((".xml", ".rels")):
            _inspect_markup(archive, part, name)


def _inspect_markup(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    """Entities (billion laughs), macro types and templates fetched from elsewhere."""
    with archive.open(part) as file:
        whole = part.filename == "[Content_Types].xml" or part.filename.endswith((".rels", "manifest.xml"))
        content = file.read(MEGABYTE if whole else HEAD)
    if DOCTYPE.search(content[:HEAD]):
        raise FileRefused(_active(name))
    if whole and (MACRO_TYPES.search(content) or REMOTE_TEMPLATE.search(content)):
        raise FileRefused(_active(name))


def _texts(archive: zipfile.ZipFile) -> Iterator[str]:
    for part in archive.infolist():
        if TEXT_PARTS.fullmatch(part.filename):
            with archive.open(part) as file:
                yield file.read(MAX_TEXT).decode("utf-8", errors="replace")


def _paragraphs(text: str) -> Iterator[str]:
    return (html.unescape(MARKUP.sub("", match[0])) for match in PARAGRAPH.finditer(text))


def _length(archive: zipfile.ZipFile) -> int:
    file = archive.fp
    if file is None:
        raise zipfile.BadZipFile("closed")
    return file.seek(0, 2)


def _bomb(name: str) -> str:
    return _("“%(name)s” nở ra quá lớn khi mở; tệp này có thể gây hại nên không được nhận.") % {"name": name}


def _active(name: str) -> str:
    return _("“%(name)s” có macro, mã lệnh hoặc đối tượng nhúng nên không được nhận.") % {"name": name}
