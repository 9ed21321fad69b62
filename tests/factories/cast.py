"""The five people whom the tests speak of by name."""

from dataclasses import dataclass

from egov.organizations.actor import Actor, SignedOut
from tests.factories.accounts import UserFactory
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for


@dataclass(frozen=True)
class Cast:
    """An sends, Bình signs, Chi receives, Dũng must see nothing, Em is anyone without an account."""

    an: Actor
    binh: Actor
    chi: Actor
    dung: Actor
    em: SignedOut


def make_cast() -> Cast:
    """A province with one commune below it and, beside the commune, an agency that is no recipient."""
    province = AgencyFactory(province=True)
    commune = AgencyFactory(
        parent=province, name="Ủy ban nhân dân xã Thụy Xuân", short_name="UBND xã Thụy Xuân"
    )
    elsewhere = AgencyFactory(
        department=True, parent=province, name="Sở Nội vụ", short_name="Sở Nội vụ", abbreviation="SNV"
    )
    return Cast(
        an=_actor(province, "an", "Nguyễn Thị An", registry=True),
        binh=_actor(province, "binh", "Trần Văn Bình", leader=True),
        chi=_actor(commune, "chi", "Phạm Thị Chi", registry=True),
        dung=_actor(elsewhere, "dung", "Lê Tiến Dũng", registry=True),
        em=SignedOut(address="127.0.0.1"),
    )


def _actor(agency: object, username: str, full_name: str, **traits: bool) -> Actor:
    user = UserFactory(username=username, full_name=full_name)
    return actor_for(MembershipFactory(user=user, agency=agency, **traits))
