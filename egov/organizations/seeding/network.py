"""Loads a whole network of agencies and staff in one transaction, in bulk."""

from pathlib import Path

from django.db import connection, transaction

from egov.audit.record import record
from egov.organizations.enums import CodeScheme, Level
from egov.organizations.models import AdministrativeUnit, Agency, AgencyCode, Placement
from egov.organizations.seeding.bulk import insert
from egov.organizations.seeding.codes import PROVINCE, QCVN102_FROM, QD20_FROM, old_shape
from egov.organizations.seeding.planner import VALID_FROM, Planned, Planner
from egov.organizations.seeding.staff import create_staff
from egov.organizations.seeding.tables import THAI_BINH, UnitRow, read_units
from egov.workflow.performer import SYSTEM


@transaction.atomic
def seed_network(folder: Path = THAI_BINH) -> bool:
    """Load the territories, agencies, codes, tree, departments and staff; False when that was done before.

    All or nothing, in seconds: about 20,000 rows in some twenty statements.
    """
    if Agency.objects.filter(code=PROVINCE).exists():
        return False
    places = read_units(folder)
    planned = Planner(folder, places, _create_units(places)).plan()
    insert(one.agency for one in planned)
    _create_codes(planned)
    _create_placements(planned)
    accounts = create_staff(planned, folder)
    record(SYSTEM, "organizations.seed_network", "network", agencies=len(planned), accounts=accounts)
    # The planner would go on believing what it knew of the tables before, until the server looks by itself.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return True


def _create_units(places: list[UnitRow]) -> dict[str, AdministrativeUnit]:
    units: dict[str, AdministrativeUnit] = {}
    for level in Level.values:
        fresh = insert(
            AdministrativeUnit(
                code=place.code,
                name=place.name,
                kind=place.kind,
                level=place.level,
                parent=units.get(place.parent_code),
                latitude=place.latitude,
                longitude=place.longitude,
            )
            for place in places
            if place.level == level
        )
        units |= {unit.code: unit for unit in fresh}
    return units


def _create_codes(planned: list[Planned]) -> None:
    insert(
        AgencyCode(agency=one.agency, code=code, scheme=scheme, valid_from=valid_from)
        for one in planned
        for code, scheme, valid_from in (
            (one.agency.code, CodeScheme.QD20, QD20_FROM),
            (old_shape(one.agency.code), CodeScheme.QCVN102, QCVN102_FROM),
        )
    )


def _create_placements(planned: list[Planned]) -> None:
    placed: dict[int, Placement] = {}
    for one in planned:
        above = placed[one.parent.pk] if one.parent else None
        placed[one.agency.pk] = Placement(
            agency=one.agency,
            parent=one.parent,
            path=f"{above.path if above else '/'}{one.agency.pk}/",
            depth=above.depth + 1 if above else 0,
            valid_from=VALID_FROM,
        )
    insert(placed.values())
