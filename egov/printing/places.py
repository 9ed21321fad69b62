"""Where on a page something is put after the document has been set: number, date, signature, seal."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a page, as PDF counts: points (1/72 inch) from the bottom left corner of the page.

    ``page`` is counted from 0, as PDF libraries do.
    """

    page: int
    x: float
    y: float
    width: float
    height: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top: the form in which a PDF field takes its rectangle."""
        return (self.x, self.y, self.x + self.width, self.y + self.height)


# How text goes into the spots so that it stands on the line already printed: sizes and height in points.
NUMBER_SIZE = 13.0  # upright, centred in its spot
DATE_SIZE = 13.5  # italic, from the left edge of its spot: "ngày 05 tháng 3 năm 2026"
BASELINE = 4.0  # above the bottom edge of the spot


@dataclass(frozen=True, slots=True)
class Places:
    """The four spots that the ceremony of signing fills (Decree 30/2020, Appendix I, boxes 3, 4, 7c, 8)."""

    number: Place
    date: Place
    signature: Place
    seal: Place
