"""Open letters of an agency that ended move to its successor by a recorded act (rule 55).

Number, code, register, terms and history stay what they are: only who has the contents from now on changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import rules
from complaints.models import Matter, MatterTakeover, Transfer
from complaints.queries.succession import open_matters_of
from egov.notifications.send import Message, ToRole, tell_roles
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Membership
from egov.organizations.queries.tree import successors
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

DECISION_LENGTH = 60
NAME_LENGTH = 200


class HandOverNotAcceptable(Refusal):
    """The agencies, the decision or the letters are not such that this can be done."""


@dataclass(frozen=True, kw_only=True)
class HandOverDecision:
    """On what it rests: number and day of the decision."""

    number: str
    decided_on: date


@action("complaints.hand_over_letters", allowed=rules.may_hand_over)
def hand_over_letters(
    actor: Actor,
    predecessor: Agency,
    *,
    successor: Agency,
    decision: HandOverDecision,
    matter_ids: Iterable[int] | None = None,
    at: datetime,
) -> list[MatterTakeover]:
    """Move every open content of the ended agency, or the named ones where several agencies share them.

    Handlers who serve in the new agency keep theirs; what was on its way to the old one goes to the new one.
    A second run finds nothing left to move. Raises HandOverNotAcceptable.
    """
    on = timezone.localdate(at)
    number = clean_line(decision.number)[:DECISION_LENGTH]
    _require(predecessor, successor, number, decision.decided_on, on)
    matters = _locked(actor, predecessor, matter_ids)
    people = _same_people(predecessor, successor, on)
    for matter in matters:
        matter.agency = successor
        matter.handler = people.get(matter.handler_id) if matter.handler_id else None
        matter.save(update_fields=["agency", "handler"])
    made = MatterTakeover.objects.bulk_create(
        [
            MatterTakeover(
                matter=matter,
                predecessor=predecessor,
                successor=successor,
                predecessor_name=predecessor.name[:NAME_LENGTH],
                successor_name=successor.name[:NAME_LENGTH],
                decision=number,
                decided_on=decision.decided_on,
                at=at,
                user_id=actor.user_id,
                person=actor.caption[:300],
            )
            for matter in matters
        ]
    )
    if matter_ids is None:
        Transfer.objects.waiting().filter(recipient=predecessor).exclude(sender=successor).update(
            recipient=successor, recipient_name=successor.name[:NAME_LENGTH]
        )
    if made:
        text = _("Tiếp nhận %(count)d nội dung đơn đang xử lý, giải quyết từ %(name)s.") % {
            "count": len(made),
            "name": predecessor.name,
        }
        message = Message(event="complaints.handed_over", text=text, key=str(made[0].pk))
        tell_roles([ToRole(successor.pk, Role.LEADER, message)])
    return made


def _require(predecessor: Agency, successor: Agency, number: str, decided_on: date, on: date) -> None:
    if predecessor.exists_on(on):
        raise HandOverNotAcceptable(
            _("%(name)s còn hoạt động nên đơn không chuyển đi.") % {"name": predecessor.name}
        )
    if not successor.exists_on(on) or not successors(predecessor, on).filter(pk=successor.pk).exists():
        raise HandOverNotAcceptable(
            _("%(new)s không phải cơ quan kế tục của %(old)s theo danh mục cơ quan.")
            % {"new": successor.name, "old": predecessor.name}
        )
    if not number or decided_on > on:
        raise HandOverNotAcceptable(_("Hãy ghi số và ngày của quyết định bàn giao."))


def _locked(actor: Actor, predecessor: Agency, matter_ids: Iterable[int] | None) -> list[Matter]:
    rows = open_matters_of(predecessor, actor).select_for_update(of=("self",), no_key=True).order_by("pk")
    if matter_ids is None:
        return list(rows)
    wanted = frozenset(matter_ids)
    found = list(rows.filter(pk__in=wanted))
    if not wanted or len(found) != len(wanted):
        raise HandOverNotAcceptable(
            _("Có đơn được chọn không còn mở hoặc không thuộc cơ quan này. Hãy tải lại trang.")
        )
    return found


def _same_people(predecessor: Agency, successor: Agency, on: date) -> dict[int, Membership]:
    """Who of the old agency serves in the new one in the same role: old position → new position."""
    new = {(one.user_id, one.role): one for one in Membership.objects.current(on).filter(agency=successor)}
    old = Membership.objects.filter(agency=predecessor)
    return {one.pk: new[one.user_id, one.role] for one in old if (one.user_id, one.role) in new}
