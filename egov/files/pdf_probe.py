"""Looks into one PDF in a process of its own and prints what it found as JSON.

A hostile PDF can make any reader eat all memory or turn for ever, so no web process opens it first: this
script does, under limits of memory and processor time, knowing nothing of Django or the database. Started
by :mod:`egov.files.pdf` as ``python -I pdf_probe.py FILE MAX_PAGES``; it imports nothing of the project.
"""

import json
import resource
import sys
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Stream, String

MEGABYTE = 1024 * 1024
MEMORY = 2048 * MEGABYTE
SECONDS = 20
# A blank A4 page scanned in colour at 600 dpi unpacks to 100 MB at 1000:1; a bomb goes on after that.
EXPANDED_ONE = 256 * MEGABYTE
EXPANDED_ALL = 2048 * MEGABYTE
SUSPECT_FROM = 128 * MEGABYTE
SUSPECT_RATIO = 900
MAX_OBJECTS = 500_000
MAX_PIXELS = 300_000_000
MAX_LETTERS = 20_000

ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/ImportData": "action",
    "/SubmitForm": "action",
    "/GoToR": "action",
    "/GoToE": "embedded",
    "/Movie": "media",
    "/Sound": "media",
    "/Rendition": "media",
    "/RichMediaExecute": "media",
}
SUBTYPES = {
    "/RichMedia": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/Screen": "media",
    "/3D": "media",
    "/FileAttachment": "embedded",
}
# What the two readers raise when things inside the file are not of the kinds that they should be.
UNREADABLE = (
    pikepdf.PdfError,
    pypdfium2.PdfiumError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
)


class Fault(Exception):
    """Why the file cannot be taken, in one word (see :mod:`egov.files.pdf` for the sentence)."""


def main(path: str, max_pages: int) -> dict[str, Any]:
    """What the PDF is, or the one word that says why it cannot be taken."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with pikepdf.open(path, attempt_recovery=False, suppress_warnings=True) as pdf:
            pages = _count_pages(pdf, max_pages)
            _refuse_active_content(pdf)
            _refuse_bombs(pdf)
        return {"pages": pages, "lines": first_page_lines(path)}
    except Fault as fault:
        return {"fault": str(fault)}
    except pikepdf.PasswordError:
        return {"fault": "encrypted"}
    except MemoryError:
        return {"fault": "bomb"}
    except UNREADABLE:
        return {"fault": "damaged"}


def _count_pages(pdf: pikepdf.Pdf, max_pages: int) -> int:
    if pdf.is_encrypted:
        raise Fault("encrypted")
    if len(pdf.objects) > MAX_OBJECTS:
        raise Fault("bomb")
    pages = len(pdf.pages)
    if pages == 0:
        raise Fault("damaged")
    if pages > max_pages:
        raise Fault("pages")
    return pages


def _refuse_active_content(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        for part in _with_direct_parts(thing):
            found = _activity_of(part) or _deed_of(part)
            if found:
                raise Fault(found)
    opening = pdf.Root.get("/OpenAction")
    if isinstance(opening, Dictionary) and opening.get("/S") not in {None, Name.GoTo}:
        raise Fault("action")


def _with_direct_parts(thing: Object) -> Iterator[Object]:
    """Dictionaries of an object, those written inside it included; references have their own turn."""
    waiting = [thing]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Array):
            children = list(part)
        elif isinstance(part, Dictionary | Stream):
            yield part
            children = [child for _key, child in part.items()]
        else:
            continue
        waiting += [child for child in children if isinstance(child, Object) and not child.is_indirect]


def _activity_of(part: Object) -> str:
    """Active content that a dictionary holds; a font that happens to be called /AA is none."""
    if "/JS" in part and isinstance(part["/JS"], String | Stream):
        return "javascript"
    if "/XFA" in part and isinstance(part["/XFA"], Array | Stream):
        return "xfa"
    triggers = part.get("/AA", None)
    if isinstance(triggers, Dictionary) and any(_is_action(child) for _key, child in triggers.items()):
        return "action"
    files = part.get("/EF", None)
    if isinstance(files, Dictionary) and {"/F", "/UF", "/DOS", "/Mac", "/Unix"} & set(files.keys()):
        return "embedded"
    return SUBTYPES.get(str(part.get("/Subtype", "")), "")


def _deed_of(part: Object) -> str:
    """What a dictionary does when it is an action."""
    action = str(part.get("/S", ""))
    if action in ACTIONS:
        return ACTIONS[action]
    if action == "/URI" and str(part.get("/URI", "")).strip().lower().startswith(
        ("javascript:", "file:", "data:")
    ):
        return "javascript"
    return "embedded" if str(part.get("/Type", "")) == "/EmbeddedFile" else ""


def _is_action(thing: Any) -> bool:
    return isinstance(thing, Dictionary) and "/S" in thing


def _refuse_bombs(pdf: pikepdf.Pdf) -> None:
    total = 0
    for thing in pdf.objects:
        if not isinstance(thing, Stream):
            continue
        if str(thing.get("/Subtype", "")) == "/Image":
            pixels = int(thing.get("/Width", 0)) * int(thing.get("/Height", 0))
            if pixels > MAX_PIXELS:
                raise Fault("bomb")
        total += _expanded_size(thing)
        if total > EXPANDED_ALL:
            raise Fault("bomb")


def _expanded_size(stream: Stream) -> int:
    """Bytes that the flate layers of a stream unpack to, counted without holding them."""
    filters = stream.get("/Filter", None)
    names = (
        [str(name) for name in filters] if isinstance(filters, Array) else [str(filters)] if filters else []
    )
    raw = stream.read_raw_bytes()
    pieces: Iterator[bytes] = iter([raw])
    for name in names:
        if name not in {"/FlateDecode", "/Fl"}:
            break  # pictures and text encodings: bounded by their pixels and by the memory of this process
        pieces = _inflated(pieces)
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > EXPANDED_ONE or (size > SUSPECT_FROM and size > SUSPECT_RATIO * max(len(raw), 1)):
            raise Fault("bomb")
    return size


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack in pieces of at most a megabyte; what follows broken data is ignored, as readers do."""
    unpacker = zlib.decompressobj()
    for piece in pieces:
        rest = piece
        while rest and not unpacker.eof:
            try:
                yield unpacker.decompress(rest, MEGABYTE)
            except zlib.error:
                return
            rest = unpacker.unconsumed_tail


def first_page_lines(path: str) -> list[str]:
    """Text of the first page in the pieces that an eye sees: split at line ends and at wide gaps.

    A stamp stands in a column of its own; the text beside it on the same height is another piece.
    """
    document = pypdfium2.PdfDocument(path)
    try:
        text = document[0].get_textpage()
        lines: list[str] = []
        line, last = "", None
        for index in range(min(text.count_chars(), MAX_LETTERS)):
            letter = chr(pypdfium2.raw.FPDFText_GetUnicode(text, index))
            if letter in "\r\n":
                lines.append(line)
                line, last = "", None
                continue
            if letter.isspace():
                line += " "
                continue
            box = text.get_charbox(index, loose=True)
            if last and _stands_apart(last, box):
                lines.append(line)
                line = ""
            line += letter
            last = box
        lines.append(line)
        return [clean for clean in (" ".join(piece.split()) for piece in lines) if clean]
    finally:
        document.close()


def _stands_apart(before: tuple[float, ...], after: tuple[float, ...]) -> bool:
    """Whether a letter does not belong to the piece of the letter before it."""
    height = max(before[3] - before[1], 1.0)
    return after[0] - before[2] > 1.5 * height or abs(after[1] - before[1]) > 0.8 * height


if __name__ == "__main__":
    json.dump(main(sys.argv[1], int(sys.argv[2])), sys.stdout)
