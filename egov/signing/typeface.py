"""The typeface of number, date and signature lines: a Times cut with every Vietnamese letter.

Each PDF carries its own copy, cut down to Latin and Vietnamese (12 kB), put in once when the form fields are
made; later steps only point at it, so signing a document never touches a font.
"""

import zlib
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import BasePdfFileWriter

from egov.printing.fonts import ITALIC, REGULAR
from egov.signing.refusals import PdfNotSignable

_TONED = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
_LETTERS = "".join(chr(code) for code in range(32, 127)) + _TONED + _TONED.upper() + "–—…“”‘’§"


@dataclass(frozen=True, eq=False)
class Typeface:
    """One cut of the typeface: what PDF needs to embed it and to set a line. Widths per 1000 of the size."""

    resource: str
    postscript_name: str
    program: bytes
    glyphs: dict[str, int]
    widths: tuple[int, ...]
    bounding_box: tuple[int, int, int, int]
    ascent: int
    descent: int
    italic_angle: float

    def width(self, text: str, size: float) -> float:
        """Length of the line in points."""
        return sum(self.widths[self._glyph(letter)] for letter in text) * size / 1000

    def encode(self, text: str) -> bytes:
        """The line as the hexadecimal string that a content stream shows."""
        return b"<" + b"".join(b"%04x" % self._glyph(letter) for letter in text) + b">"

    def _glyph(self, letter: str) -> int:
        return self.glyphs.get(letter, self.glyphs[" "])

    def embed(self, writer: BasePdfFileWriter) -> generic.IndirectObject:
        """Put the font into the file; returns what a resource dictionary points at."""
        program = generic.StreamObject(
            {pdf_name("/Subtype"): pdf_name("/CIDFontType0C"), pdf_name("/Filter"): pdf_name("/FlateDecode")},
            encoded_data=self.program,
        )
        descriptor = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/FontDescriptor"),
                pdf_name("/FontName"): pdf_name(f"/{self.postscript_name}"),
                pdf_name("/Flags"): generic.NumberObject(6 | (64 if self.italic_angle else 0)),
                pdf_name("/FontBBox"): _numbers(self.bounding_box),
                pdf_name("/ItalicAngle"): generic.FloatObject(self.italic_angle),
                pdf_name("/Ascent"): generic.NumberObject(self.ascent),
                pdf_name("/Descent"): generic.NumberObject(self.descent),
                pdf_name("/CapHeight"): generic.NumberObject(662),
                pdf_name("/StemV"): generic.NumberObject(80),
                pdf_name("/FontFile3"): writer.add_object(program),
            }
        )
        descendant = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Font"),
                pdf_name("/Subtype"): pdf_name("/CIDFontType0"),
                pdf_name("/BaseFont"): pdf_name(f"/{self.postscript_name}"),
                pdf_name("/CIDSystemInfo"): generic.DictionaryObject(
                    {
                        pdf_name("/Registry"): generic.pdf_string("Adobe"),
                        pdf_name("/Ordering"): generic.pdf_string("Identity"),
                        pdf_name("/Supplement"): generic.NumberObject(0),
                    }
                ),
                pdf_name("/FontDescriptor"): writer.add_object(descriptor),
                pdf_name("/DW"): generic.NumberObject(500),
                pdf_name("/W"): generic.ArrayObject([generic.NumberObject(0), _numbers(self.widths)]),
            }
        )
        unicode_map = generic.StreamObject(stream_data=self._unicode_map())
        unicode_map.compress()
        font = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Font"),
                pdf_name("/Subtype"): pdf_name("/Type0"),
                pdf_name("/BaseFont"): pdf_name(f"/{self.postscript_name}-Identity-H"),
                pdf_name("/Encoding"): pdf_name("/Identity-H"),
                pdf_name("/DescendantFonts"): generic.ArrayObject([writer.add_object(descendant)]),
                pdf_name("/ToUnicode"): writer.add_object(unicode_map),
            }
        )
        return writer.add_object(font)

    def _unicode_map(self) -> bytes:
        """Glyph to letter, so that number and date can be searched, copied and read aloud."""
        pairs = sorted((glyph, letter) for letter, glyph in self.glyphs.items())
        blocks = []
        for start in range(0, len(pairs), 100):
            block = pairs[start : start + 100]
            rows = "\n".join(f"<{glyph:04x}> <{letter.encode('utf-16-be').hex()}>" for glyph, letter in block)
            blocks.append(f"{len(block)} beginbfchar\n{rows}\nendbfchar")
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
            + "\n".join(blocks)
            + "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
        ).encode()


def font_in(writer: BasePdfFileWriter, face: Typeface) -> generic.PdfObject:
    """The typeface in the form's resources; put there when the file does not have it yet."""
    form = writer.root["/AcroForm"]
    resources = _child(form, "/DR")
    fonts = _child(resources, "/Font")
    name = pdf_name(f"/{face.resource}")
    if name not in fonts:
        fonts[name] = face.embed(writer)
        writer.update_container(fonts)
    reference: generic.PdfObject = fonts.raw_get(name)
    return reference


def _child(parent: generic.DictionaryObject, key: str) -> generic.DictionaryObject:
    if key not in parent:
        parent[pdf_name(key)] = generic.DictionaryObject()
    child = parent[key]
    if not isinstance(child, generic.DictionaryObject):
        raise PdfNotSignable
    if child.container_ref is None:
        child.container_ref = parent.container_ref
    return child


@cache
def upright() -> Typeface:
    """For numbers and signature lines."""
    return _load(REGULAR, "EgovTermes", "EGOVVA+TeXGyreTermes-Regular")


@cache
def italic() -> Typeface:
    """For the line of place and date (Decree 30, Appendix I: slanted)."""
    return _load(ITALIC, "EgovTermesItalic", "EGOVVB+TeXGyreTermes-Italic")


def _load(path: Path, resource: str, postscript_name: str) -> Typeface:
    font = TTFont(path)
    options = subset.Options(layout_features=[], hinting=False, desubroutinize=True, notdef_outline=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "FFTM", "DSIG", "kern"]
    cutter = subset.Subsetter(options)
    cutter.populate(text=_LETTERS)
    cutter.subset(font)
    buffer = BytesIO()
    font.save(buffer)
    font = TTFont(BytesIO(buffer.getvalue()))
    scale = 1000 / font["head"].unitsPerEm
    glyphs = {chr(code): font.getGlyphID(name) for code, name in font.getBestCmap().items()}
    head = font["head"]
    return Typeface(
        resource=resource,
        postscript_name=postscript_name,
        program=zlib.compress(font.getTableData("CFF "), 9),
        glyphs=glyphs,
        widths=tuple(round(font["hmtx"][name][0] * scale) for name in font.getGlyphOrder()),
        bounding_box=(head.xMin, head.yMin, head.xMax, head.yMax),
        ascent=round(font["hhea"].ascent * scale),
        descent=round(font["hhea"].descent * scale),
        italic_angle=float(font["post"].italicAngle),
    )


def _numbers(values: tuple[int, ...]) -> generic.ArrayObject:
    return generic.ArrayObject([generic.NumberObject(value) for value in values])
