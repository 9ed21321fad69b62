"""Registers on paper: the columns of the law, headings on every page, thousands of rows."""

import io
import time

import pikepdf
import pytest

from egov.printing.registers import Column, register
from tests.support.pdf_text import opened, pages_of, text_of

COLUMNS = [
    Column("Số, ký hiệu văn bản", 1.2),
    Column("Ngày tháng văn bản", 0.9, centred=True),
    Column("Tên loại và trích yếu nội dung văn bản", 3.4),
    Column("Người ký", 1.3),
    Column("Nơi nhận văn bản", 1.9),
    Column("Đơn vị, người nhận bản lưu", 1.3),
    Column("Số lượng bản", 0.6, centred=True),
    Column("Ngày chuyển", 0.9, centred=True),
    Column("Ký nhận", 0.9),
    Column("Ghi chú", 1.0),
]


def rows(count: int) -> list[tuple[object, ...]]:
    return [
        (
            f"{number:02d}/QĐ-UBND",
            "05/03/2026",
            f"Quyết định về việc phê duyệt quy hoạch số {number}",
            "Nguyễn Phương Nguyệt Ánh",
            "Sở Xây dựng; UBND các huyện",
            "Văn thư",
            5,
            "05/03/2026",
            None,
            "",
        )
        for number in range(1, count + 1)
    ]


def outgoing(entries: list[tuple[object, ...]]) -> bytes:
    return register(
        "Sổ đăng ký văn bản đi",
        COLUMNS,
        entries,
        agency="Ủy ban nhân dân tỉnh Thái Bình",
        period="Năm 2026",
        keeper="Trần Thị Bích Ngọc",
    )


@pytest.mark.rule("documents", 6)
def test_all_ten_columns_stand_in_order_on_every_page() -> None:
    pages = pages_of(outgoing(rows(40)))
    assert len(pages) > 1
    for page in pages[:-1]:
        places = [page.find(f"({number})") for number in range(1, 11)]
        assert -1 not in places
        assert places == sorted(places)
        for word in ("Số, ký hiệu", "Người ký", "Ký nhận", "Ghi chú"):
            assert word in page


def test_title_agency_period_pages_and_keeper_are_named() -> None:
    text = text_of(outgoing(rows(3)))
    for words in (
        "SỔ ĐĂNG KÝ VĂN BẢN ĐI",
        "ỦY BAN NHÂN DÂN TỈNH THÁI BÌNH",
        "Năm 2026",
        "Trang 1 / 1",
        "Trần Thị Bích Ngọc",
    ):
        assert words in text
    assert "Sổ này có 3 dòng." in text


def test_an_empty_register_says_so() -> None:
    assert "Không có văn bản nào trong kỳ." in text_of(outgoing([]))


def test_typst_syntax_in_a_cell_is_printed_as_it_is() -> None:
    entry = ["#panic()", "$x$", "*a* [b] \\ @c", *[""] * 7]
    text = text_of(outgoing([tuple(entry)]))
    assert "#panic()" in text
    assert "*a* [b] \\ @c" in text


def test_a_row_with_a_missing_column_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="10 values"):
        outgoing([("01", "x")])


def test_the_file_claims_pdf_a_2b() -> None:
    with pikepdf.open(io.BytesIO(outgoing(rows(1)))) as pdf, pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "2B"


def test_three_thousand_rows_take_seconds_and_every_row_is_there() -> None:
    start = time.monotonic()
    pdf = outgoing(rows(3000))
    assert time.monotonic() - start < 30
    with opened(pdf) as document:
        assert document[0].get_width() > document[0].get_height()
        last = " ".join(document[len(document) - 1].get_textpage().get_text_range().split())
    assert "Sổ này có 3000 dòng." in last
