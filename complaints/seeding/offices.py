"""Who receives, enters, handles, keeps and decides in the demo: appointed by the heads, with their own keys.

The posts are those of the network as ``manage.py seed`` loads it; where the demo's cast holds one, a newcomer
who signs in finds work on the desk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from complaints.actions.appoint_duty import appoint_duty
from complaints.actions.make_recovery import make_recovery_key
from complaints.actions.make_sealing_key import make_sealing_key
from complaints.enums import DutyKind
from complaints.models import SealingKey
from complaints.models.side import as_reader
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Membership

# README says so: whoever opens a seal of the demo types this and the name they sign in with.
PASSPHRASE = "canh dong nam tan {username}"  # noqa: S105
BASIS = "Quyết định phân công nhiệm vụ tiếp công dân, xử lý đơn"
PROVINCE, DISTRICT, TOWN = "UBND tỉnh", "UBND huyện Quỳnh Phụ", "UBND thị trấn Quỳnh Côi"
HOME_AFFAIRS, LAND = "Sở Nội vụ", "Sở Tài nguyên và Môi trường"
COMMUNE = "UBND xã An Ấp"

# A post: the so-manieth of its role in its agency, from 0.
Post = tuple[Role, int]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The posts of one agency and what they are appointed to do; without custodians it seals nothing."""

    door: Post
    handlers: Sequence[Post]
    keeper: Post | None = None
    custodians: Sequence[Post] = ()
    recovery: Sequence[Post] = ((Role.LEADER, 1), (Role.LEADER, 2))
    # Who has a key to read with what a custodian releases to them.
    readers: Sequence[Post] = ()
    inspector: Post | None = None


DOOR: Post = (Role.REGISTRY, 0)
PLANS = {
    PROVINCE: Plan(
        door=DOOR,
        handlers=((Role.SPECIALIST, 0), (Role.SPECIALIST, 1), (Role.SPECIALIST, 3)),
        keeper=(Role.SPECIALIST, 0),
        custodians=((Role.OFFICE_HEAD, 0), (Role.OFFICE_HEAD, 2)),
        readers=((Role.SPECIALIST, 0),),
        inspector=(Role.OFFICE_HEAD, 1),
    ),
    DISTRICT: Plan(
        door=DOOR,
        handlers=((Role.SPECIALIST, 0), (Role.SPECIALIST, 1)),
        keeper=(Role.SPECIALIST, 0),
        inspector=(Role.OFFICE_HEAD, 2),
    ),
    TOWN: Plan(
        door=DOOR,
        handlers=((Role.SPECIALIST, 0), (Role.SPECIALIST, 1)),
        keeper=(Role.SPECIALIST, 0),
        custodians=((Role.COUNTER, 0),),
        inspector=(Role.SPECIALIST, 2),
    ),
    HOME_AFFAIRS: Plan(
        door=DOOR,
        handlers=((Role.SPECIALIST, 1),),
        keeper=(Role.SPECIALIST, 1),
    ),
    LAND: Plan(door=DOOR, handlers=((Role.SPECIALIST, 0),)),
    COMMUNE: Plan(door=DOOR, handlers=((Role.SPECIALIST, 0),)),
}


@dataclass(frozen=True)
class Office:
    """One agency with the people who take the steps."""

    agency: Agency
    head: Actor
    deputy: Actor
    door: Actor
    keeper: Actor
    handlers: tuple[Actor, ...]


def open_offices(at: datetime) -> dict[str, Office]:
    """Appoint everybody and have the keys made, as of that moment; by short name of the agency."""
    on = timezone.localdate(at)
    found = {one.short_name: one for one in Agency.objects.existing(on).filter(short_name__in=PLANS)}
    return {name: _open(found[name], plan, at) for name, plan in PLANS.items() if name in found}


def passphrase_of(member: Membership) -> str:
    """What this person of the demo types to open their key."""
    return PASSPHRASE.format(username=member.user.username)


def _open(agency: Agency, plan: Plan, at: datetime) -> Office:
    posts = _Posts(agency)
    head = posts[Role.LEADER, 0]
    for post, kinds in _duties(plan).items():
        for kind in sorted(kinds):
            appoint_duty(
                head, posts[post].membership, kind, basis=BASIS, valid_from=timezone.localdate(at), at=at
            )
    if plan.custodians:
        for post in (*plan.custodians, *plan.recovery, *plan.readers):
            _key_of(posts[post], at)
        first, second = (_key_of(posts[post], at) for post in plan.recovery)
        make_recovery_key(head, agency, first, second, at=at)
    # Their duties stay what they are for the whole year: they are read once instead of at each step.
    handlers = tuple(as_reader(posts[post]) for post in plan.handlers)
    return Office(
        agency=agency,
        head=as_reader(head),
        deputy=as_reader(posts[Role.LEADER, 1]),
        door=as_reader(posts[plan.door]),
        keeper=as_reader(posts[plan.keeper]) if plan.keeper else handlers[0],
        handlers=handlers,
    )


def _duties(plan: Plan) -> dict[Post, set[DutyKind]]:
    found: dict[Post, set[DutyKind]] = {plan.door: {DutyKind.RECEPTION, DutyKind.INTAKE}}
    for post in plan.handlers:
        found.setdefault(post, set()).add(DutyKind.HANDLING)
    for post in plan.custodians:
        found.setdefault(post, set()).add(DutyKind.CUSTODIAN)
    if plan.keeper is not None:
        found.setdefault(plan.keeper, set()).add(DutyKind.PROTECTED)
    if plan.inspector is not None:
        found.setdefault(plan.inspector, set()).add(DutyKind.INSPECTOR)
    return found


def _key_of(actor: Actor, at: datetime) -> SealingKey:
    held = SealingKey.objects.filter(owner=actor.membership, closed_at=None).first()
    return held or make_sealing_key(
        actor, actor.membership, passphrase=passphrase_of(actor.membership), at=at
    )


class _Posts:
    """The people of an agency by role, the head first, then in the order of the network."""

    def __init__(self, agency: Agency) -> None:
        self.by_role: dict[str, list[Membership]] = {}
        current = Membership.objects.current(timezone.localdate()).filter(agency=agency)
        for one in current.select_related("user", "agency", "department").order_by("-is_head", "pk"):
            self.by_role.setdefault(one.role, []).append(one)

    def __getitem__(self, post: Post) -> Actor:
        role, ordinal = post
        member = self.by_role[role][ordinal]
        return Actor(user=member.user, membership=member, agency=member.agency, second_factor=True)
