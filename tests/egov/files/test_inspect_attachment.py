"""Which attachments are taken, and in what words the others are refused."""

import io
import zlib

import pytest
from PIL import Image

from egov.files.inspect import MEDIA_TYPES, inspect_attachment
from egov.files.refusals import FileRefused
from egov.files.secrecy import SecretDocument
from tests.egov.files.zoo import archive, open_document, paper, spreadsheet, word


def picture(kind: str, size: tuple[int, int] = (20, 10)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def giant_png() -> bytes:
    """A picture that says it is 30,000 × 30,000 points, in a few bytes."""
    small = picture("PNG")
    header = b"IHDR" + (30_000).to_bytes(4, "big") * 2 + small[24:29]
    return small[:12] + header + zlib.crc32(header).to_bytes(4, "big") + small[33:]


GOOD = {
    "a.pdf": paper,
    "a.docx": lambda: word("Xin chào"),
    "a.XLSX": spreadsheet,
    "a.odt": open_document,
    "a.png": lambda: picture("PNG"),
    "a.jpg": lambda: picture("JPEG"),
    "a.jpeg": lambda: picture("JPEG"),
}


@pytest.mark.parametrize("name", GOOD)
def test_the_usual_kinds_are_taken(name: str) -> None:
    found = inspect_attachment(io.BytesIO(GOOD[name]()), name)
    assert found.media_type == MEDIA_TYPES["." + name.lower().split(".")[1]]


BAD = {
    "another kind": ("a.exe", lambda: b"MZ", "không được nhận"),
    "no extension": ("a", paper, "không được nhận"),
    "macros allowed": ("a.docm", lambda: word("x"), "không được nhận"),
    "a name that lies (zip)": ("a.xlsx", lambda: word("x"), "không đúng"),
    "a name that lies (picture)": ("a.png", lambda: picture("JPEG"), "không đúng"),
    "a zip of something": ("a.docx", lambda: archive({"x": b"y"}), "không đúng"),
    "a word file that is text": ("a.docx", lambda: b"hello", "hỏng"),
    "a picture that is text": ("a.png", lambda: b"hello", "hỏng"),
    "a giant picture": ("a.png", giant_png, "quá lớn"),
    "a truncated archive": ("a.docx", lambda: word("x" * 9000)[:-30], "hỏng"),
    "a truncated picture": ("a.png", lambda: picture("PNG", (200, 200))[:-40], "hỏng"),
    "a zip bomb": ("a.docx", lambda: word("x", word__media__a_bin=bytes(40 * 1024 * 1024)), "quá lớn"),
    "too many parts": ("a.docx", lambda: archive({f"word/{n}.xml": b"" for n in range(5001)}), "quá lớn"),
    "macros": ("a.docx", lambda: word("x", word__vbaProject_bin=b"x"), "macro"),
    "an embedded object": ("a.docx", lambda: word("x", word__embeddings__oleObject1_bin=b"x"), "nhúng"),
    "a control": ("a.docx", lambda: word("x", word__activeX__activeX1_xml=b"<x/>"), "macro"),
    "a template from elsewhere": (
        "a.docx",
        lambda: word(
            "x",
            word___rels__settings_xml_rels=b'<Relationship Type="x/attachedTemplate" TargetMode="External" Target="http://192.0.2.1/"/>',
        ),
        "macro",
    ),
    "a laughing document": (
        "a.docx",
        lambda: word("x", word__styles_xml=b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'),
        "macro",
    ),
    "a path that climbs": ("a.docx", lambda: archive({"../../x": b""}), "đường dẫn"),
    "empty": ("a.docx", lambda: b"", "rỗng"),
}


@pytest.mark.parametrize("kind", BAD)
def test_the_others_are_refused_in_words(kind: str) -> None:
    name, content, words = BAD[kind]
    with pytest.raises(FileRefused, match=words):
        inspect_attachment(io.BytesIO(content()), name)


@pytest.mark.rule("documents", 30)
def test_a_word_document_with_a_stamp_is_refused() -> None:
    with pytest.raises(SecretDocument, match="TUYỆT MẬT"):
        inspect_attachment(io.BytesIO(word("ỦY BAN NHÂN DÂN", "TUYỆT MẬT", "Báo cáo")), "a.docx")
