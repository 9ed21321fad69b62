"""Works out every agency of a province from its tables: name, code, and the agency above."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from egov.organizations.enums import AgencyKind, Level
from egov.organizations.models import AdministrativeUnit, Agency
from egov.organizations.seeding.codes import (
    COMMUNE_GROUPS,
    COUNCIL,
    DISTRICT_GROUPS,
    PROVINCE,
    CodeBook,
)
from egov.organizations.seeding.names import without_accents
from egov.organizations.seeding.tables import AgencyRow, UnitRow, read_agencies

VALID_FROM = date(2011, 1, 1)
# Reserved for examples (RFC 2606): nothing that the demo sends can reach a real office.
MAIL_DOMAIN = "thaibinh.example"


@dataclass(frozen=True, slots=True)
class Planned:
    """An agency that is not stored yet, the row that it comes from, and the agency above it."""

    agency: Agency
    row: AgencyRow
    parent: Agency | None


@dataclass
class Planner:
    """Goes down the levels; parents come before children in ``planned``."""

    folder: Path
    places: list[UnitRow]
    units: dict[str, AdministrativeUnit]
    codes: CodeBook = field(default_factory=CodeBook)
    planned: list[Planned] = field(default_factory=list)

    def plan(self) -> list[Planned]:
        """Every agency of every territory."""
        (province,) = self._at(Level.PROVINCE)
        root = self._plan_province(province)
        # What the agencies of communes hang below and continue the codes of: by district, then by kind.
        districts = {
            place.code: self._plan_district(place, root, ordinal)
            for ordinal, place in enumerate(self._at(Level.DISTRICT), start=1)
        }
        rows = read_agencies(self.folder, Level.COMMUNE)
        for place in self._at(Level.COMMUNE):
            above = districts[place.parent_code]
            for row in rows:
                code = self.codes.next_below(above[row.kind].code, start=COMMUNE_GROUPS)
                self._add(row, place, code, parent=above[AgencyKind.PEOPLES_COMMITTEE])
        return self.planned

    def _at(self, level: Level) -> list[UnitRow]:
        return [place for place in self.places if place.level == level]

    def _plan_province(self, place: UnitRow) -> Agency:
        first, *others = read_agencies(self.folder, Level.PROVINCE)
        root = self._add(first, place, PROVINCE, parent=None)
        by_abbreviation: dict[str, Agency] = {}
        for row in others:
            if row.kind == AgencyKind.PEOPLES_COUNCIL:
                code = COUNCIL
            else:
                above = by_abbreviation[row.code_under] if row.code_under else root
                code = self.codes.next_below(above.code)
            by_abbreviation[row.abbreviation] = self._add(row, place, code, parent=root)
        return root

    def _plan_district(self, place: UnitRow, root: Agency, ordinal: int) -> dict[str, Agency]:
        heads: dict[str, Agency] = {}
        for row in read_agencies(self.folder, Level.DISTRICT):
            if not row.fits(place):
                continue
            committee = heads.get(AgencyKind.PEOPLES_COMMITTEE)
            if committee and row.code_under:
                self._add(row, place, self.codes.next_below(committee.code), parent=committee)
            else:
                code = f"{root.code}.{DISTRICT_GROUPS[row.kind] + ordinal}"
                heads[row.kind] = self._add(row, place, code, parent=committee or root)
        return heads

    def _add(self, row: AgencyRow, place: UnitRow, code: str, *, parent: Agency | None) -> Agency:
        unit = self.units[place.code]
        above = self.units.get(place.parent_code)
        words = {
            "unit": place.in_sentence,
            "unit_name": place.bare_name,
            "above": f"{above.name[0].lower()}{above.name[1:]}" if above else "",
        }
        agency = Agency(
            name=row.name.format(**words),
            short_name=row.short_name.format(**words),
            abbreviation=row.abbreviation,
            kind=row.kind,
            branch=row.branch,
            level=place.level,
            unit=unit,
            superior_name=row.superior.format(**words),
            code=code,
            email=f"{without_accents(row.abbreviation)}.{code.lower()}@{MAIL_DOMAIN}",
            valid_from=VALID_FROM,
        )
        self.planned.append(Planned(agency, row, parent))
        return agency
