"""A committee that takes a denunciation about one of its own."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from complaints.actions.make_recovery import make_recovery_key
from complaints.enums import DutyKind
from egov.organizations.actor import Actor
from egov.signing.authority.demo import issue_certificate
from tests.factories.cast import Cast
from tests.factories.documents import KindFactory
from tests.factories.letters import appointed
from tests.factories.organizations import MembershipFactory, actor_for
from tests.factories.sealing import key_of
from tests.factories.settlements import law_in_force

DENOUNCED = "Hoàng Đình Quảng"


@dataclass(frozen=True)
class Body:
    """The province's committee: who takes in, handles, decides, keeps the key, inspects; and he whom it is
    about: he keeps the protected register there too, and administers its accounts."""

    keeper: Actor
    handler: Actor
    leader: Actor
    registry: Actor
    custodian: Actor
    inspector: Actor
    denounced: tuple[Actor, Actor]


def made_body(cast: Cast) -> Body:
    """Everybody in place, the custodian's key made, the system's certificate there to sign receipts."""
    law_in_force()
    KindFactory(code="TB", name="Thông báo", abbreviation="TB", packet_type=7, ordinal=7)
    agency, now = cast.an.agency, timezone.now()
    custodian, *holders = (appointed(agency, *kinds) for kinds in ((DutyKind.CUSTODIAN,), (), ()))
    first, second, _own = (key_of(one, at=now) for one in (*holders, custodian))
    make_recovery_key(cast.binh, agency, first, second, at=now)
    issue_certificate(pin=settings.SIGNING_SYSTEM_PIN, agency=agency, is_system=True)
    quang = appointed(
        agency, DutyKind.HANDLING, DutyKind.PROTECTED, DutyKind.INTAKE, user__full_name=DENOUNCED
    )
    as_administrator = actor_for(MembershipFactory(agency=agency, user=quang.user, agency_admin=True))
    return Body(
        keeper=appointed(agency, DutyKind.PROTECTED, DutyKind.INTAKE, user__full_name="Bùi Thị Mai"),
        handler=appointed(agency, DutyKind.HANDLING, user__full_name="Phạm Văn Lực"),
        leader=cast.binh,
        registry=cast.an,
        custodian=custodian,
        inspector=appointed(agency, DutyKind.INSPECTOR),
        denounced=(quang, as_administrator),
    )
