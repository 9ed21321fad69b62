"""The way of a document through the agency tree: from its sender up to a common ancestor, then down.

The tree is the one of the day of sending (placements are dated), so province → district → commune and
province → commune are the same code. Hops are the nodes that hand the document on; legs are its recipients.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from documents.models import Document, Recipient
from egov.organizations.models import Placement, Succession
from egov.organizations.models.period import in_force
from egov.workflow.refusal import Refusal

NAMED = 5  # more names than these do not help the reader of a refusal


class RecipientEnded(Refusal):
    """An addressee does not exist on the day of sending (Công văn 414/BNV-VTLTNN of 19/3/2025)."""


class RecipientIsSender(Refusal):
    """A document cannot be sent to the agency that sends it."""


class SenderNotPlaced(Refusal):
    """The sender has no place in the tree on that day: it has ended, or does not exist yet."""


class PlannedHop(NamedTuple):
    """A node that hands the document on; the first one is the sender."""

    node_id: int
    previous_id: int | None
    depth: int


class Leg(NamedTuple):
    """A recipient and the node that hands it the document."""

    agency_id: int
    node_id: int


@dataclass(frozen=True)
class Plan:
    """The whole way of one document, in the order of travel."""

    hops: list[PlannedHop]
    legs: list[Leg]


def plan(document: Document, *, on: date) -> Plan:
    """Work out the hops and legs to every recipient of the document, on that day's tree.

    Two statements for any number of recipients. Raises RecipientEnded (naming them), RecipientIsSender,
    SenderNotPlaced.
    """
    recipients = dict(
        Recipient.objects.filter(document=document)
        .order_by("agency__code")
        .values_list("agency_id", "agency__name")
    )
    assert document.agency_id is not None  # noqa: S101  (only paper from outside has none, and that is never sent)
    return plan_between(document.agency_id, recipients, on=on)


def plan_between(sender_id: int, recipients: dict[int, str], *, on: date) -> Plan:
    """The same for any agency that hands a document on; recipients by primary key, with their names."""
    if sender_id in recipients:
        raise RecipientIsSender(
            _("Nơi nhận không thể là chính cơ quan ban hành. Hãy bỏ cơ quan mình khỏi nơi nhận.")
        )
    ways = _ways_from_root([sender_id, *recipients], on)
    if sender_id not in ways:
        raise SenderNotPlaced(
            _("Cơ quan ban hành không còn hoạt động ngày %(day)s nên không phát hành được văn bản.")
            % {"day": f"{on:%d/%m/%Y}"}
        )
    ended = {agency_id: name for agency_id, name in recipients.items() if agency_id not in ways}
    if ended:
        raise RecipientEnded(_sentence_on_ended(ended, on))
    hops: dict[int, PlannedHop] = {}
    legs = []
    for agency_id in recipients:
        way = way_between(ways[sender_id], ways[agency_id])
        previous = None
        for depth, node_id in enumerate(way[:-1]):
            hops.setdefault(node_id, PlannedHop(node_id, previous, depth))
            previous = node_id
        legs.append(Leg(agency_id, way[-2]))
    return Plan(hops=sorted(hops.values(), key=lambda hop: hop.depth), legs=legs)


def way_between(sender: list[int], recipient: list[int]) -> list[int]:
    """The nodes from one place of the tree to another, both given as ways from their root.

    The roots of the three systems (Party, State, mass organisations) are neighbours of each other.
    """
    shared = 0
    for mine, theirs in zip(sender, recipient, strict=False):
        if mine != theirs:
            break
        shared += 1
    up = sender[max(shared - 1, 0) :]
    return [*reversed(up), *recipient[shared:]]


def _ways_from_root(agency_ids: list[int], on: date) -> dict[int, list[int]]:
    """The nodes from the root down to each agency that exists and has a place on that day."""
    placed = Placement.objects.filter(
        in_force(on), in_force(on, "agency__"), agency__in=agency_ids
    ).values_list("agency_id", "path")
    return {agency_id: [int(key) for key in path.split("/") if key] for agency_id, path in placed}


def _sentence_on_ended(ended: dict[int, str], on: date) -> str:
    """Who has ended, and who took over where that is recorded."""
    heirs: dict[int, list[str]] = {}
    for predecessor_id, name in Succession.objects.filter(predecessor__in=ended, on__lte=on).values_list(
        "predecessor_id", "successor__name"
    ):
        heirs.setdefault(predecessor_id, []).append(name)
    names = []
    for agency_id, name in list(ended.items())[:NAMED]:
        if agency_id in heirs:
            names.append(
                _("%(name)s (nay là %(heirs)s)") % {"name": name, "heirs": ", ".join(heirs[agency_id])}
            )
        else:
            names.append(name)
    if len(ended) > NAMED:
        names.append(_("và %(count)d cơ quan khác") % {"count": len(ended) - NAMED})
    return _("Nơi nhận không hoạt động ngày %(day)s: %(names)s. Hãy sửa nơi nhận rồi phát hành lại.") % {
        "day": f"{on:%d/%m/%Y}",
        "names": "; ".join(names),
    }
