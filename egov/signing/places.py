"""Where on the page signatures, number and date stand: given by the composer, or found in an uploaded PDF.

Coordinates are PDF points (1/72 inch) from the lower left corner of the page, as in the PDF itself.
Decree 30/2020, Appendix I: number top left (box 3), date top right (box 4), signer at the right below the
text (boxes 7a-c), seal over the left third of the signature (box 8).
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import pypdfium2 as pdfium

from egov.printing.places import BASELINE, Place
from egov.printing.places import Places as PrintedPlaces
from egov.signing.refusals import PdfNotSignable

MM = 72 / 25.4
SEAL_DIAMETER = 36 * MM
SIGNATURE_SIZE = (150.0, 62.0)
TEXT_HEIGHT = 17.0

Box = tuple[float, float, float, float]

_DATE_LINE = re.compile(r"ngày[\s.…_]*tháng[\s.…_]*(?:năm[\s.…_]*(?:\d{4})?)?", re.IGNORECASE)
_NUMBER_LABEL = re.compile(r"^\s*số\s*:", re.IGNORECASE)


class Gap(StrEnum):
    """How much of the number line the place leaves open."""

    DIGITS = "Digits"  # "Số:" and the notation are printed; only the number itself goes in
    NUMBER = "Number"  # "Số:" is printed; number and notation go in
    LINE = "Line"  # nothing is printed there


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A place for number or date, and what stands around it."""

    place: Place
    gap: Gap = Gap.DIGITS
    # Paint white first: in an uploaded file dots or blanks stand where the text goes.
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """What is known about the places; ``None``: find it. ``signer_name`` helps to find the signature's."""

    signature: Place | None = None
    seal: Place | None = None
    number: TextPlace | None = None
    date: TextPlace | None = None
    signer_name: str = ""


@dataclass(frozen=True, slots=True)
class FoundPlaces:
    """All four places."""

    signature: Place
    seal: Place
    number: TextPlace
    date: TextPlace


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of printed text with the box of every character."""

    text: str
    boxes: tuple[Box, ...]

    def span(self, start: int, end: int) -> Box:
        boxes = [box for box in self.boxes[start:end] if box[2] > box[0]] or list(self.boxes[start:end])
        return (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )


def resolve(pdf: bytes, places: Places | PrintedPlaces) -> FoundPlaces:
    """The places given; what was not given is found in the text, else set by the layout of Decree 30."""
    if isinstance(places, PrintedPlaces):
        return FoundPlaces(places.signature, places.seal, TextPlace(places.number), TextPlace(places.date))
    signature, number, date = places.signature, places.number, places.date
    if signature is None or number is None or date is None:
        try:
            document = pdfium.PdfDocument(pdf)
        except pdfium.PdfiumError as error:
            raise PdfNotSignable from error
        try:
            signature = signature or _signature_place(document, places.signer_name)
            first = document[0]
            lines, page_box = _lines(first), first.get_mediabox()
            number = number or _number_place(lines, page_box)
            date = date or _date_place(lines, page_box)
        finally:
            document.close()
    return FoundPlaces(signature, places.seal or seal_over(signature), number, date)


def seal_over(signature: Place) -> Place:
    """The seal's place: a circle of real size whose right part covers the left third of the signature."""
    right = signature.x + signature.width / 3
    middle = signature.y + signature.height / 2
    return Place(
        signature.page, right - SEAL_DIAMETER, middle - SEAL_DIAMETER / 2, SEAL_DIAMETER, SEAL_DIAMETER
    )


def attachment_place(pdf: bytes) -> Place:
    """Top right of the first page, where a separate attachment is signed without a picture (rule 13)."""
    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as error:
        raise PdfNotSignable from error
    try:
        _, _, right, top = document[0].get_mediabox()
    finally:
        document.close()
    return Place(0, right - 15 * MM - 210, top - 8 * MM - 26, 210, 26)


def _signature_place(document: pdfium.PdfDocument, signer_name: str) -> Place:
    """Above the last place where the signer's name is printed; else bottom right of the last page."""
    width, height = SIGNATURE_SIZE
    wanted = _folded(signer_name)
    if wanted:
        for page_number in range(len(document) - 1, -1, -1):
            for line in reversed(_lines(document[page_number])):
                folded = _folded(line.text)
                if wanted in folded:
                    start = folded.rindex(wanted)
                    left, _, right, top = line.span(start, start + len(wanted))
                    return Place(page_number, (left + right - width) / 2, top + 4, width, height)
    last = len(document) - 1
    _, bottom, right, _ = document[last].get_mediabox()
    return Place(last, right - 20 * MM - width, bottom + 45 * MM, width, height)


def _number_place(lines: list[_Line], page_box: Box) -> TextPlace:
    """What follows "Số:" on its line; else box 3 of the layout."""
    for line in lines:
        found = _NUMBER_LABEL.search(line.text)
        if found:
            _, bottom, right, _ = line.span(0, found.end())
            # The rest of the line (dots, a notation typed in advance) is covered and written anew.
            rest = [box[2] for box in line.boxes[found.end() :] if box[0] < (page_box[0] + page_box[2]) / 2]
            width = max([*rest, right + 110]) - right - 1
            return TextPlace(
                Place(0, right + 3, bottom - BASELINE, width, TEXT_HEIGHT), Gap.NUMBER, covered=True
            )
    left, _, _, top = page_box
    return TextPlace(Place(0, left + 35 * MM, top - 42 * MM, 150, TEXT_HEIGHT), Gap.LINE)


def _date_place(lines: list[_Line], page_box: Box) -> TextPlace:
    """Over "ngày … tháng … năm …"; else box 4 of the layout."""
    for line in lines:
        found = _DATE_LINE.search(line.text)
        if found:
            left, bottom, right, _ = line.span(found.start(), found.end())
            limit = page_box[2] - 10 * MM
            width = min(max(right + 2, left + 150), limit) - left
            return TextPlace(Place(0, left, bottom - 1, width, TEXT_HEIGHT), Gap.NUMBER, covered=True)
    _, _, right, top = page_box
    return TextPlace(Place(0, right - 20 * MM - 165, top - 42 * MM, 165, TEXT_HEIGHT), Gap.LINE)


def _lines(page: pdfium.PdfPage) -> list[_Line]:
    """The lines of a page in the order of the file, with composed (NFC) letters and their boxes."""
    text_page = page.get_textpage()
    lines: list[_Line] = []
    text: list[str] = []
    boxes: list[Box] = []
    try:
        for index in range(text_page.count_chars()):
            for character in text_page.get_text_range(index, 1):
                if character in "\r\n":
                    if text:
                        lines.append(_Line("".join(text), tuple(boxes)))
                    text, boxes = [], []
                elif text and len(composed := unicodedata.normalize("NFC", text[-1] + character)) == 1:
                    text[-1] = composed  # a combining mark belongs to the letter before it
                else:
                    text.append(character)
                    boxes.append(text_page.get_charbox(index))
    finally:
        text_page.close()
    if text:
        lines.append(_Line("".join(text), tuple(boxes)))
    return lines


def _folded(text: str) -> str:
    """Same length, without case: names are printed in capitals on some papers."""
    letters = unicodedata.normalize("NFC", text).strip()
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in letters)
