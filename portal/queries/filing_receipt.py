"""What the receipt of an online filing says, kept when it is filed; the receipt as PDF; what a PDF lists.

The hashes stand twice: in the table that people read, and among the key words of the document, which only the
system writes. A check reads the latter: a file name that looks like a hash proves nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import pikepdf
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import override

from egov.printing.fonts import unknown_letters
from egov.printing.markup import clean_line
from egov.printing.typesetter import typeset

UNSHOWN = "?"
MARK = "sha256:"
LISTED = re.compile(rf"{MARK}([0-9a-f]{{64}})")
NUMBERED = re.compile(r"filing:(\S+)")


# Official words: a receipt is Vietnamese in every language of the page (rule 12: it is no receipt slip).
NOTES = (
    (
        "Giấy này xác nhận hệ thống đã nhận đúng các tệp trên vào thời điểm đã ghi. Đây không phải Giấy tiếp "
        "nhận hồ sơ và hẹn trả kết quả: cơ quan trả lời trong 8 giờ làm việc hồ sơ được tiếp nhận, cần bổ "
        "sung hay không được tiếp nhận."
    ),
    (
        "Bất kỳ ai cũng kiểm tra được chữ ký số và các tệp tại mục Kiểm tra giấy xác nhận của Cổng thông tin "
        "điện tử tỉnh Thái Bình."
    ),
)


@dataclass(frozen=True, slots=True)
class FiledFile:
    """A file as it was filed."""

    paper: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What a receipt lists: the number of the filing and the hashes of its files, in their order."""

    number: str
    hashes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FiledWords:
    """What was filed, in the words of its day. ``others``: papers without a file, how they are given."""

    procedure: str
    procedure_code: str
    case: str
    agency: str
    submitter: str
    owner: str
    received_at: datetime | None
    files: Sequence[FiledFile]
    others: Sequence[tuple[str, str]]


def receipt_content(words: FiledWords, *, number: str, filed_at: datetime) -> dict[str, Any]:
    """Everything that one receipt says, as JSON; an official paper, always Vietnamese."""
    with override("vi"):
        rows = [("Thủ tục", f"{words.procedure} ({words.procedure_code})")]
        rows += [("Trường hợp", words.case)] if words.case else []
        rows += [
            ("Cơ quan nhận hồ sơ", words.agency),
            ("Người nộp", words.submitter),
            ("Chủ hồ sơ", words.owner),
            ("Nộp lúc", moment_words(filed_at)),
        ]
        if words.received_at is not None and words.received_at > filed_at:
            rows.append(("Tính là nhận lúc", f"{moment_words(words.received_at)} (nộp ngoài giờ làm việc)"))
        return {
            "number": number,
            "title": "Giấy xác nhận nộp hồ sơ trực tuyến",
            "facts": [[label, printable(value)] for label, value in rows],
            "files": [
                [
                    str(index),
                    printable(one.paper),
                    printable(one.name),
                    filesizeformat(one.size).replace("\xa0", " "),
                    one.sha256,
                ]
                for index, one in enumerate(words.files, start=1)
            ],
            "others": [[printable(paper), printable(how)] for paper, how in words.others],
            "keywords": [f"filing:{number}", *(f"{MARK}{one.sha256}" for one in words.files)],
            "notes": list(NOTES),
        }


def receipt_pdf(content: dict[str, Any]) -> bytes:
    """Set the receipt from its kept words. Raises UnprintableText."""
    return typeset("filing_receipt", content).pdf


def listing_of(pdf: bytes) -> Listing | None:
    """What a receipt lists; None for any other paper. Only of a PDF whose signature was found to hold."""
    with pikepdf.open(BytesIO(pdf)) as document:
        words = str(document.docinfo.get("/Keywords", ""))
    number = NUMBERED.search(words)
    if number is None:
        return None
    return Listing(number[1].rstrip(",;"), tuple(LISTED.findall(words)))


def submitter_words(name: str, number: str) -> str:
    """A person on the receipt: the number only in part, as slips show it (rule 58)."""
    return f"{name}, {number[:3]}{'*' * 6}{number[-3:]}" if number else name


def paper_without_file(is_reused: bool, is_later: bool, looked_up_in: str) -> str:
    """How a paper is given that came without a file, on the receipt: Vietnamese."""
    if is_reused:
        return "dùng lại từ kho dữ liệu của người nộp"
    if is_later:
        return "xuất trình khi nhận kết quả"
    return f"cơ quan tra cứu từ {looked_up_in}"


def printable(text: str) -> str:
    """A line as the typeface can show it: an emoji in a file's name must not cost anybody the receipt."""
    line = clean_line(text)
    for letter in unknown_letters(line):
        line = line.replace(letter, UNSHOWN)
    return line


def moment_words(moment: datetime) -> str:
    """A moment to the second, as an official paper has it."""
    return timezone.localtime(moment).strftime("%H:%M:%S ngày %d/%m/%Y")
