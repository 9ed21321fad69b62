"""Reads a PDF as a person would: its text, and what stands inside a rectangle."""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document, closed at the end."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def pages_of(pdf: bytes) -> list[str]:
    """Text of each page, white space and line ends as single spaces."""
    with opened(pdf) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def text_of(pdf: bytes) -> str:
    """Text of all pages."""
    return " ".join(pages_of(pdf))


def box_of(pdf: bytes, page: int, words: str) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of the first place where the words stand on a page."""
    with opened(pdf) as document:
        text = document[page].get_textpage()
        found = text.search(words, match_case=True).get_next()
        assert found, f"{words!r} is not on page {page + 1}"
        first, count = found
        boxes = [text.get_charbox(index) for index in range(first, first + count)]
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def text_inside(pdf: bytes, page: int, box: tuple[float, float, float, float]) -> str:
    """Letters that lie inside a rectangle; those that only touch its edge do not count."""
    left, bottom, right, top = box
    with opened(pdf) as document:
        inner = (left + 1, bottom + 1, right - 1, top - 1)
        return document[page].get_textpage().get_text_bounded(*inner).strip()
