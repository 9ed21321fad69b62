"""The days of a matter written down anew, with who did it and why (rule 22); a step of other actions."""

from datetime import datetime

from django.utils import timezone

from complaints import deadlines, states
from complaints.models import ClockChange, Matter, Order
from complaints.models.fact import FactKind
from complaints.models.order import OrderKind
from egov.numbering.next_number import next_number
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line

BOOK = "complaints.order"
REASON_LENGTH = 1000
CLOCK_REASON_LENGTH = 600


def reckon(actor: Actor, matter: Matter, *, reason: str, at: datetime) -> None:
    """Weigh the facts, count the terms and keep what changed. Raises NoTermInForce."""
    matter.complexity = deadlines.weighed(matter)
    matter.is_remote = FactKind.REMOTE in deadlines.standing_facts(matter)
    if matter.state in states.PROCESSED:
        matter.process_due_on = deadlines.process_due(matter)
    ended_on = matter.settle_ends_on
    ending = deadlines.settle_ending(matter)
    matter.settle_ends_on = ending.ends_on if ending else None
    matter.settle_due_on = deadlines.settle_due(matter)
    matter.save(
        update_fields=["complexity", "is_remote", "process_due_on", "settle_ends_on", "settle_due_on"]
    )
    ClockChange.objects.create(
        matter=matter,
        at=at,
        user_id=actor.user_id,
        person=actor.caption,
        reason=clean_line(reason)[:CLOCK_REASON_LENGTH],
        complexity=matter.complexity,
        is_remote=matter.is_remote,
        ended_on=ended_on,
        ends_on=matter.settle_ends_on,
        due_on=matter.settle_due_on,
    )


def give_order(actor: Actor, matter: Matter, kind: OrderKind, *, reason: str, at: datetime) -> Order:
    """A decision on the way, with the next number of the body's series of the year."""
    on = timezone.localdate(at)
    return Order.objects.create(
        matter=matter,
        agency=actor.agency,
        kind=kind,
        year=on.year,
        number=next_number(agency_id=actor.agency.pk, book=BOOK, year=on.year),
        decided_at=at,
        decided_on=on,
        decided_by=actor.membership,
        signer=actor.caption,
        reason=clean_line(reason)[:REASON_LENGTH],
    )
