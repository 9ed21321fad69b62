"""A signed page drawn as a reader sees it, to be looked at pixel by pixel."""

from collections.abc import Callable

import pypdfium2 as pdfium
from PIL import Image

Colour = tuple[int, int, int]
SCALE = 3.0


class DrawnPage:
    """Pixels of a page; areas are given in PDF points, as the fields are."""

    def __init__(self, pdf: bytes, page: int = 0) -> None:
        document = pdfium.PdfDocument(pdf)
        try:
            if document.get_formtype():
                document.init_forms()
                document[
                    page
                ].flatten()  # fields become part of the page, smoothed as its text is: without colour
            self.height = document[page].get_height()
            self.image: Image.Image = document[page].render(scale=SCALE).to_pil().convert("RGB")
        finally:
            document.close()

    def count(self, box: tuple[float, float, float, float], wanted: Callable[[Colour], bool]) -> int:
        """How many pixels of that kind lie in the rectangle."""
        left, bottom, right, top = box
        area = self.image.crop(
            (
                round(left * SCALE),
                round((self.height - top) * SCALE),
                round(right * SCALE),
                round((self.height - bottom) * SCALE),
            )
        )
        return sum(number for number, colour in area.getcolors(1 << 24) if wanted(colour))


def red(colour: Colour) -> bool:
    return colour[0] > 150 and colour[1] < 90 and colour[2] < 90


def blue(colour: Colour) -> bool:
    return colour[2] > 120 and colour[0] < 90 and colour[1] < 110


def ink(colour: Colour) -> bool:
    return max(colour) < 110


def text_of(pdf: bytes, box: tuple[float, float, float, float] | None = None) -> str:
    """Text of the first page as a reader copies it, form fields flattened in."""
    document = pdfium.PdfDocument(pdf)
    try:
        document.init_forms()
        page = document[0]
        page.flatten()
        flat = document[0].get_textpage()
        return flat.get_text_bounded(*box) if box else flat.get_text_range()
    finally:
        document.close()
