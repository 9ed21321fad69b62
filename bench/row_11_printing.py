"""Row 11: an official PDF in the layout of Decree 30, against bare Typst on the same template and data."""

import itertools
import json

import typst

from bench.table import Line, at_least, timed
from egov.printing import fonts
from egov.printing.official import OfficialDocument, _as_json, official_document
from egov.printing.typesetter import PDF_STANDARD, template_folder

DOCUMENTS = 20


def lines() -> list[Line]:
    """Documents a second; and at ten times the pages, to show the slope."""
    return [_compare(paragraphs) for paragraphs in (4, 40, 400)]


def _compare(paragraphs: int) -> Line:
    contents = (_content(paragraphs, turn) for turn in itertools.count())
    folder = template_folder()
    compiler = typst.Compiler(
        str(folder / "official_document.typ"), root=str(folder), font_paths=fonts.typst_fonts()
    )

    def bare() -> None:
        inputs = {"content": json.dumps(_as_json(next(contents)), ensure_ascii=False)}
        compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=[PDF_STANDARD])

    count = max(2, DOCUMENTS // max(1, paragraphs // 20))
    ours = timed(lambda: [official_document(next(contents)) for _ in range(count)])
    limit = timed(lambda: [bare() for _ in range(count)])
    return at_least(11, f"Official PDF, {paragraphs} paragraphs", ours, limit, 0.8, count=count)


def _content(paragraphs: int, turn: int) -> OfficialDocument:
    """A document like no other before it, since Typst remembers what it has set."""
    return OfficialDocument(
        agency="ỦY BAN NHÂN DÂN TỈNH THÁI BÌNH",
        notation="CT-UBND",
        place="Thái Bình",
        kind="Chỉ thị",
        abstract=f"Về việc gửi, nhận văn bản điện tử giữa các cơ quan trong tỉnh, lần {turn}",
        body="\n\n".join(
            f"{number}. Lần {turn}: các cơ quan, đơn vị xử lý văn bản đến trên hệ thống trong ngày."
            for number in range(1, paragraphs + 1)
        ),
        capacity=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        signer_name="Trần Văn Bình",
        recipients=("Các sở, ban, ngành", "UBND các huyện, thành phố", "Lưu: VT"),
    )
