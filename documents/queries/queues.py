"""What waits for a person: named queues by role; a count and its list are the same predicate."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from documents.enums import AssignmentRole, DeliveryState, DocumentState
from documents.models import Assignment, Delivery, Document
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role

R = TypeVar("R", Delivery, Document)
AT_WORK = (DeliveryState.ASSIGNED, DeliveryState.IN_PROGRESS)


@dataclass(frozen=True)
class Queue:
    """One pile on somebody's desk."""

    name: str
    label: object
    # Roles on whose desk it lies; an empty pile is shown to them alone.
    roles: tuple[Role, ...]
    where: Callable[[Actor], Q]
    # Whether anybody may find something there: a leader with the lead, a specialist who signs TUQ.
    shared: bool = False


@dataclass(frozen=True)
class Waiting:
    """How many things lie in a queue, and how many of them are past their deadline."""

    queue: Queue
    count: int
    late: int


def _at_work(actor: Actor) -> Q:
    """Led by the actor or their unit, or a coordinator's part of theirs that is not reported done."""
    mine = Q(member_id=actor.membership.pk)
    if actor.is_(Role.OFFICE_HEAD) and actor.membership.department_id:
        mine |= Q(department_id=actor.membership.department_id)
    part = Q(role=AssignmentRole.LEAD) | Q(role=AssignmentRole.COORDINATOR, done_at=None)
    held = Assignment.objects.in_force().filter(mine, part, directive__delivery=OuterRef("pk"))
    return Q(state__in=AT_WORK) & Q(Exists(held))


INCOMING = (
    Queue("arrived", _("Chờ tiếp nhận"), (Role.REGISTRY,), lambda _actor: Q(state=DeliveryState.ARRIVED)),
    Queue("registered", _("Chờ trình"), (Role.REGISTRY,), lambda _actor: Q(state=DeliveryState.REGISTERED)),
    Queue(
        "presented",
        _("Chờ chỉ đạo"),
        (Role.LEADER, Role.OFFICE_HEAD),
        lambda actor: Q(state=DeliveryState.PRESENTED, presented_to=actor.membership),
    ),
    Queue("at_work", _("Đang xử lý"), (Role.OFFICE_HEAD, Role.SPECIALIST), _at_work, shared=True),
)
OUTGOING = (
    Queue(
        "to_sign",
        _("Chờ tôi ký"),
        (Role.LEADER, Role.OFFICE_HEAD),
        lambda actor: Q(state=DocumentState.SUBMITTED, signer=actor.membership),
        shared=True,
    ),
    Queue("to_number", _("Chờ cấp số"), (Role.REGISTRY,), lambda _actor: Q(state=DocumentState.SIGNED)),
    Queue("to_seal", _("Chờ đóng dấu"), (Role.REGISTRY,), lambda _actor: Q(state=DocumentState.NUMBERED)),
    Queue("to_issue", _("Chờ phát hành"), (Role.REGISTRY,), lambda _actor: Q(state=DocumentState.SEALED)),
    Queue(
        "drafts",
        _("Dự thảo của tôi"),
        (Role.REGISTRY, Role.OFFICE_HEAD, Role.SPECIALIST),
        lambda actor: Q(state=DocumentState.DRAFT, drafter=actor.membership),
        shared=True,
    ),
)


def queues_of(actor: Actor | SignedOut, queues: Iterable[Queue]) -> list[Queue]:
    """The queues that may lie on this person's desk."""
    if not isinstance(actor, Actor):
        return []
    return [queue for queue in queues if queue.shared or actor.is_(*queue.roles)]


def incoming(actor: Actor | SignedOut, queue: str = "") -> QuerySet[Delivery]:
    """Incoming documents that the actor may see, or one queue of them."""
    visible = Delivery.objects.visible_to(actor).select_related("document__kind", "incoming_entry")
    return _within(visible, actor, INCOMING, queue)


def outgoing(actor: Actor | SignedOut, queue: str = "") -> QuerySet[Document]:
    """Documents of the actor's agency that the actor may see, or one queue of them."""
    visible = _own_documents(actor).select_related("kind", "signer__user", "drafter__user")
    return _within(visible, actor, OUTGOING, queue)


def waiting_incoming(actor: Actor | SignedOut, on: date) -> list[Waiting]:
    """Every incoming queue of the actor with its counts, in one statement."""
    return _counted(actor, INCOMING, Delivery.objects.visible_to(actor), Q(due_on__lt=on))


def waiting_outgoing(actor: Actor | SignedOut, on: date) -> list[Waiting]:
    """Every outgoing queue of the actor with its counts, in one statement."""
    return _counted(actor, OUTGOING, _own_documents(actor), Q(due_on__lt=on))


def first_incoming(actor: Actor | SignedOut, limit: int) -> list[Delivery]:
    """The incoming documents that wait for the actor, oldest deadline first, then by urgency and arrival."""
    rows = _any_of(incoming(actor), actor, INCOMING)
    return list(rows.order_by(F("due_on").asc(nulls_last=True), "-document__urgency", "arrived_at")[:limit])


def first_outgoing(actor: Actor | SignedOut, limit: int) -> list[Document]:
    """The outgoing documents that wait for the actor, the most urgent first, then the oldest."""
    rows = _any_of(outgoing(actor), actor, OUTGOING)
    return list(rows.order_by("-urgency", F("due_on").asc(nulls_last=True), "created_at")[:limit])


def _own_documents(actor: Actor | SignedOut) -> QuerySet[Document]:
    if not isinstance(actor, Actor):
        return Document.objects.none()
    return Document.objects.visible_to(actor).filter(agency=actor.agency)


def _within(rows: QuerySet[R], actor: Actor | SignedOut, queues: Sequence[Queue], name: str) -> QuerySet[R]:
    if not name:
        return rows
    found = [queue for queue in queues_of(actor, queues) if queue.name == name]
    # A queue of somebody else's desk holds nothing for this one.
    return rows.filter(found[0].where(actor)) if found and isinstance(actor, Actor) else rows.none()


def _any_of(rows: QuerySet[R], actor: Actor | SignedOut, queues: Sequence[Queue]) -> QuerySet[R]:
    if not isinstance(actor, Actor):
        return rows.none()
    wanted = Q(pk__in=[])
    for queue in queues_of(actor, queues):
        wanted |= queue.where(actor)
    return rows.filter(wanted)


def _counted(actor: Actor | SignedOut, queues: Sequence[Queue], rows: QuerySet[R], late: Q) -> list[Waiting]:
    if not isinstance(actor, Actor):
        return []
    own = queues_of(actor, queues)
    wanted = {queue.name: Count("pk", filter=queue.where(actor)) for queue in own}
    wanted |= {f"{queue.name}_late": Count("pk", filter=queue.where(actor) & late) for queue in own}
    found = _any_of(rows, actor, queues).aggregate(**wanted)
    return [
        Waiting(queue, found[queue.name], found[f"{queue.name}_late"])
        for queue in own
        if found[queue.name] or actor.is_(*queue.roles)
    ]
