"""What a file says of its maker is gone, what the paper says stays."""

import io
import zipfile

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from egov.files.inspect import inspect_attachment
from egov.files.refusals import FileRefused
from egov.files.strip import stripped, text_of_office
from tests.egov.files.zoo import paper

WHO = "Đỗ Thị Ngọc Lan"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def photo(kind: str) -> bytes:
    exif = Image.Exif()
    exif[0x013B], exif[0x0110], exif[0x0112] = WHO, "Camera of Lan", 6
    out = io.BytesIO()
    picture = Image.new("RGB", (40, 20), "red")
    picture.info["Author"] = WHO
    extra = {}
    if kind == "PNG":
        from PIL.PngImagePlugin import PngInfo

        extra["pnginfo"] = PngInfo()
        extra["pnginfo"].add_itxt("Author", WHO)
    picture.save(out, kind, exif=exif, **extra)
    return out.getvalue()


@pytest.mark.rule("complaints", 38)
@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
def test_a_picture_keeps_its_pixels_alone(kind, media_type):
    before = photo(kind)
    assert b"Camera of Lan" in before
    after = stripped(io.BytesIO(before), media_type=media_type, name="x")
    assert WHO.encode() not in after
    assert b"Camera" not in after
    with Image.open(io.BytesIO(after)) as picture:
        assert picture.size == (20, 40), "turned as the camera noted"
        assert not picture.getexif()
        red, green, _blue = picture.convert("RGB").getpixel((5, 5))
        assert red > 200
        assert green < 60


@pytest.mark.rule("complaints", 38)
def test_a_pdf_is_drawn_so_that_nothing_is_left_under_a_bar():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        pdf.docinfo["/Author"] = WHO
        with pdf.open_metadata() as xmp:
            xmp["dc:creator"] = [WHO]
        pdf.save(out)
    after = stripped(out, media_type="application/pdf", name="x")
    with pikepdf.open(io.BytesIO(after)) as pdf:
        assert "/Info" not in pdf.trailer
        assert "/Metadata" not in pdf.Root
    with pypdfium2.PdfDocument(after) as drawn, pypdfium2.PdfDocument(out.getvalue()) as before:
        assert len(drawn) == len(before)
        assert drawn[0].get_size() == pytest.approx(before[0].get_size(), abs=0.5)
        assert before[0].get_textpage().get_text_range().strip()
        assert drawn[0].get_textpage().get_text_range().strip() == ""
        dark = sum(1 for one in drawn[0].render(scale=0.5).to_pil().convert("L").tobytes() if one < 128)
        assert dark > 100, "the paper is still to be read"
    inspect_attachment(io.BytesIO(after), "x.pdf")


def word_file(body: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/x-relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/>'
            '<Override PartName="/docProps/core.xml" ContentType="application/x-core+xml"/>'
            '<Override PartName="/word/comments.xml" ContentType="application/x-comments+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="x"><Relationship Id="1" Type="d" Target="word/document.xml"/>'
            '<Relationship Id="2" Type="c" Target="docProps/core.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="x"><Relationship Id="1" Type="c" Target="comments.xml"/>'
            '<Relationship Id="2" Type="i" Target="media/image1.jpeg"/></Relationships>',
        )
        archive.writestr("docProps/core.xml", f"<core><creator>{WHO}</creator></core>")
        archive.writestr("word/comments.xml", f'<w:comments w:author="{WHO}"/>')
        archive.writestr("word/media/image1.jpeg", photo("JPEG"))
        archive.writestr(
            "word/document.xml",
            '<w:document xmlns:w="w"><w:p w:rsidR="00AB12"><w:commentReference w:id="0"/><w:r><w:t>Nội dung'
            f"</w:t></w:r></w:p>{body}</w:document>",
        )
    return out.getvalue()


@pytest.mark.rule("complaints", 38)
def test_an_office_file_loses_properties_notes_and_traces_of_editing():
    after = stripped(io.BytesIO(word_file()), media_type=DOCX, name="x")
    with zipfile.ZipFile(io.BytesIO(after)) as archive:
        whole = b"".join(archive.read(one) for one in archive.namelist())
        names = set(archive.namelist())
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert WHO.encode() not in whole
    assert not {"docProps/core.xml", "word/comments.xml"} & names
    for trace in (b"comments.xml", b"docProps", b"rsid", b"commentReference", b"Camera"):
        assert trace not in whole
    assert b"word/document.xml" in whole
    assert b"media/image1.jpeg" in whole
    assert "Nội dung" in text_of_office(after)
    assert inspect_attachment(io.BytesIO(after), "x.docx").media_type == DOCX


def test_tracked_changes_have_to_be_accepted_first():
    tracked = word_file(f'<w:del w:id="1" w:author="{WHO}"><w:r><w:delText>{WHO}</w:delText></w:r></w:del>')
    with pytest.raises(FileRefused):
        stripped(io.BytesIO(tracked), media_type=DOCX, name="x")
