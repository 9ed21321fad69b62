"""Opens a table of procedures (.xlsx, CSV) or a JSON file that somebody sent, and trusts nothing in it.

Every refusal is a sentence for whoever sent the file; nothing is kept of a refused one.
"""

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from egov.files import packages
from egov.files.filenames import clean_filename, extension_of
from egov.files.refusals import FileRefused

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_UNPACKED = 60 * MEGABYTE
MOST_ROWS = 20_000
MOST_COLUMNS = 60
CELL_LENGTH = 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Row:
    """A row as people count it, by column heading; a formula is told from what it would show."""

    number: int
    cells: dict[str, str]
    has_formula: bool = False


def rows_of(content: bytes, filename: str) -> Iterator[Row]:
    """The rows below the headings of the first sheet. Raises FileRefused, also while reading on."""
    name = clean_filename(filename)
    refuse_size(content, name)
    match extension_of(name):
        case ".xlsx":
            lines = _sheet(content, name)
        case ".csv":
            lines = _csv(content, name)
        case _:
            raise FileRefused(_("“%(name)s”: chỉ nhận tệp .xlsx, .csv hoặc .json.") % {"name": name})
    yield from _with_headings(lines, name)


def records_of(content: bytes, filename: str) -> list[Any]:
    """The list in a JSON file. Raises FileRefused."""
    name = clean_filename(filename)
    refuse_size(content, name)
    try:
        found = json.loads(_text(content, name))
    except (json.JSONDecodeError, RecursionError) as error:
        raise FileRefused(_("“%(name)s” không phải là JSON đọc được.") % {"name": name}) from error
    if not isinstance(found, list):
        raise FileRefused(_("“%(name)s” phải là một danh sách thủ tục.") % {"name": name})
    if len(found) > MOST_ROWS:
        raise FileRefused(_too_long(name))
    return found


def refuse_size(content: bytes, name: str) -> None:
    """Neither nothing nor more than anybody's catalogue."""
    if not content:
        raise FileRefused(_("Tệp rỗng."))
    if len(content) > MOST_BYTES:
        raise FileRefused(
            _("“%(name)s” lớn hơn %(limit)d MB. Hãy tách tệp theo lĩnh vực.")
            % {"name": name, "limit": MOST_BYTES // MEGABYTE}
        )


Line = tuple[list[str], bool]


def _with_headings(lines: Iterator[Line], name: str) -> Iterator[Row]:
    headings: list[str] = []
    for number, (cells, has_formula) in enumerate(lines, start=1):
        if number > MOST_ROWS:
            raise FileRefused(_too_long(name))
        if not any(cells):
            continue
        if not headings:
            headings = cells
            continue
        named = {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading and cell}
        yield Row(number, named, has_formula)


def _sheet(content: bytes, name: str) -> Iterator[Line]:
    stream = io.BytesIO(content)
    # Bombs, entities, macros, foreign parts: as for any file that comes in.
    if packages.inspect(stream, name) != XLSX:
        raise FileRefused(_("“%(name)s” không phải là bảng tính .xlsx.") % {"name": name})
    with zipfile.ZipFile(stream) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise FileRefused(_("“%(name)s” nở ra quá lớn khi mở nên không được nhận.") % {"name": name})
    try:
        book = load_workbook(stream, read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What the file says of its own size is not believed: it decides how many cells are made.
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS):
            yield [_cell(cell.value) for cell in row], any(cell.data_type == "f" for cell in row)
    except FileRefused:
        raise
    # A broken part of the archive shows as nearly any error of the reader: to the sender it is one thing.
    except (InvalidFileException, *_READER_FAULTS) as error:
        raise FileRefused(_("“%(name)s” bị hỏng nên không đọc được.") % {"name": name}) from error


_READER_FAULTS = (
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    OverflowError,
    SyntaxError,  # of XML parts
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def _csv(content: bytes, name: str) -> Iterator[Line]:
    text = _text(content, name)
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        for cells in csv.reader(io.StringIO(text), delimiter=delimiter):
            trimmed = [_cell(cell) for cell in cells[:MOST_COLUMNS]]
            yield trimmed, any(cell.startswith("=") for cell in trimmed)
    except csv.Error as error:
        raise FileRefused(_("“%(name)s” không phải là tệp CSV đọc được.") % {"name": name}) from error


def _text(content: bytes, name: str) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefused(
            _("“%(name)s” không dùng bảng mã UTF-8. Hãy lưu lại dưới dạng CSV UTF-8 rồi gửi lại.")
            % {"name": name}
        ) from error
    if "\0" in text:
        raise FileRefused(_("“%(name)s” không phải là tệp văn bản.") % {"name": name})
    return text


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\0", "").strip()[:CELL_LENGTH]


def _too_long(name: str) -> str:
    return _("“%(name)s” có hơn %(most)d dòng. Hãy tách tệp theo lĩnh vực.") % {
        "name": name,
        "most": MOST_ROWS,
    }
