"""A dossier's way: its legs and steps laid out from the plan, and the next ones set going.

Only actions that hold the dossier's lock call these: the dossier is locked first, then its legs and steps.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.numbering.next_number import next_number
from egov.organizations.actor import Actor
from egov.organizations.models import Agency, Membership
from egov.workdays import terms
from egov.workdays.limit import Limit, LimitUnit
from egov.workdays.load_calendar import calendar_of
from egov.workflow.move import move
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop.enums import LegAgency, LegState, StepState
from onestop.models import Dossier, HandoverLine, HandoverList, Leg, PlannedLeg, Step

HANDOVER_BOOK = "handover"


class WayNotConfigured(Refusal):
    """The case says nothing of how it is handled."""


def lay_out(dossier: Dossier, *, by: Performer, at: datetime) -> list[Leg]:
    """Make the legs and steps that the case plans, and set those going that wait for no other.

    A leg of another agency than the receiving one goes there at once, by a hand-over list: a dossier taken in
    for another commune is forwarded the same day (rule 32). Raises WayNotConfigured.
    """
    planned = list(dossier.case.planned_legs.prefetch_related("steps").select_related("agency"))
    if not planned:
        raise WayNotConfigured(
            _("Thủ tục này chưa có quy trình giải quyết; hãy báo cơ quan quản lý thủ tục.")
        )
    legs = Leg.objects.bulk_create([_leg(dossier, one) for one in planned])
    Step.objects.bulk_create(
        [
            Step(
                leg=leg,
                order=step.order,
                name=step.name,
                role=step.role,
                hours=step.hours,
                followers=step.followers,
            )
            for leg, plan in zip(legs, planned, strict=True)
            for step in plan.steps.all()
        ]
    )
    start_ready_legs(dossier, sender=dossier.receiving_agency, by=by, at=at)
    return legs


def start_ready_legs(
    dossier: Dossier,
    *,
    sender: Agency,
    by: Performer,
    at: datetime,
    onto: Mapping[int, HandoverList] | None = None,
) -> list[Leg]:
    """Every planned leg whose predecessors are done begins; several at once run in parallel.

    Legs of the sender's own agency begin at once; the others are sent there and begin when taken over.
    """
    legs = legs_of(dossier)
    done = {leg.order for leg in legs if leg.state == LegState.DONE}
    ready = [leg for leg in legs if leg.state == LegState.PLANNED and done.issuperset(leg.after)]
    send_legs(ready, sender=sender, by=by, at=at, onto=onto)
    note_place(dossier)
    return ready


def send_legs(
    legs: Iterable[Leg],
    *,
    sender: Agency,
    by: Performer,
    at: datetime,
    onto: Mapping[int, HandoverList] | None = None,
) -> None:
    """Begin the legs at the sender's agency; put those of other agencies on one list for each of them.

    A leg's time runs from the moment it is sent: taking it over late does not lengthen it.
    """
    ordered = sorted(legs, key=lambda leg: (leg.agency_id, leg.dossier_id, leg.order))
    for agency_id, group in groupby(ordered, key=lambda leg: leg.agency_id):
        pile = list(group)
        calendar = calendar_of(pile[0].agency, timezone.localdate(at))
        for leg in pile:
            leg.sent_at = at
            leg.due_at = terms.due(calendar, at, Limit(leg.amount, LimitUnit(leg.unit)))
            leg.save(update_fields=["sent_at", "due_at"])
            if agency_id == sender.pk:
                begin_leg(leg, by=by, at=at)
            else:
                move(leg, to=LegState.SENT, by=by, at=at)
        if agency_id != sender.pk:
            handover = (onto or {}).get(agency_id) or _list(agency_id, sender=sender, by=by, at=at)
            HandoverLine.objects.bulk_create(
                [HandoverLine(handover=handover, leg=leg, papers=_papers(leg.dossier)) for leg in pile]
            )


def begin_leg(leg: Leg, *, by: Performer, at: datetime) -> None:
    """The agency has it: the leg runs, and so does its first step."""
    leg.started_at = at
    leg.save(update_fields=["started_at"])
    move(leg, to=LegState.RUNNING, by=by, at=at)
    first = leg.steps.order_by("order").first()
    if first is not None:
        begin_step(first, holder=_takes_it(by, leg, first), by=by, at=at)


def begin_step(step: Step, *, holder: Membership | None, by: Performer, at: datetime, note: str = "") -> None:
    """A step runs: with a person, or waiting for somebody of its role to take it up."""
    calendar = calendar_of(step.leg.agency, timezone.localdate(at))
    step.holder = holder
    step.started_at, step.ended_at = at, None
    step.due_at = terms.due(calendar, at, Limit(step.hours, LimitUnit.HOURS))
    step.save(update_fields=["holder", "department", "started_at", "ended_at", "due_at"])
    move(step, to=StepState.RUNNING, by=by, at=at, note=note)


def end_step(step: Step, *, by: Performer, at: datetime, note: str = "") -> None:
    """A step is done; what its holder had to say stays with it."""
    step.ended_at, step.note = at, note
    step.save(update_fields=["ended_at", "note"])
    move(step, to=StepState.DONE, by=by, at=at, note=note)


def end_leg(leg: Leg, *, by: Performer, at: datetime) -> None:
    """An agency's part is done; steps that its way did not need are passed over."""
    for step in leg.steps.filter(state=StepState.PLANNED):
        move(step, to=StepState.SKIPPED, by=by, at=at)
    leg.ended_at = at
    leg.save(update_fields=["ended_at"])
    move(leg, to=LegState.DONE, by=by, at=at)


def legs_of(dossier: Dossier) -> list[Leg]:
    """The dossier's legs in order, as they stand now, with their agencies."""
    return list(Leg.objects.filter(dossier=dossier).select_related("agency"))


def note_place(dossier: Dossier) -> None:
    """Who has the dossier now, for lists: of parallel legs the first one that is not done."""
    open_legs = [leg for leg in legs_of(dossier) if leg.state in (LegState.RUNNING, LegState.SENT)]
    if not open_legs:
        return
    leg = min(open_legs, key=lambda one: (one.state != LegState.RUNNING, one.order))
    running = leg.steps.filter(state=StepState.RUNNING).select_related("holder").order_by("order").first()
    dossier.current_agency = leg.agency
    dossier.holder = running.holder if running else None
    dossier.save(update_fields=["current_agency", "holder"])


def _leg(dossier: Dossier, planned: PlannedLeg) -> Leg:
    agency = {
        LegAgency.RECEIVING: dossier.receiving_agency,
        LegAgency.DECIDING: dossier.deciding_agency,
        LegAgency.NAMED: planned.agency,
    }[LegAgency(planned.agency_choice)]
    return Leg(
        dossier=dossier,
        planned=planned,
        order=planned.order,
        name=planned.name,
        agency=agency,
        after=planned.after,
        amount=planned.amount,
        unit=planned.unit,
    )


def _takes_it(by: Performer, leg: Leg, step: Step) -> Membership | None:
    """Whoever set the leg going keeps its first step when it is theirs by role."""
    if isinstance(by, Actor) and by.agency_id == leg.agency_id and by.role == step.role:
        return by.membership
    return None


def _list(receiver_id: int, *, sender: Agency, by: Performer, at: datetime) -> HandoverList:
    year = timezone.localdate(at).year
    return HandoverList.objects.create(
        sender_agency=sender,
        receiver_agency_id=receiver_id,
        sender=by.membership if isinstance(by, Actor) else None,
        sender_caption=by.caption,
        year=year,
        number=next_number(agency_id=sender.pk, book=HANDOVER_BOOK, year=year),
        sent_at=at,
    )


def _papers(dossier: Dossier) -> list[dict[str, object]]:
    return [
        {
            "name": paper.name,
            "originals": paper.originals,
            "copies": paper.certified_copies + paper.photocopies,
        }
        for paper in dossier.papers.filter(replaced_by=None, is_shown_only=False)
    ]
