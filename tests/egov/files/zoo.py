"""Hostile files, made from harmless parts."""

import io
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, String

from egov.printing.fonts import typst_fonts
from egov.printing.official import official_document
from tests.egov.printing.samples import letter


def paper(**changes: object) -> bytes:
    """A real document of one page."""
    return official_document(letter(**changes)).pdf


def plain(pdf: bytes) -> bytes:
    """The same document as old programs write it: no object streams, nothing packed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
        )
    return out.getvalue()


def two_columns(left: str, right: str) -> bytes:
    """Two texts far apart on one line, in one piece of page description, as word processors set tab stops."""
    source = f"#set page(width: 210mm, height: 297mm)\n#box(width: 90mm)[{left}]#box[{right}]"
    return typst.compile(source.encode(), format="pdf", font_paths=typst_fonts())


def changed(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The real document after a change to its objects."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def _javascript() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _open_javascript(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = _javascript()


def _named_javascript(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), _javascript()])))


def _hidden_javascript(pdf: pikepdf.Pdf) -> None:
    # Three dictionaries deep, written in place, in an annotation.
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=[0, 0, 9, 9],
        A=Dictionary(S=Name.GoTo, Next=Array([_javascript()])),
    )
    pdf.pages[0].Annots = Array([link])


def _launch(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.Launch, F=String("cmd.exe"))


def _page_action(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.Named, N=Name.Print))


def _submit(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.SubmitForm, F=String("http://192.0.2.1/"))


def _script_link(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String(" JavaScript:alert(1)"))
    pdf.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)])


def _xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))


def _rich_media(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 9, 9])])


def _embedded_program(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["setup.exe"] = b"MZ\x90\x00"


def _no_pages(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0]


def _stream_bomb(pdf: pikepdf.Pdf) -> None:
    packed = zlib.compress(bytes(300 * 1024 * 1024), 9)
    pdf.Root.Bomb = pdf.make_indirect(_raw_stream(pdf, packed, [Name.FlateDecode]))


def _layered_bomb(pdf: pikepdf.Pdf) -> None:
    packed = zlib.compress(zlib.compress(bytes(300 * 1024 * 1024), 9), 9)
    pdf.Root.Bomb = pdf.make_indirect(_raw_stream(pdf, packed, [Name.FlateDecode, Name.FlateDecode]))


def _giant_picture(pdf: pikepdf.Pdf) -> None:
    stream = _raw_stream(pdf, b"\xff\xd8\xff", [Name.DCTDecode])
    stream.Subtype, stream.Width, stream.Height = Name.Image, 100_000, 100_000
    pdf.Root.Bomb = pdf.make_indirect(stream)


def _raw_stream(pdf: pikepdf.Pdf, packed: bytes, filters: list[pikepdf.Object]) -> pikepdf.Stream:
    stream = pikepdf.Stream(pdf, b"")
    stream.write(packed, filter=Array(filters))
    return stream


def encrypted(password: str) -> bytes:
    """Encrypted; with an empty password anyone can open it, and it is still refused."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="chu", user=password))
    return out.getvalue()


ACTIVE = {
    "JavaScript on opening": (_open_javascript, "JavaScript"),
    "JavaScript by name": (_named_javascript, "JavaScript"),
    "JavaScript hidden in an annotation": (_hidden_javascript, "JavaScript"),
    "a link that is a script": (_script_link, "JavaScript"),
    "a program started on opening": (_launch, "chạy chương trình"),
    "an action of a page": (_page_action, "hành động"),
    "a form sent away": (_submit, "hành động"),
    "a dynamic form": (_xfa, "XFA"),
    "rich media": (_rich_media, "tương tác"),
    "a program inside": (_embedded_program, "nhúng"),
    "no pages": (_no_pages, "hỏng"),
    "a stream bomb": (_stream_bomb, "quá lớn"),
    "a bomb in a bomb": (_layered_bomb, "quá lớn"),
    "a giant picture": (_giant_picture, "quá lớn"),
}


def archive(parts: dict[str, bytes], *, packed: bool = True) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def word(*paragraphs: str, **more: bytes) -> bytes:
    """A small Word document; ``more`` adds parts (two underscores stand for a slash, one for a dot)."""
    text = "".join(f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>" for paragraph in paragraphs)
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Override PartName="/word/document.xml" ContentType="{main}"/>'.encode(),
        "word/document.xml": f"<w:document><w:body>{text}</w:body></w:document>".encode(),
    }
    named = {name.replace("__", "/").replace("_", "."): content for name, content in more.items()}
    return archive(parts | named)


def spreadsheet() -> bytes:
    """A small Excel workbook."""
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return archive(
        {
            "[Content_Types].xml": f'<Override ContentType="{main}"/>'.encode(),
            "xl/workbook.xml": b"<workbook/>",
        }
    )


def open_document() -> bytes:
    """A small OpenDocument text."""
    return archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": b"<text:p>Xin ch\xc3\xa0o</text:p>",
        }
    )
