"""Reads the tables that describe a province: territories, and the agencies of each level."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

THAI_BINH = Path(__file__).resolve().parent / "thai_binh"
ANY_KIND = "*"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A territory: ``name`` with its type in front (``Huyện Quỳnh Phụ``)."""

    code: str
    name: str
    kind: str
    parent_code: str
    level: str
    latitude: float | None
    longitude: float | None

    @property
    def in_sentence(self) -> str:
        """``huyện Quỳnh Phụ``: as it stands inside the name of an agency."""
        return self.name[0].lower() + self.name[1:]

    @property
    def bare_name(self) -> str:
        """``Quỳnh Phụ``."""
        return self.name[len(self.kind) :].strip()


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency of the province, or the pattern of one that every territory of a kind has.

    ``code_under`` is the abbreviation of the agency whose code is continued, empty for one directly below the
    province (a commune's agency continues its district's of the same kind); ``rooms`` are
    ``(name, abbreviation)``; ``staff`` is the number of people.
    """

    unit_kind: str
    name: str
    short_name: str
    abbreviation: str
    kind: str
    branch: str
    head: str
    superior: str
    code_under: str
    rooms: tuple[tuple[str, str], ...]
    staff: int

    def fits(self, unit: UnitRow) -> bool:
        """Whether a territory of this kind has such an agency."""
        return self.unit_kind in (ANY_KIND, unit.kind)


def read_units(folder: Path) -> list[UnitRow]:
    """The territories in the order of the file: parents before children."""
    return [
        UnitRow(
            code=row["code"],
            name=row["name"],
            kind=row["type"],
            parent_code=row["parent_code"],
            level=row["level"],
            latitude=_degrees(row["latitude"]),
            longitude=_degrees(row["longitude"]),
        )
        for row in _rows(folder / "units.csv")
    ]


def read_agencies(folder: Path, level: str) -> list[AgencyRow]:
    """The agencies of a level, in the order in which codes are given."""
    return [
        AgencyRow(
            unit_kind=row.get("unit_kind", ANY_KIND),
            name=row["name"],
            short_name=row["short_name"],
            abbreviation=row["abbreviation"],
            kind=row["kind"],
            branch=row["branch"],
            head=row["head"],
            superior=row["superior"],
            code_under=row.get("code_under", ""),
            rooms=tuple(_room(text) for text in row["rooms"].split(";")),
            staff=int(row["staff"]),
        )
        for row in _rows(folder / f"{level}_agencies.csv")
    ]


def _degrees(text: str) -> float | None:
    return float(text) if text else None


def _room(text: str) -> tuple[str, str]:
    name, _, abbreviation = text.partition("=")
    return name, abbreviation


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
