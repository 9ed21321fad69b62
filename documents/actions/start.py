"""The lead begins to work on an incoming document."""

from datetime import datetime

from documents import rules
from documents.enums import DeliveryState
from documents.models import Delivery
from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.move import move


@action("documents.start", allowed=rules.may_start)
def start(actor: Actor, delivery: Delivery, *, at: datetime) -> Delivery:
    """Say that work has begun; the sender is told (05), never together with 03 (rule 16)."""
    move(delivery, to=DeliveryState.IN_PROGRESS, by=actor, at=at)
    return delivery
