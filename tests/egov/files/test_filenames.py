"""Names that people's computers give to files."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egov.files.filenames import MAX_BYTES, clean_filename, extension_of


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Tờ trình số 12.pdf", "Tờ trình số 12.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\An\Kế hoạch.docx", "Kế hoạch.docx"),
        ("a/b/../c.pdf", "c.pdf"),
        ("..", "tệp không tên"),
        ("", "tệp không tên"),
        ("\u0000\u202e", "tệp không tên"),
        ("vô hại\u0000.pdf", "vô hại.pdf"),
        ("hóa đơn\u202efdp.exe", "hóa đơnfdp.exe"),
        ("một\r\nhai\u2028ba.pdf", "một hai ba.pdf"),
        ("giờ: 10<20>|?*.pdf", "giờ_ 10_20____.pdf"),
        ("con.pdf", "_con.pdf"),
        ("  .ẩn. ", "ẩn"),
        (unicodedata.normalize("NFD", "Nghị quyết kỳ họp thứ chín.pdf"), "Nghị quyết kỳ họp thứ chín.pdf"),
    ],
)
def test_names_are_made_safe(given_name: str, kept: str) -> None:
    assert clean_filename(given_name) == kept


def test_a_name_of_300_characters_is_cut_before_its_extension() -> None:
    name = clean_filename("ặ" * 300 + ".pdf")
    assert len(name.encode()) <= MAX_BYTES
    assert name.endswith("ặ.pdf")


@given(st.text(max_size=400))
def test_every_text_gives_a_usable_name(text: str) -> None:
    name = clean_filename(text)
    assert name
    assert name not in {".", ".."}
    assert len(name.encode()) <= MAX_BYTES
    assert not set(name) & set('/\\\0<>:"|?*\r\n')
    assert clean_filename(name) == name
    assert unicodedata.is_normalized("NFC", name)


@pytest.mark.parametrize(
    ("name", "extension"),
    [("a.PDF", ".pdf"), ("a.b.docx", ".docx"), ("không", ""), (".pdf", ""), ("a.", ".")],
)
def test_extension(name: str, extension: str) -> None:
    assert extension_of(name) == extension
