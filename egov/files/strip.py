"""Takes out of a file what it says of whoever made it: author, device, place, notes, earlier versions.

Only for files that :mod:`egov.files.inspect` has accepted. What the paper itself shows or says stays: taking
that out is a person's work.
"""

import io
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from egov.files.refusals import FileRefused

FLATTEN = Path(__file__).with_name("flatten_pdf.py")
TIME_LIMIT = 180  # seconds
JPEG_QUALITY = 90
PDF_TYPE = "application/pdf"
PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG"}
PICTURE_NAMES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
# Parts that say who, when and what was noted beside the text; the text itself does without them.
GONE = re.compile(
    r"(?i)docProps/.*|customXml/.*|word/(comments|people|commentsExtended|commentsIds|commentsExtensible).*\.xml"
    r"|xl/(comments[^/]*\.xml|threadedComments/.*|persons/.*|revisions/.*|drawings/vmlDrawing[^/]*)"
    r"|Thumbnails/.*|meta\.xml|_xmlsignatures/.*|META-INF/documentsignatures\.xml"
)
TRACKED = re.compile(rb"<(w:ins|w:del|w:moveFrom|w:moveTo|text:tracked-changes)[ />]")
MARKS_OF_NOTES = re.compile(
    rb"<w:comment(Reference|RangeStart|RangeEnd)\b[^>]*/>|<office:annotation\b.*?</office:annotation>"
    rb"|<office:annotation-end\b[^>]*/>|<legacyDrawing\b[^>]*/>",
    re.DOTALL,
)
MARKS_OF_SESSIONS = re.compile(rb"\s(w:rsid[A-Za-z]*|w14:paraId|w14:textId|w:author|w:initials)=\"[^\"]*\"")
SESSIONS = re.compile(rb"<w:rsids>.*?</w:rsids>", re.DOTALL)
PRINTER = re.compile(
    rb"(<config:config-item[^>]*config:name=\"Printer(?:Name|Setup)\"[^>]*>)[^<]*(</config:config-item>)"
)
RELATION = re.compile(rb"<Relationship\b[^>]*?/>")
TARGET = re.compile(rb"Target=\"([^\"]*)\"")
OVERRIDE = re.compile(rb"<Override\b[^>]*?PartName=\"/([^\"]*)\"[^>]*?/>")
MANIFEST = re.compile(rb"<manifest:file-entry\b[^>]*?manifest:full-path=\"([^\"]*)\"[^>]*?/>")
# The first moment that an archive can tell: none.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def stripped(stream: IO[bytes], *, media_type: str, name: str) -> bytes:
    """The same paper without particulars: a PDF as pictures of its pages, a picture drawn anew, an office
    file without properties, notes and traces of editing.

    Raises :class:`FileRefused` for what cannot be cleaned: changes that were tracked and not accepted.
    """
    stream.seek(0)
    if media_type == PDF_TYPE:
        return _flattened(stream, name)
    if media_type in PICTURES:
        return _drawn_anew(stream, PICTURES[media_type])
    return _repacked(stream, name)


def text_of_office(content: bytes) -> str:
    """All words of an office file, of every part, for looking whether a name is left."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(one) for one in archive.namelist() if one.endswith(".xml")]
    # Runs of one word stand in elements of their own, paragraphs and cells too.
    return "\n".join(
        re.sub(r"<[^>]*>", "", re.sub(r"</(w:p|text:p|text:h|si|c|a:p)>", "\n", one.decode(errors="replace")))
        for one in parts
    )


def _flattened(stream: IO[bytes], name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.pdf"), Path(folder, "out.pdf")
        source.write_bytes(stream.read())
        try:
            subprocess.run(
                [sys.executable, "-I", str(FLATTEN), str(source), str(target)],
                capture_output=True,
                timeout=TIME_LIMIT,
                check=True,
                env={"LC_ALL": "C.UTF-8"},
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            raise FileRefused(
                _("Không dựng lại được “%(name)s” thành bản sạch. Hãy tách tệp hoặc quét lại.")
                % {"name": name}
            ) from error
        return target.read_bytes()


def _drawn_anew(stream: IO[bytes], kind: str) -> bytes:
    """Its pixels, turned as a camera's note says, and nothing else."""
    with Image.open(stream, formats=[kind]) as opened:
        turned = ImageOps.exif_transpose(opened)
        mode = "RGB" if kind == "JPEG" or turned.mode not in {"1", "L", "RGB", "RGBA"} else turned.mode
        pixels = turned.convert(mode)
    clean = Image.frombytes(mode, pixels.size, pixels.tobytes())
    out = io.BytesIO()
    clean.save(out, kind, **({"quality": JPEG_QUALITY} if kind == "JPEG" else {"optimize": True}))
    return out.getvalue()


def _repacked(stream: IO[bytes], name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            if part.is_dir() or GONE.fullmatch(part.filename):
                continue
            fresh = zipfile.ZipInfo(part.filename, NO_TIME)
            fresh.compress_type = part.compress_type
            target.writestr(fresh, _clean_part(part.filename, source.read(part), name))
    return out.getvalue()


def _clean_part(filename: str, content: bytes, name: str) -> bytes:
    kind = PICTURE_NAMES.get(Path(filename).suffix.lower())
    if kind is not None:
        return _drawn_anew(io.BytesIO(content), kind)
    if filename == "[Content_Types].xml":
        return OVERRIDE.sub(lambda found: b"" if _is_gone(found[1]) else found[0], content)
    if filename.endswith("manifest.xml"):
        return MANIFEST.sub(lambda found: b"" if _is_gone(found[1]) else found[0], content)
    if filename.endswith(".rels"):
        base = filename.split("_rels/", maxsplit=1)[0]
        return RELATION.sub(lambda found: b"" if _points_to_gone(found[0], base) else found[0], content)
    if not filename.endswith(".xml"):
        return content
    if TRACKED.search(content):
        raise FileRefused(
            _("“%(name)s” còn các sửa đổi được theo dõi. Hãy chấp nhận hết sửa đổi rồi gửi lại.")
            % {"name": name}
        )
    content = PRINTER.sub(rb"\1\2", SESSIONS.sub(b"", MARKS_OF_NOTES.sub(b"", content)))
    return MARKS_OF_SESSIONS.sub(b"", content)


def _is_gone(path: bytes) -> bool:
    return bool(GONE.fullmatch(path.decode(errors="replace")))


def _points_to_gone(relation: bytes, base: str) -> bool:
    found = TARGET.search(relation)
    if found is None:
        return False
    target = found[1].decode(errors="replace")
    full = target.lstrip("/") if target.startswith("/") else base + target
    while "/../" in full:
        full = re.sub(r"[^/]+/\.\./", "", full, count=1)
    return bool(GONE.fullmatch(full.removeprefix("../")))
