"""Open dossiers of an agency that ended move to its successor by a recorded act (rule 33).

What was printed and what history says keeps the old name: only who has the dossier from now on changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.notifications.send import Message, ToRole, tell_roles
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Membership
from egov.organizations.queries.tree import successors
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.enums import StepState
from onestop.models import Dossier, DossierTakeover, Leg, Step
from onestop.queries.succession import OPEN_LEGS, open_dossiers_of

DECISION_LENGTH = 60
OPEN_STEPS = (StepState.PLANNED, StepState.RUNNING)


class TakeoverNotAcceptable(Refusal):
    """The agencies, the decision or the dossiers are not such that this move can be made."""


@dataclass(frozen=True, kw_only=True)
class TakeoverDecision:
    """On what the move rests: number and day of the decision."""

    number: str
    decided_on: date


@action("onestop.move_to_successor", allowed=rules.may_move_to_successor)
def move_to_successor(
    actor: Actor,
    predecessor: Agency,
    *,
    successor: Agency,
    decision: TakeoverDecision,
    dossier_ids: Iterable[int] | None = None,
    at: datetime,
) -> list[DossierTakeover]:
    """Move every open dossier of the ended agency, or the named ones where several agencies share them.

    People of the old agency who hold the same role in the new one keep their steps; other steps wait for
    whoever takes them up. Appointments and codes stay. A second run finds nothing left to move.
    Raises TakeoverNotAcceptable.
    """
    on = timezone.localdate(at)
    number = clean_line(decision.number)[:DECISION_LENGTH]
    _require(predecessor, successor, number, decision.decided_on, on)
    dossiers = _locked(predecessor, dossier_ids)
    people = _same_people(predecessor, successor, on)
    for dossier in dossiers:
        _take_over(dossier, predecessor, successor, people)
    takeovers = DossierTakeover.objects.bulk_create(
        [
            DossierTakeover(
                dossier=dossier,
                predecessor=predecessor,
                successor=successor,
                predecessor_name=predecessor.name,
                successor_name=successor.name,
                decision=number,
                decided_on=decision.decided_on,
                at=at,
                user_id=actor.user_id,
                person=actor.caption[:300],
            )
            for dossier in dossiers
        ]
    )
    if takeovers:
        _tell_successor(predecessor, successor, len(takeovers), key=str(takeovers[0].pk))
    return takeovers


def _require(predecessor: Agency, successor: Agency, number: str, decided_on: date, on: date) -> None:
    if predecessor.exists_on(on):
        raise TakeoverNotAcceptable(
            _("%(name)s còn hoạt động nên hồ sơ không chuyển đi.") % {"name": predecessor.name}
        )
    if not successor.exists_on(on) or not successors(predecessor, on).filter(pk=successor.pk).exists():
        raise TakeoverNotAcceptable(
            _("%(new)s không phải cơ quan kế tục của %(old)s theo danh mục cơ quan.")
            % {"new": successor.name, "old": predecessor.name}
        )
    if not number or decided_on > on:
        raise TakeoverNotAcceptable(_("Hãy ghi số và ngày của quyết định chuyển giao hồ sơ."))


def _locked(predecessor: Agency, dossier_ids: Iterable[int] | None) -> list[Dossier]:
    rows = Dossier.objects.select_for_update(of=("self",), no_key=True).filter(open_dossiers_of(predecessor))
    if dossier_ids is None:
        return list(rows.order_by("pk"))
    wanted = frozenset(dossier_ids)
    found = list(rows.filter(pk__in=wanted).order_by("pk"))
    if not wanted or len(found) != len(wanted):
        raise TakeoverNotAcceptable(
            _("Có hồ sơ được chọn không còn mở hoặc không thuộc cơ quan này. Hãy tải lại trang.")
        )
    return found


def _same_people(predecessor: Agency, successor: Agency, on: date) -> dict[int, Membership]:
    """Who of the old agency serves in the new one in the same role: old position → new position."""
    new = {(one.user_id, one.role): one for one in Membership.objects.current(on).filter(agency=successor)}
    old = Membership.objects.filter(agency=predecessor)
    return {one.pk: new[one.user_id, one.role] for one in old if (one.user_id, one.role) in new}


def _take_over(
    dossier: Dossier, predecessor: Agency, successor: Agency, people: dict[int, Membership]
) -> None:
    for name in ("receiving_agency", "deciding_agency", "current_agency"):
        if getattr(dossier, f"{name}_id") == predecessor.pk:
            setattr(dossier, name, successor)
    if dossier.holder_id is not None and dossier.holder and dossier.holder.agency_id == predecessor.pk:
        dossier.holder = people.get(dossier.holder_id)
    dossier.save(update_fields=["receiving_agency", "deciding_agency", "current_agency", "holder"])
    open_steps = Step.objects.select_for_update(of=("self",)).filter(
        leg__dossier=dossier, leg__agency=predecessor, leg__state__in=OPEN_LEGS, state__in=OPEN_STEPS
    )
    for step in open_steps:
        step.holder = people.get(step.holder_id) if step.holder_id else None
        step.department = None
        step.save(update_fields=["holder", "department"])
    Leg.objects.filter(dossier=dossier, agency=predecessor, state__in=OPEN_LEGS).update(agency=successor)


def _tell_successor(predecessor: Agency, successor: Agency, count: int, *, key: str) -> None:
    message = Message(
        event="onestop.taken_over",
        text=_("Tiếp nhận %(count)d hồ sơ đang giải quyết từ %(name)s.")
        % {"count": count, "name": predecessor.name},
        key=key,
    )
    tell_roles([ToRole(successor.pk, role, message) for role in (Role.COUNTER, Role.LEADER)])
