"""How far a document has come: counts by level and state for every branch; each recipient's state."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, QuerySet

from documents.enums import DeliveryState
from documents.models import Delivery, DeliveryChange, Document, Hop
from documents.queries.detail import DocumentNotFound
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Level

# States of a copy that its registry has taken in, or sent back: nothing is expected of it any more.
ANSWERED = frozenset(DeliveryState) - {DeliveryState.PENDING, DeliveryState.ARRIVED}


@dataclass
class Tally:
    """Recipients by state."""

    by_state: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.by_state.total()

    @property
    def arrived(self) -> int:
        """How many have the document."""
        return self.total - self.by_state[DeliveryState.PENDING]

    @property
    def registered(self) -> int:
        """How many have taken it in and given it a number."""
        return self.arrived - self.by_state[DeliveryState.ARRIVED] - self.returned

    @property
    def returned(self) -> int:
        return self.by_state[DeliveryState.RETURNED]

    @property
    def finished(self) -> int:
        return self.by_state[DeliveryState.FINISHED]


@dataclass
class LevelTally(Tally):
    """Recipients of one level of the administration."""

    level: Level = Level.PROVINCE

    @property
    def label(self) -> str:
        return str(self.level.label)


@dataclass
class BranchTally(Tally):
    """A node that hands the document on, with everything below it down to the last recipient."""

    node_id: int = 0
    name: str = ""
    levels: dict[str, LevelTally] = field(default_factory=dict)

    @property
    def rows(self) -> list[LevelTally]:
        """Levels of this branch from the top down."""
        return [self.levels[level] for level in Level if level in self.levels]


@dataclass(frozen=True)
class Movement:
    """A whole sending at one moment."""

    whole: Tally
    levels: list[LevelTally]
    # The sender's own hop first, then the branches that it hands the document to.
    branches: list[BranchTally]

    @property
    def has_arrived(self) -> bool:
        """Whether every recipient has the document."""
        return self.whole.arrived == self.whole.total

    @property
    def is_answered(self) -> bool:
        """Whether every registry has taken it in or sent it back."""
        return all(state in ANSWERED for state in self.whole.by_state)


def movement(document: Document) -> Movement:
    """Two statements, whatever the number of recipients; that the actor may see it, the caller has shown."""
    hops = list(Hop.objects.filter(document=document).select_related("node"))
    branch_of = _branches(hops)
    branches = {
        hop.node_id: BranchTally(node_id=hop.node_id, name=hop.node.name)
        for hop in hops
        if branch_of[hop.node_id] == hop.node_id
    }
    whole, levels = Tally(), {level.value: LevelTally(level=level) for level in Level}
    deliveries = Delivery.objects.filter(document=document, node__isnull=False).order_by()
    counted = deliveries.values_list("node_id", "agency__level", "state").annotate(count=Count("pk"))
    for node_id, level, state, count in counted:
        branch = branches[branch_of[node_id]]
        below = branch.levels.setdefault(level, LevelTally(level=Level(level)))
        for tally in (whole, levels[level], branch, below):
            tally.by_state[state] += count
    return Movement(
        whole=whole,
        levels=[tally for tally in levels.values() if tally.total],
        branches=[branch for branch in branches.values() if branch.total],
    )


def own_issued(actor: Actor | SignedOut, document_id: int) -> Document:
    """A document that the actor's own agency issued and the actor may see. Raises DocumentNotFound."""
    visible = Document.objects.visible_to(actor).filter(issued_at__isnull=False)
    document = visible.filter(pk=document_id).first()
    if document is None or document.agency_id != actor.agency_id:
        raise DocumentNotFound
    return document


def recipients_of(actor: Actor | SignedOut, document: Document) -> QuerySet[Delivery]:
    """Every recipient of a document with its state: for the agency that issued it, and for nobody else.

    ``told`` of each are the statuses that it sent back, oldest first; its inner steps are its own.
    """
    if actor.agency_id is None or document.agency_id != actor.agency_id:
        return Delivery.objects.none()
    told = Prefetch("changes", queryset=DeliveryChange.objects.exclude(code=""), to_attr="told")
    recipients = Delivery.objects.filter(document=document, node__isnull=False)
    return recipients.select_related("agency", "node").prefetch_related(told)


def _branches(hops: list[Hop]) -> dict[int, int]:
    """For each node the branch that counts it: itself up to one step from the sender, else that step."""
    branch: dict[int, int] = {}
    for hop in hops:  # in the order of travel, so the node before is known
        far = hop.previous_id is not None and hop.depth > 1
        branch[hop.node_id] = branch.get(hop.previous_id or 0, hop.node_id) if far else hop.node_id
    return branch
