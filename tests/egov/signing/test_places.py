"""Places in files that came from elsewhere are found in their text, else set by the layout of Decree 30."""

from io import BytesIO

import pikepdf
import pytest
import typst

from egov.printing.fonts import typst_fonts
from egov.signing.places import Gap, Places, resolve
from egov.signing.sign import prepare
from egov.signing.verification import Status
from egov.signing.verify import verify
from tests.egov.signing.conftest import SIGNER, numbered, sealed, signed_by
from tests.egov.signing.drawn import DrawnPage, ink, text_of
from tests.egov.signing.pki import NOW, Pki

UPLOADED = """
#set page("a4", margin: (x: 25mm, y: 20mm))
#set text(font: "TeX Gyre Termes", size: 13pt)
#grid(columns: (1fr, 1fr), align: center,
  [UBND TỈNH THÁI BÌNH], [CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM])
#v(4mm)
#grid(columns: (1fr, 1fr), [Số: ........./QĐ-UBND], [_Thái Bình, ngày ..... tháng ..... năm 2025_])
#v(10mm)
Ông %(signer)s có trách nhiệm thi hành.
%(more)s
#v(30mm)
#align(right)[#block(width: 70mm)[#align(center)[*CHỦ TỊCH* #v(28mm) *%(signer)s*]]]
"""


def uploaded(more: str = "") -> bytes:
    """A document typed elsewhere, with dots where number and date go."""
    source = UPLOADED % {"signer": SIGNER, "more": more}
    return bytes(typst.Compiler(source.encode(), font_paths=typst_fonts()).compile(format="pdf"))


def test_signature_stands_above_the_last_printed_name() -> None:
    found = resolve(uploaded(), Places(signer_name=SIGNER))
    left, bottom, right, top = found.signature.box
    page = DrawnPage(uploaded())
    assert page.count((left, bottom, right, top), ink) == 0, "nothing printed is covered"
    assert page.count((left, bottom - 18, right, bottom), ink) > 100, "the name stands right under it"
    assert left > 595 / 2 - 40


def test_the_seal_covers_the_left_third_of_the_signature() -> None:
    found = resolve(uploaded(), Places(signer_name=SIGNER))
    left, bottom, right, top = found.signature.box
    assert found.seal.box[2] == pytest.approx(left + (right - left) / 3)
    assert (found.seal.box[1] + found.seal.box[3]) / 2 == pytest.approx((bottom + top) / 2)


def test_the_last_page_that_names_the_signer_counts() -> None:
    found = resolve(uploaded(more="#pagebreak() Trang hai."), Places(signer_name=SIGNER.upper()))
    assert found.signature.page == 1


def test_a_name_that_is_not_there_gives_bottom_right_of_the_last_page() -> None:
    found = resolve(uploaded(), Places(signer_name="Người Khác"))
    assert found.signature.page == 0
    assert found.signature.x > 595 / 2
    assert found.signature.y < 842 / 3


def test_number_and_date_replace_the_dots() -> None:
    pdf = uploaded()
    found = resolve(pdf, Places(signer_name=SIGNER))
    assert found.number.gap == Gap.NUMBER
    assert found.number.covered
    assert found.date.covered
    assert found.date.place.x > 595 / 2


def test_an_uploaded_file_goes_the_whole_way(trusted: Pki) -> None:
    pdf = prepare(uploaded(), Places(signer_name=SIGNER))
    done = sealed(numbered(signed_by(pdf, trusted.person())), trusted.agency())
    assert verify(done, at=NOW).status == Status.VALID
    text = text_of(done)
    assert "07/QĐ-UBND" in text
    assert "ngày 15 tháng 9 năm 2025" in text


@pytest.mark.parametrize("size", [(595, 842), (842, 595), (612, 792)])
def test_an_empty_page_gets_the_layout_of_decree_30(size: tuple[int, int], trusted: Pki) -> None:
    buffer = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=size)
        document.save(buffer)
    found = resolve(buffer.getvalue(), Places(signer_name=SIGNER))
    for place in (found.signature, found.seal, found.number.place, found.date.place):
        left, bottom, right, top = place.box
        assert 0 <= left < right <= size[0]
        assert 0 <= bottom < top <= size[1]
    done = numbered(signed_by(prepare(buffer.getvalue(), Places()), trusted.person()))
    assert "Số: 07/QĐ-UBND" in text_of(done)
    assert verify(done, at=NOW).signatures[0].status == Status.VALID


def test_a_file_with_two_cross_reference_tables_is_put_in_order_before_it_is_signed(pki: Pki) -> None:
    """Word writes such files; two readers could see two documents in one."""
    buffer = BytesIO()
    with pikepdf.open(BytesIO(uploaded())) as document:
        document.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    plain = buffer.getvalue()
    start = plain.rindex(b"trailer")
    hybrid = plain[:start] + plain[start:].replace(b"trailer <<", b"trailer << /XRefStm 15", 1)
    assert hybrid != plain
    signed = signed_by(prepare(hybrid, Places(signer_name=SIGNER)), pki.person())
    assert verify(signed, at=NOW, trust=pki.store()).signatures[0].status == Status.VALID
