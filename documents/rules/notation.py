"""Number and notation of a document (số, ký hiệu), as Decree 30/2020 and the Party write them."""

from dataclasses import dataclass

from documents.enums import KindClass
from documents.models import DocumentKind
from egov.organizations.enums import Branch
from egov.organizations.models import Agency, Department

# Book of the kinds without an abbreviation (công văn, thư công): their notations look alike, so one series.
LETTERS_BOOK = "công văn"
# All kinds of copies share one yearly series.
COPIES_BOOK = "bản sao"
# The Party writes an abbreviation for its letters too.
PARTY_LETTER = "CV"


@dataclass(frozen=True, slots=True)
class Notation:
    """What is printed around the number: ``07`` + ``/`` + ``QĐ-UBND``; case and accents as stored."""

    suffix: str
    separator: str = "/"
    with_year: bool = False

    def printed(self, year: int) -> str:
        """What follows number and separator on a composed paper; normative documents carry the year."""
        return f"{year}/{self.suffix}" if self.with_year else self.suffix

    def text(self, number: int, year: int) -> str:
        """Number and notation in full: ``07/QĐ-UBND``, ``123/UBND-NC``, ``11/2026/QĐ-UBND``, ``15-QĐ/TU``."""
        return f"{number:02d}{self.separator}{self.printed(year)}"


def notation_of(kind: DocumentKind, agency: Agency, department: Department | None) -> Notation:
    """The notation of an agency's document of this kind, before it has a number."""
    if agency.branch == Branch.PARTY:
        return Notation(f"{kind.abbreviation or PARTY_LETTER}/{agency.abbreviation}", separator="-")
    if not kind.abbreviation:
        unit = f"-{department.abbreviation}" if department else ""
        return Notation(f"{agency.abbreviation}{unit}")
    suffix = f"{kind.abbreviation}-{agency.abbreviation}"
    return Notation(suffix, with_year=kind.classification == KindClass.NORMATIVE)


def book_of(kind: DocumentKind) -> str:
    """The number series that a kind belongs to: one per kind, letters and copies together."""
    if kind.classification == KindClass.COPY:
        return COPIES_BOOK
    return kind.code if kind.abbreviation else LETTERS_BOOK
