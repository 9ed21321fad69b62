"""Agencies as the public looks them up: who they are, when they are open, who answers for them, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import cos, radians

from django.db.models import Q, QuerySet

from egov.organizations.enums import AgencyKind, Branch, Level, Role
from egov.organizations.models import AdministrativeUnit, Agency, Membership
from egov.organizations.models.agency import AgencyQuerySet
from egov.organizations.queries import people, tree
from egov.organizations.queries.directory import searched
from egov.search.normalize import fold
from egov.workdays.calendar import Windows
from egov.workdays.load_calendar import calendar_of
from egov.workdays.weekday import Weekday

# Drawing units of the map's longer side, and of the margin in which names at the edge find room.
SIDE = 1_000
MARGIN = 60
CLOSED_DAYS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Spot:
    """A commune on the map: where it is drawn, and the agency that governs it."""

    unit: AdministrativeUnit
    agency: Agency
    x: int
    y: int
    # Its name without what kind of commune it is, so that names do not hide each other.
    label: str
    # It would run out of the drawing at the right.
    name_left: bool


@dataclass(frozen=True, slots=True)
class CommuneMap:
    """The communes of the province or of one district, drawn from their coordinates."""

    district: AdministrativeUnit | None
    districts: tuple[AdministrativeUnit, ...]
    spots: tuple[Spot, ...]
    # Communes whose coordinates nobody has entered: in the list beside the map, not on it.
    unplaced: tuple[Agency, ...]
    labels: tuple[tuple[AdministrativeUnit, int, int], ...]
    width: int
    height: int


def agencies_shown(on: date, *, text: str = "", level: str = "", branch: str = "") -> AgencyQuerySet:
    """Agencies of that day whose name has the words, without accents, or whose code or abbreviation it is."""
    rows = tree.agencies(on).select_related("unit")
    if level in Level:
        rows = rows.filter(level=level)
    if branch in Branch:
        rows = rows.filter(branch=branch)
    return searched(rows, text.replace("\0", "")) if text.strip() else rows


def named(code: str, on: date) -> tuple[str, str] | None:
    """Code and name of the agency that has this code today."""
    rows = tree.agencies(on).filter(code=code.replace("\0", ""))
    return rows.values_list("code", "name").first()


def in_charge(agency: Agency, on: date) -> QuerySet[Membership]:
    """Who answers for an agency: its leaders (Decree 42/2022: name, post and official e-mail are public)."""
    return people.holders(agency, on, Role.LEADER)


def opening_hours(agency: Agency, on: date) -> tuple[list[tuple[str, Windows]], list[tuple[date, str]]]:
    """Each weekday and when the agency is open on it in an ordinary week; and the next days on which it is
    closed though it otherwise works, with their names."""
    calendar = calendar_of(agency, on)
    week, special = calendar.week_on(on), calendar.special_days
    coming = sorted(day for day, one in special.items() if day >= on and not one.works)
    return (
        [(str(day.label), week[day.value]) for day in Weekday],
        [(day, special[day].name) for day in coming[:CLOSED_DAYS_SHOWN]],
    )


def commune_map(on: date, *, district_code: str = "") -> CommuneMap:
    """The map of all communes, or of one district's; a code that means no district gives all."""
    units = AdministrativeUnit.objects.all()
    districts = tuple(sorted(units.filter(level=Level.DISTRICT), key=_by_name))
    district = next((one for one in districts if one.code == district_code), None)
    shown = Q(unit__level=Level.COMMUNE)
    if district is not None:
        shown &= Q(unit__parent=district)
    governed = Agency.objects.existing(on).filter(shown, kind=AgencyKind.PEOPLES_COMMITTEE)
    agencies = sorted(governed.select_related("unit"), key=lambda one: (_by_name(one.unit), one.pk))
    placed = [one for one in agencies if one.unit.latitude is not None and one.unit.longitude is not None]
    frame = _Frame(one.unit for one in placed)
    spots = (_spot(one, *frame.place(one.unit), right_edge=frame.width * 0.85) for one in placed)
    named = [] if district else [one for one in districts if one.latitude is not None]
    return CommuneMap(
        district=district,
        districts=districts,
        spots=tuple(spots),
        unplaced=tuple(one for one in agencies if one not in placed),
        labels=tuple((one, *frame.place(one)) for one in named),
        width=frame.width,
        height=frame.height,
    )


def _spot(agency: Agency, x: int, y: int, *, right_edge: float) -> Spot:
    return Spot(agency.unit, agency, x, y, label=_bare(agency.unit), name_left=x > right_edge)


def _bare(unit: AdministrativeUnit) -> str:
    return unit.name.removeprefix(unit.kind.capitalize()).strip()


def _by_name(unit: AdministrativeUnit) -> tuple[str, str, str]:
    """Communes by their name, without regard to accents or to what kind of commune they are."""
    bare = _bare(unit)
    return fold(bare), bare, unit.name


class _Frame:
    """From degrees to places on the drawing. A province is small: straight lines are true enough.

    A degree of longitude is shorter than one of latitude, by the cosine of the latitude.
    """

    def __init__(self, units: Iterable[AdministrativeUnit]) -> None:
        points = [(one.longitude or 0.0, one.latitude or 0.0) for one in units] or [(0.0, 0.0)]
        self.west, self.east = min(x for x, _y in points), max(x for x, _y in points)
        self.south, self.north = min(y for _x, y in points), max(y for _x, y in points)
        self.shrink = cos(radians((self.south + self.north) / 2))
        wide, high = (self.east - self.west) * self.shrink, self.north - self.south
        self.scale = (SIDE - 2 * MARGIN) / (max(wide, high) or 1.0)
        self.width = round(wide * self.scale) + 2 * MARGIN
        self.height = round(high * self.scale) + 2 * MARGIN

    def place(self, unit: AdministrativeUnit) -> tuple[int, int]:
        """Where a territory with coordinates is drawn, from the top left corner."""
        x = ((unit.longitude or 0.0) - self.west) * self.shrink * self.scale
        y = (self.north - (unit.latitude or 0.0)) * self.scale
        return round(x) + MARGIN, round(y) + MARGIN
