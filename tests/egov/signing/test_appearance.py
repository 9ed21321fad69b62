"""What a reader sees on the page: rendered and looked at."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from egov.printing.official import Printed
from egov.signing.appearance import SMALLEST, PictureNotUsable, fitted, moment
from egov.signing.sign import sign_attachment
from egov.signing.typeface import italic, upright
from tests.egov.signing.conftest import numbered, sealed, signed_by
from tests.egov.signing.drawn import DrawnPage, blue, ink, red, text_of
from tests.egov.signing.pki import NOW, Pki


@pytest.mark.rule("documents", 13)
def test_seal_is_red_and_covers_the_left_third_of_the_blue_signature(
    finished: bytes, personally_signed: bytes, printed: Printed
) -> None:
    left, bottom, right, top = printed.places.signature.box
    third = (right - left) / 3
    left_third, rest = (left, bottom, left + third, top), (left + third + 1, bottom, right, top)
    before, after = DrawnPage(personally_signed), DrawnPage(finished)
    assert before.count((left, bottom, right, top), blue) > 300
    assert before.count((left, bottom, right, top), red) == 0
    assert after.count(left_third, red) > 300
    assert after.count(rest, red) == 0
    assert after.count(rest, blue) > 300
    # The seal lies over the signature, and the signature still shows through its open parts.
    assert 0 < after.count(left_third, blue) < before.count(left_third, blue)


def test_seal_is_a_circle_of_real_size(finished: bytes, printed: Printed) -> None:
    left, bottom, right, top = printed.places.seal.box
    page = DrawnPage(finished)
    assert right - left == pytest.approx(36 / 25.4 * 72, abs=0.1)
    middle = (bottom + top) / 2
    for box in (
        (left, middle - 2, left + 6, middle + 2),
        (right - 6, middle - 2, right, middle + 2),
        ((left + right) / 2 - 2, top - 6, (left + right) / 2 + 2, top),
        ((left + right) / 2 - 2, bottom, (left + right) / 2 + 2, bottom + 6),
    ):
        assert page.count(box, red) > 5
    for corner in ((left, top - 8, left + 8, top), (right - 8, bottom, right, bottom + 8)):
        assert page.count(corner, red) == 0


def test_number_and_date_stand_on_the_printed_line_and_can_be_copied(
    finished: bytes, printed: Printed
) -> None:
    page = DrawnPage(finished)
    assert page.count(printed.places.number.box, ink) > 50
    assert page.count(printed.places.date.box, ink) > 300
    text = text_of(finished)
    assert "07" in text
    assert "ngày 15 tháng 9 năm 2025" in text


def test_a_stored_picture_goes_before_the_drawn_one(prepared: bytes, pki: Pki, printed: Printed) -> None:
    picture = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((20, 50, 280, 70), fill=(10, 40, 200, 255))
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    signed = signed_by(prepared, pki.person(), picture=buffer.getvalue())
    left, bottom, right, top = printed.places.signature.box
    page = DrawnPage(signed)
    assert page.count((left, bottom, right, top), blue) > 1500
    # The ground is transparent: above the bar the paper is white.
    assert page.count((left, top - 4, right, top), lambda colour: colour != (255, 255, 255)) == 0


@pytest.mark.parametrize("rubbish", [b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, b"x" * 500])
def test_a_picture_that_is_no_png_is_refused_in_words(prepared: bytes, pki: Pki, rubbish: bytes) -> None:
    with pytest.raises(PictureNotUsable, match="PNG"):
        signed_by(prepared, pki.person(), picture=rubbish)


@pytest.mark.rule("documents", 13)
def test_attachment_is_signed_top_right_without_a_picture(printed: Printed, pki: Pki) -> None:
    signed = sign_attachment(printed.pdf, pki.agency(), notation="07/QĐ-UBND", at=NOW)
    page = DrawnPage(signed)
    whole = (0, 0, 595, 842)
    assert page.count(whole, red) == page.count(whole, blue) == 0
    top_right = (595 / 2, 842 * 0.93, 595, 842)
    assert page.count(top_right, ink) > DrawnPage(printed.pdf).count(top_right, ink)
    text = text_of(signed)
    assert "07/QĐ-UBND" in text
    assert "2025-09-15T08:00:00+07:00" in text


def test_long_names_shrink_and_are_then_cut_with_a_mark() -> None:
    name = "Ủy ban nhân dân phường Nguyễn Thị Minh Khai, " * 12
    text, size = fitted(upright(), name, 120, 5)
    assert size == SMALLEST
    assert text.endswith("…")
    assert upright().width(text, size) <= 120
    assert fitted(upright(), "An", 120, 5) == ("An", 5)


def test_every_vietnamese_letter_has_a_glyph() -> None:
    letters = "ăâđêôơưĂÂĐÊÔƠƯáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵẠẶỆỌỘỢỤỰỴ"
    for face in (upright(), italic()):
        assert all(letter in face.glyphs for letter in letters)


def test_time_of_signing_is_iso_8601_in_vietnamese_time() -> None:
    assert moment(datetime(2026, 12, 31, 17, 0, 5, 999, tzinfo=UTC)) == "2027-01-01T00:00:05+07:00"


def test_a_hundred_letters_of_agency_name_fit_on_the_seal(prepared: bytes, trusted: Pki) -> None:
    name = "Ban Chỉ đạo chuyển đổi số và cải cách hành chính của Ủy ban nhân dân xã Nguyễn Thị Minh Khai"
    pdf = sealed(numbered(signed_by(prepared, trusted.person())), trusted.agency(), agency_name=name)
    assert DrawnPage(pdf).count((0, 0, 595, 842), red) > 2000
