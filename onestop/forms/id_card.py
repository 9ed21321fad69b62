"""What a scanner types when it reads the QR code of an identity card."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from egov.printing.markup import clean_line
from onestop.models import Party

# number|old number|name|ddmmyyyy|sex|address|issue date; newer cards append the names of the parents.
FEWEST_FIELDS = 6
DAY = "%d%m%Y"
SEXES = {"nam": Party.Sex.MALE, "nữ": Party.Sex.FEMALE}
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Card:
    """The bearer as the card says."""

    number: str
    name: str
    born_on: date | None
    sex: str
    address: str


def read_card(text: str) -> Card | None:
    """The card behind the typed line; None when the line is none."""
    fields = [clean_line(unicodedata.normalize("NFC", field)) for field in text[:LONGEST].split("|")]
    if len(fields) < FEWEST_FIELDS:
        return None
    number, _old, name, born, sex, address = fields[:FEWEST_FIELDS]
    if not (number.isascii() and number.isdigit()) or not name:
        return None
    return Card(number, name, _day(born), SEXES.get(sex.lower(), ""), address)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, DAY).date()  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        return None
