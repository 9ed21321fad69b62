"""People of the demo who come and who write: invented names of the region, numbers that fit them."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from egov.organizations.enums import AgencyKind, Level
from egov.organizations.models import Agency
from egov.organizations.seeding.names import name_parts
from egov.organizations.seeding.tables import THAI_BINH

VILLAGES = ("Đông", "Đoài", "Trung", "Thượng", "Hạ", "Bắc", "Nam", "An Lạc", "Phú Thịnh", "Vạn Phúc")
PROVINCE = "034"
CENTURY = 2000
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody, as they would show themselves at a desk."""

    name: str
    personal_number: str
    born_on: date
    address: str
    phone: str


@cache
def _communes() -> tuple[str, ...]:
    """Where people live who turn to the province or a district."""
    found = Agency.objects.filter(kind=AgencyKind.PEOPLES_COMMITTEE, level=Level.COMMUNE)
    return tuple(found.order_by("code").values_list("unit__name", flat=True))


@cache
def _parts() -> dict[str, list[str]]:
    return name_parts(THAI_BINH)


def citizen(random: Random, agency: Agency) -> Citizen:
    """A grown person of the agency's commune, or of any of the province; the number fits sex and birth."""
    unit = agency.unit.name if agency.level == Level.COMMUNE else random.choice(_communes())
    woman = random.random() < HALF
    sex = "female" if woman else "male"
    words = (random.choice(_parts()[part]) for part in ("family", f"middle_{sex}", f"given_{sex}"))
    born_on = date(random.randint(1950, 2002), random.randint(1, 12), random.randint(1, 28))
    digit = (2 if born_on.year >= CENTURY else 0) + woman
    return Citizen(
        name=" ".join(words),
        personal_number=f"{PROVINCE}{digit}{born_on.year % 100:02d}{random.randint(0, 999_999):06d}",
        born_on=born_on,
        address=f"Thôn {random.choice(VILLAGES)}, {unit[:1].lower()}{unit[1:]}",
        phone=f"09{random.randint(10_000_000, 99_999_999)}",
    )
