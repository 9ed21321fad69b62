"""What a reader sees: the blue signature, the red seal, number and date, the line on an attachment.

Decree 30/2020, Appendix I: the signer's picture is blue on a transparent ground; the seal's is red, of real
size, over the left third of the signature; a separate attachment is signed without a picture.
"""

import zlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.images import pil_image
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import BaseStamp, BaseStampStyle

from egov.printing.places import BASELINE, DATE_SIZE, NUMBER_SIZE
from egov.signing.pictures.autograph import BLUE, autograph
from egov.signing.pictures.seal import RED, seal
from egov.signing.refusals import SigningRefusal
from egov.signing.typeface import Typeface, font_in, italic, upright

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
BLACK = (0.0, 0.0, 0.0)
SMALLEST = 3.6
LEADING = 0.95
# Two lines stand under the round picture, more to the left, so that they do not run into the signer's name.
SEAL_CAPTION = 11.0
SEAL_CAPTION_LEFT = 32.0
MAX_PICTURE_PIXELS = 4_000_000


class PictureNotUsable(SigningRefusal):
    """A stored signature or seal picture is not a PNG that can be drawn."""

    default = _("Hình chữ ký hoặc hình con dấu đã lưu không đọc được. Hãy tải lên tệp PNG nền trong suốt.")


@dataclass(frozen=True, slots=True)
class Caption:
    """Lines of text inside the box, from ``x`` to ``x + width``, the first baseline at the top."""

    lines: tuple[str, ...]
    x: float
    top: float
    width: float
    size: float
    colour: tuple[float, float, float]
    slanted: bool = False
    align: str = "left"

    def operators(self) -> bytes:
        face = italic() if self.slanted else upright()
        # One size for all lines: that of the longest.
        size = min(fitted(face, line, self.width, self.size)[1] for line in self.lines)
        parts = []
        y = self.top
        for line in self.lines:
            shown, _size = fitted(face, line, self.width, size)
            y -= self.size * LEADING
            x = self.x
            if self.align != "left":
                slack = self.width - face.width(shown, size)
                x += slack if self.align == "right" else slack / 2
            parts.append(
                b"BT /%s %.2f Tf %.2f %.2f %.2f rg %.3f %.3f Td %s Tj ET"
                % (face.resource.encode(), size, *self.colour, x, y, face.encode(shown))
            )
            y -= self.size * 0.2
        return b"\n".join(parts)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture inside the box: drawn operators, or a stored PNG."""

    x: float
    y: float
    width: float
    height: float
    drawn: bytes = b""
    png: bytes = b""

    def xobject(self, writer: BasePdfFileWriter) -> tuple[generic.PdfObject, bytes]:
        """The object that draws the picture, and the operators that put it in its place."""
        if self.png:
            image = _opened_png(self.png)
            scale = min(self.width / image.width, self.height / image.height)
            width, height = image.width * scale, image.height * scale
            x, y = self.x + (self.width - width) / 2, self.y + (self.height - height) / 2
            return pil_image(image, writer), b"q %.3f 0 0 %.3f %.3f %.3f cm /Picture Do Q" % (
                width,
                height,
                x,
                y,
            )
        stream = generic.StreamObject(
            {
                pdf_name("/Type"): pdf_name("/XObject"),
                pdf_name("/Subtype"): pdf_name("/Form"),
                pdf_name("/BBox"): generic.ArrayObject(
                    [generic.FloatObject(value) for value in (0, 0, self.width, self.height)]
                ),
                pdf_name("/Resources"): generic.DictionaryObject(),
                pdf_name("/Filter"): pdf_name("/FlateDecode"),
            },
            encoded_data=_packed(self.drawn),
        )
        return writer.add_object(stream), b"q 1 0 0 1 %.3f %.3f cm /Picture Do Q" % (self.x, self.y)


@dataclass(frozen=True)
class Look(BaseStampStyle):
    """How one field looks: at most one picture, and captions. Serves pyHanko as the style of a signature."""

    picture: Picture | None = None
    captions: tuple[Caption, ...] = ()
    covered: bool = False

    def create_stamp(
        self,
        writer: BasePdfFileWriter,
        box: BoxConstraints,
        text_params: dict[str, object],  # noqa: ARG002
    ) -> "Stamp":
        return Stamp(writer, self, box)


class Stamp(BaseStamp):
    """The look written as an appearance stream that points at the fonts the file already has."""

    def __init__(self, writer: BasePdfFileWriter, look: Look, box: BoxConstraints) -> None:
        super().__init__(writer, look, box)
        self.look = look

    def render(self) -> bytes:
        writer = self._ensure_writer
        parts = []
        if self.look.covered:
            parts.append(b"q 1 1 1 rg 0 0 %.3f %.3f re f Q" % (self.box.width, self.box.height))
        if self.look.picture:
            reference, operators = self.look.picture.xobject(writer)
            self.set_resource(ResourceType.XOBJECT, pdf_name("/Picture"), reference)
            parts.append(operators)
        for face in {italic() if caption.slanted else upright() for caption in self.look.captions}:
            self.set_resource(ResourceType.FONT, pdf_name(f"/{face.resource}"), font_in(writer, face))
        parts.extend(caption.operators() for caption in self.look.captions)
        return b"q\n" + b"\n".join(parts) + b"\nQ"

    def as_form_xobject(self) -> generic.StreamObject:
        stream = super().as_form_xobject()
        stream.compress()
        return stream


def personal_look(
    width: float, height: float, *, name: str, position: str, agency: str, at: datetime, png: bytes = b""
) -> Look:
    """A person's signature: blue picture, below it who, where, when; the left third is the seal's."""
    lines = (
        "Ký bởi: " + (f"{name}, {position}" if position else name),
        f"Cơ quan: {agency}",
        f"Thời gian ký: {moment(at)}",
    )
    size = 5.2
    caption_height = len(lines) * size * 1.15 + 1
    picture_height = height - caption_height
    start = width * 0.36
    return Look(
        picture=Picture(
            *(0, caption_height, width, picture_height),
            drawn=b"" if png else autograph(name, round(width, 1), round(picture_height, 1)),
            png=png,
        ),
        captions=(Caption(lines, start, caption_height, width - start - 2, size, BLUE),),
    )


def seal_look(width: float, height: float, *, agency: str, at: datetime, png: bytes = b"") -> Look:
    """An agency's signature: its red seal in real size, below it the agency and the time."""
    diameter = min(width - SEAL_CAPTION_LEFT, height - SEAL_CAPTION)
    lines = (f"Ký bởi: {agency}", f"Thời gian ký: {moment(at)}")
    return Look(
        picture=Picture(
            *(width - diameter, height - diameter, diameter, diameter),
            drawn=b"" if png else seal(agency, round(diameter, 1)),
            png=png,
        ),
        captions=(
            Caption(
                lines, 0, height - diameter - 1, SEAL_CAPTION_LEFT + diameter * 0.46, 4.4, RED, align="right"
            ),
        ),
    )


def attachment_look(width: float, height: float, *, notation: str, at: datetime) -> Look:
    """Rule 13: notation of the main document and time in ISO 8601, upright black, without a picture."""
    return Look(captions=(Caption((notation, moment(at)), 0, height, width, 10, BLACK, align="right"),))


def number_look(width: float, *, text: str, centred: bool, covered: bool) -> Look:
    """The number on the line already printed, upright."""
    caption = _on_line(width, text, NUMBER_SIZE, slanted=False, align="center" if centred else "left")
    return Look(captions=(caption,), covered=covered)


def date_look(width: float, *, text: str, covered: bool) -> Look:
    """The date on the line already printed, slanted."""
    return Look(captions=(_on_line(width, text, DATE_SIZE, slanted=True, align="left"),), covered=covered)


def _on_line(width: float, text: str, size: float, *, slanted: bool, align: str) -> Caption:
    return Caption((text,), 0, BASELINE + size * LEADING, width, size, BLACK, slanted, align)


def moment(at: datetime) -> str:
    """Time of signing in Vietnam, ISO 8601 to the second: ``2026-03-05T14:07:00+07:00``."""
    return at.astimezone(VIETNAM).isoformat(timespec="seconds")


def fitted(face: Typeface, text: str, width: float, size: float) -> tuple[str, float]:
    """The line made small enough for the width; what is still too long is cut off with a mark."""
    length = face.width(text, size)
    if length > width:
        size = max(SMALLEST, size * width / length)
    if face.width(text, size) > width + 0.01:
        while text and face.width(text + "…", size) > width:
            text = text[:-1]
        text += "…"
    return text, size


@lru_cache(maxsize=1024)
def _packed(operators: bytes) -> bytes:
    return zlib.compress(operators, 6)


@lru_cache(maxsize=64)
def _opened_png(png: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(png), formats=["PNG"]) as image:
            if image.width * image.height > MAX_PICTURE_PIXELS:
                raise PictureNotUsable
            return image.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise PictureNotUsable from error
