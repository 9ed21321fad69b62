"""The agency tree on a date: who stands above, below, beside whom; whose code is this.

Every answer is about one day, because districts came and went: nothing here assumes a number of levels.
The tree is public knowledge within the network, so these look-ups take no actor.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from egov.organizations.models import Agency, AgencyCode, Placement, Succession
from egov.organizations.models.agency import AgencyQuerySet
from egov.organizations.models.period import in_force


class NoPlace(LookupError):
    """The agency has no place in the tree on that day."""


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many agencies of one level and branch exist."""

    level: str
    branch: str
    agencies: int


def placements(on: date) -> QuerySet[Placement]:
    """Every place in the tree on that day, of agencies that exist on it, parents before children."""
    return Placement.objects.filter(in_force(on), in_force(on, "agency__"))


def place_of(agency: Agency, on: date) -> Placement:
    """Where the agency hangs on that day. Raises NoPlace."""
    place = placements(on).filter(agency=agency).first()
    if place is None:
        raise NoPlace(f"agency {agency.pk} has no place on {on:%d/%m/%Y}")
    return place


def agencies(on: date) -> AgencyQuerySet:
    """Agencies that exist on that day."""
    return Agency.objects.existing(on)


def root(on: date) -> Agency | None:
    """The agency at the top of the tree on that day; None before the network exists."""
    return _placed(on, parent=None).order_by("pk").first()


def children(agency: Agency, on: date) -> AgencyQuerySet:
    """Agencies directly below."""
    return _placed(on, parent=agency).order_by("code")


def below(agency: Agency, on: date) -> AgencyQuerySet:
    """Every agency below, at any depth; without the agency itself. Raises NoPlace."""
    return _below_path(place_of(agency, on).path, on).exclude(pk=agency.pk)


def self_and_below(agency: Agency, on: date) -> AgencyQuerySet:
    """The agency and every agency below it: one prefix test on an index. Raises NoPlace."""
    return _below_path(place_of(agency, on).path, on)


def path(agency: Agency, on: date) -> list[Agency]:
    """From the root down to the agency itself. Raises NoPlace."""
    keys = [int(key) for key in place_of(agency, on).path.split("/") if key]
    found = Agency.objects.in_bulk(keys)
    return [found[key] for key in keys]


def above(agency: Agency, on: date) -> list[Agency]:
    """The agencies above, nearest first. Raises NoPlace."""
    return path(agency, on)[-2::-1]


def is_below(agency: Agency, other: Agency, on: date) -> bool:
    """Whether the agency stands somewhere below the other on that day."""
    place = placements(on).filter(agency=agency, path__contains=f"/{other.pk}/").exclude(agency=other)
    return place.exists()


def level_counts(on: date, *, under: Agency | None = None) -> list[LevelCount]:
    """How many agencies there are by level and branch on that day, optionally from one agency down."""
    counted = agencies(on) if under is None else self_and_below(under, on)
    rows = counted.order_by().values("level", "branch").annotate(agencies=Count("pk"))
    return [LevelCount(**row) for row in rows.order_by("level", "branch")]


def resolve_code(code: str, on: date) -> Agency | None:
    """The agency that a code, old or new, means on that day (documents.md rule 44); None when nobody's.

    Hierarchy is never read out of a code: values were re-issued, so the answer is a row, not a parse.
    """
    return resolve_codes([code], on).get(code)


def resolve_codes(codes: list[str], on: date) -> dict[str, Agency]:
    """Many codes at once, by the code as given; codes that mean nobody on that day are absent."""
    asked = {code.strip().upper(): code for code in codes}
    rows = AgencyCode.objects.filter(in_force(on), in_force(on, "agency__"), code__in=asked)
    return {asked[row.code]: row.agency for row in rows.select_related("agency")}


def ended_agencies(on: date) -> AgencyQuerySet:
    """Those that no longer exist on that day."""
    return Agency.objects.filter(valid_to__lte=on)


def successors(agency: Agency, on: date) -> AgencyQuerySet:
    """The agencies that had taken over from this one by that day."""
    return Agency.objects.filter(successions_in__predecessor=agency, successions_in__on__lte=on).order_by(
        "code"
    )


def ended_predecessors(agency_id: int, on: date) -> frozenset[int]:
    """Keys of the agencies that have ended and that this one stands in for, also through others."""
    found: set[int] = set()
    asked = {agency_id}
    while asked:
        before = Succession.objects.filter(
            successor__in=asked, on__lte=on, predecessor__valid_to__lte=on
        ).values_list("predecessor", flat=True)
        asked = set(before) - found - {agency_id}
        found |= asked
    return frozenset(found)


def _placed(on: date, *, parent: Agency | None) -> AgencyQuerySet:
    places = placements(on)
    places = places.filter(parent__isnull=True) if parent is None else places.filter(parent=parent)
    return Agency.objects.filter(pk__in=places.values("agency"))


def _below_path(prefix: str, on: date) -> AgencyQuerySet:
    places = placements(on).filter(path__startswith=prefix)
    return Agency.objects.filter(pk__in=places.values("agency")).order_by("code")
