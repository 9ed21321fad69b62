"""A body that can take in denunciations: a custodian with a key, two people who hold its recovery."""

from dataclasses import dataclass
from datetime import datetime

from complaints.actions.make_recovery import make_recovery_key
from complaints.actions.make_sealing_key import make_sealing_key
from complaints.actions.seal_person import SealedPerson
from complaints.enums import DutyKind
from complaints.models import RecoveryKey, SealingKey
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from tests.factories.letters import MONDAY_MORNING, appointed
from tests.factories.organizations import MembershipFactory, actor_for

# Name, street, number, telephone: what must be found nowhere outside the seal.
LAN = SealedPerson(
    name="Đỗ Thị Ngọc Lan",
    address="Ngõ 47 phố Lê Quý Đôn",
    personal_number="034190004711",
    phone="0912004711",
    email="ngoclan.4711@thu.example",
    job="kế toán Trạm Thủy nông Bến Hến",
    note="chỉ gặp buổi tối tại nhà chị gái",
)


def passphrase_of(person: Actor) -> str:
    """What this person types."""
    return f"con trâu đi trước cái cày {person.membership.pk}"


def key_of(person: Actor, *, at: datetime = MONDAY_MORNING) -> SealingKey:
    """The person's own key, made now if there is none."""
    key = SealingKey.objects.filter(owner=person.membership, closed_at=None).first()
    return key or make_sealing_key(person, person.membership, passphrase=passphrase_of(person), at=at)


@dataclass(frozen=True)
class SealedOffice:
    """Who keeps the seal of one body, and who may ask."""

    agency: Agency
    head: Actor
    custodian: Actor
    keeper: Actor
    inspector: Actor
    holders: tuple[Actor, Actor]
    recovery_key: RecoveryKey

    @property
    def custodian_key(self) -> SealingKey:
        return key_of(self.custodian)


def make_sealed_office(agency: Agency, *, at: datetime = MONDAY_MORNING) -> SealedOffice:
    """Appoint them, let them make their keys, and let the head name the two of recovery."""
    head = actor_for(MembershipFactory(agency=agency, leader=True))
    custodian = appointed(agency, DutyKind.CUSTODIAN)
    holders = (appointed(agency), appointed(agency))
    for one in (custodian, *holders):
        key_of(one, at=at)
    first, second = (key_of(one) for one in holders)
    return SealedOffice(
        agency=agency,
        head=head,
        custodian=custodian,
        keeper=appointed(agency, DutyKind.PROTECTED),
        inspector=appointed(agency, DutyKind.INSPECTOR),
        holders=holders,
        recovery_key=make_recovery_key(head, agency, first, second, at=at),
    )
