"""The official form: what stands on the paper, and where the signing ceremony finds its spots."""

import ctypes
import io

import pikepdf
import pypdfium2.raw as pdfium_raw
import pytest
from pypdfium2 import PdfObject

from egov.printing.official import URGENCY_STAMPS, official_document
from egov.printing.typesetter import UnprintableText
from tests.egov.printing.samples import ALL_LETTERS, TYPST_SYNTAX, directive, letter
from tests.support.pdf_text import box_of, opened, pages_of, text_inside, text_of

MILLIMETRE = 72 / 25.4


def test_every_box_of_the_form_is_on_the_paper() -> None:
    text = text_of(official_document(directive(urgency="HỎA TỐC")).pdf)
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN TỈNH THÁI BÌNH",
        "/CT-UBND",
        "Thái Bình,",
        "CHỈ THỊ",
        "Dịch tả lợn Châu Phi",
        "I. NHIỆM VỤ",
        "KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        "Nguyễn Phương Nguyệt Ánh",
        "Nơi nhận:",
        "Các sở, ban, ngành;",
        "Lưu: VT, NNTNMT.",
        "NTH.(770)",
        "HỎA TỐC",
    ):
        assert words in text


def test_a_letter_has_its_abstract_under_the_number_and_no_kind() -> None:
    printed = official_document(letter())
    text = text_of(printed.pdf)
    assert "V/v hướng dẫn tổ chức các hoạt động" in text
    assert "Kính gửi: - Ủy ban nhân dân các huyện; - Ủy ban nhân dân các xã." in text
    number_bottom = printed.places.number.y
    about = box_of(printed.pdf, 0, "V/v")
    assert about[3] < number_bottom + 4
    assert box_of(printed.pdf, 0, "Kính gửi:")[3] < about[1]


def test_party_documents_have_their_own_head() -> None:
    pdf = official_document(
        directive(
            layout="party",
            agency="Huyện ủy Quỳnh Phụ",
            superior_agency="Đảng bộ tỉnh Thái Bình",
            notation="CT/HU",
        )
    ).pdf
    text = text_of(pdf)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert "CỘNG HÒA XÃ HỘI" not in text
    assert "-CT/HU" in text
    assert "Số:" not in text


def test_every_vietnamese_letter_is_printed() -> None:
    pdf = official_document(letter(body=ALL_LETTERS)).pdf
    text = text_of(pdf).replace(" ", "")
    assert ALL_LETTERS in text


def test_decomposed_text_is_printed_composed() -> None:
    decomposed = "U\u031b\u0309y ban nha\u0302n da\u0302n xa\u0303"  # "Ửy ban nhân dân xã" in pieces
    assert "Ửy ban nhân dân xã" in text_of(official_document(letter(body=decomposed)).pdf)


@pytest.mark.parametrize(
    "field", ["body", "abstract", "agency", "signer_name", "contact", "place", "drafter_mark"]
)
def test_typst_syntax_is_printed_as_it_was_written(field: str) -> None:
    pdf = official_document(directive(**{field: TYPST_SYNTAX})).pdf
    squeezed = text_of(pdf).replace(" ", "").lower()
    assert TYPST_SYNTAX.replace(" ", "").lower() in squeezed


def test_the_file_claims_pdf_a_2b_and_names_itself() -> None:
    with pikepdf.open(io.BytesIO(official_document(directive()).pdf)) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "2B"
            assert metadata["dc:title"].startswith("Chỉ thị Về việc tăng cường")
        assert pdf.Root.Lang == "vi-VN"
        assert pdf.Root.MarkInfo.Marked
        fonts = {str(thing.FontName) for thing in pdf.objects if "/FontName" in _dictionary(thing)}
        assert fonts
        assert all("TeXGyreTermes" in name for name in fonts)


def test_number_and_date_are_left_open_beside_their_words() -> None:
    printed = official_document(directive())
    number, date = printed.places.number, printed.places.date
    label, notation = box_of(printed.pdf, 0, "Số:"), box_of(printed.pdf, 0, "/CT-UBND")
    assert label[2] <= number.x + 1
    assert abs(notation[0] - (number.x + number.width)) < 2
    assert number.y < label[1] < number.y + number.height
    place = box_of(printed.pdf, 0, "Thái Bình,")
    assert 0 <= date.x - place[2] < 8
    assert date.y < place[3] < date.y + date.height
    assert number.page == date.page == 0
    for spot in (number, date):
        assert text_inside(printed.pdf, 0, spot.box) == ""


def test_the_signature_stands_between_title_and_name_on_the_last_page() -> None:
    printed = official_document(directive())
    signature = printed.places.signature
    with opened(printed.pdf) as document:
        assert signature.page == len(document) - 1 == 1
    title = box_of(printed.pdf, 1, "PHÓ CHỦ TỊCH")
    name = box_of(printed.pdf, 1, "Nguyễn Phương Nguyệt Ánh")
    assert title[1] > signature.y + signature.height
    assert name[3] < signature.y
    centre = signature.x + signature.width / 2
    assert abs(centre - (title[0] + title[2]) / 2) < 2
    assert abs(centre - (name[0] + name[2]) / 2) < 2
    assert text_inside(printed.pdf, 1, signature.box) == ""


@pytest.mark.rule("documents", 13)
def test_the_seal_covers_the_left_third_of_the_signature() -> None:
    places = official_document(directive(seal_diameter=36)).places
    seal, signature = places.seal, places.signature
    assert seal.page == signature.page
    assert seal.width == pytest.approx(36 * MILLIMETRE)
    assert seal.x + seal.width - signature.x == pytest.approx(signature.width / 3, abs=0.1)
    assert seal.y + seal.height / 2 == pytest.approx(signature.y + signature.height / 2, abs=0.1)


@pytest.mark.parametrize(("words", "width"), URGENCY_STAMPS.items())
def test_urgency_stamps_have_the_size_and_colour_of_the_law(words: str, width: int) -> None:
    with opened(official_document(letter(urgency=words)).pdf) as document:
        paths = list(document[0].get_objects(filter=[pdfium_raw.FPDF_PAGEOBJ_PATH]))
        frames = [path for path in paths if _stroke(path) == (0xD0, 0x02, 0x1B)]
        (left, bottom, right, top) = frames[0].get_bounds()
    assert len(frames) == 1
    # PDFium adds up to a line's width on every side.
    assert (right - left) / MILLIMETRE == pytest.approx(width, abs=0.7)
    assert (top - bottom) / MILLIMETRE == pytest.approx(8, abs=0.7)


def test_an_unknown_urgency_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="urgency"):
        letter(urgency="GẤP")


def test_pages_are_numbered_from_the_second() -> None:
    first, second = pages_of(official_document(directive()).pdf)
    assert second.startswith("2 ")
    assert not first.startswith("1 ")


@pytest.mark.parametrize("paragraphs", range(9, 17))
def test_the_signature_never_stands_alone_on_a_page(paragraphs: int) -> None:
    """However long the text, some of it is above the signature on the same page."""
    body = "\n".join(
        f"Đoạn {number}. " + "Nội dung cần thực hiện nghiêm túc. " * 6 for number in range(paragraphs)
    )
    printed = official_document(directive(body=body))
    assert f"Đoạn {paragraphs - 1}." in pages_of(printed.pdf)[printed.places.signature.page]


@pytest.mark.parametrize("letters", ["😀", "公文", "\ue123 \U000e0001", "ก"])
def test_what_cannot_be_printed_is_refused_by_name_or_left_out(letters: str) -> None:
    """Other scripts and emoji are refused in words; invisible characters leave no trace."""
    document = letter(body=f"Văn bản {letters} tiếp theo")
    if letters.startswith("\ue123"):
        assert "Văn bản tiếp theo" in text_of(official_document(document).pdf)
        return
    with pytest.raises(UnprintableText, match=letters[0]):
        official_document(document)


def test_bidi_overrides_cannot_turn_words_around() -> None:
    text = text_of(official_document(letter(body="Chuyển \u202e000.001\u202c đồng")).pdf)
    assert "Chuyển 000.001 đồng" in text


def test_documents_with_nothing_optional_are_set() -> None:
    bare = letter(superior_agency="", abstract="", addressees=(), recipients=(), body="", capacity=())
    assert official_document(bare).places.signature.page == 0


def test_a_hundred_recipients_run_on_to_the_next_page() -> None:
    names = tuple(f"Ủy ban nhân dân xã số {number}" for number in range(100))
    printed = official_document(letter(recipients=names))
    text = text_of(printed.pdf)
    assert "xã số 0;" in text
    assert "xã số 99." in text


def _dictionary(thing: pikepdf.Object) -> pikepdf.Object | dict[str, object]:
    return thing if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) else {}


def _stroke(path: PdfObject) -> tuple[int, ...]:
    """Red, green, blue of a line."""
    parts = [ctypes.c_uint() for _ in range(4)]
    pdfium_raw.FPDFPageObj_GetStrokeColor(path, *parts)
    return tuple(part.value for part in parts[:3])
