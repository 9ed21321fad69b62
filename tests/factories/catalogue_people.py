"""Who keeps the catalogue of procedures in tests."""

from dataclasses import dataclass

from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for


@dataclass(frozen=True)
class Keepers:
    """Of the province's committee: who writes, who verifies, who decides; a commune's clerk as outsider."""

    province: Agency
    commune: Agency
    writer: Actor
    verifier: Actor
    leader: Actor
    outsider: Actor


def make_keepers() -> Keepers:
    province = AgencyFactory(province=True)
    commune = AgencyFactory(parent=province)
    return Keepers(
        province=province,
        commune=commune,
        writer=actor_for(MembershipFactory(agency=province, specialist=True)),
        verifier=actor_for(MembershipFactory(agency=province, office_head=True)),
        leader=actor_for(MembershipFactory(agency=province, leader=True)),
        outsider=actor_for(MembershipFactory(agency=commune, specialist=True)),
    )
