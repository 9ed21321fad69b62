"""A dossier's way: its legs and steps laid out from the plan, and the next ones set going.

Only actions that hold the dossier's lock call these: the dossier is locked first, then its legs and steps.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.numbering.next_number import next_number
from egov.organizations.actor import Actor
from egov.organizations.models import Agency, Membership
from egov.web.below import Below, read_below
from egov.workdays import terms
from egov.workdays.calendar import Calendar
from egov.workdays.limit import Limit, LimitUnit
from egov.workdays.load_calendar import calendar_of, calendars_of
from egov.workflow.move import move
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop.enums import LegAgency, LegState, StepState
from onestop.models import Dossier, HandoverLine, HandoverList, Leg, PlannedLeg, Step

HANDOVER_BOOK = "handover"
PLAN = Below("planned_legs", follow=("agency",), below=(Below("steps"),))
STEPS = Below("steps", follow=("holder",))
# What is saved along with the state of what sets out or begins.
SENDING = ("sent_at", "due_at")
BEGINNING = ("holder", "department", "started_at", "ended_at", "due_at")


class WayNotConfigured(Refusal):
    """The case says nothing of how it is handled."""


def lay_out(dossier: Dossier, *, by: Performer, at: datetime, calendar: Calendar | None = None) -> list[Leg]:
    """Make the legs and steps that the case plans, and set those going that wait for no other.

    A leg of another agency than the receiving one goes there at once, by a hand-over list: a dossier taken in
    for another commune is forwarded the same day (rule 32). ``calendar`` is the receiving agency's, where it
    is at hand. Raises WayNotConfigured.
    """
    read_below([dossier.case], PLAN)
    planned = list(dossier.case.planned_legs.all())
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
    read_below(legs, STEPS)
    known = {dossier.receiving_agency_id: calendar} if calendar else {}
    _start_ready(legs, sender=dossier.receiving_agency, by=by, at=at, calendars=known)
    note_place(dossier, legs)
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
    ready = _start_ready(legs, sender=sender, by=by, at=at, onto=onto)
    note_place(dossier, legs)
    return ready


def send_legs(
    legs: Iterable[Leg],
    *,
    sender: Agency,
    by: Performer,
    at: datetime,
    onto: Mapping[int, HandoverList] | None = None,
    calendars: Mapping[int, Calendar] | None = None,
) -> None:
    """Begin the legs at the sender's agency; put those of other agencies on one list for each of them.

    A leg's time runs from the moment it is sent: taking it over late does not lengthen it. ``calendars`` are
    those at hand, by agency; the others are loaded together.
    """
    legs = list(legs)
    times = _working_times(legs, at, calendars or {})
    ordered = sorted(legs, key=lambda leg: (leg.agency_id, leg.dossier_id, leg.order))
    for agency_id, group in groupby(ordered, key=lambda leg: leg.agency_id):
        pile = list(group)
        calendar = times[agency_id]
        for leg in pile:
            leg.sent_at = at
            leg.due_at = terms.due(calendar, at, Limit(leg.amount, LimitUnit(leg.unit)))
            if agency_id == sender.pk:
                begin_leg(leg, by=by, at=at, calendar=calendar, also=SENDING)
            else:
                move(leg, to=LegState.SENT, by=by, at=at, also=SENDING)
        if agency_id != sender.pk:
            handover = (onto or {}).get(agency_id) or _list(agency_id, sender=sender, by=by, at=at)
            HandoverLine.objects.bulk_create(
                [HandoverLine(handover=handover, leg=leg, papers=_papers(leg.dossier)) for leg in pile]
            )


def begin_leg(
    leg: Leg, *, by: Performer, at: datetime, calendar: Calendar | None = None, also: Sequence[str] = ()
) -> None:
    """The agency has it: the leg runs, and so does its first step; ``also`` as ``move`` takes it."""
    leg.started_at = at
    move(leg, to=LegState.RUNNING, by=by, at=at, also=("started_at", *also))
    first = next(iter(leg.steps.all()), None)
    if first is not None:
        begin_step(first, holder=_takes_it(by, leg, first), by=by, at=at, calendar=calendar)


def begin_step(
    step: Step,
    *,
    holder: Membership | None,
    by: Performer,
    at: datetime,
    note: str = "",
    calendar: Calendar | None = None,
) -> None:
    """A step runs: with a person, or waiting for somebody of its role to take it up.

    ``calendar`` is that of the leg's agency, where it is at hand.
    """
    calendar = calendar or calendar_of(step.leg.agency, timezone.localdate(at))
    step.holder = holder
    step.started_at, step.ended_at = at, None
    step.due_at = terms.due(calendar, at, Limit(step.hours, LimitUnit.HOURS))
    move(step, to=StepState.RUNNING, by=by, at=at, note=note, also=BEGINNING)


def end_step(step: Step, *, by: Performer, at: datetime, note: str = "") -> None:
    """A step is done; what its holder had to say stays with it."""
    step.ended_at, step.note = at, note
    move(step, to=StepState.DONE, by=by, at=at, note=note, also=("ended_at", "note"))


def end_leg(leg: Leg, *, by: Performer, at: datetime) -> None:
    """An agency's part is done; steps that its way did not need are passed over."""
    for step in leg.steps.filter(state=StepState.PLANNED):
        move(step, to=StepState.SKIPPED, by=by, at=at)
    leg.ended_at = at
    move(leg, to=LegState.DONE, by=by, at=at, also=("ended_at",))


def legs_of(dossier: Dossier) -> list[Leg]:
    """The dossier's legs in order, as they stand now, with their agencies, steps and holders."""
    legs = list(Leg.objects.filter(dossier=dossier).select_related("agency"))
    read_below(legs, STEPS)
    return legs


def note_place(dossier: Dossier, legs: Sequence[Leg] | None = None) -> None:
    """Who has the dossier now, for lists: of parallel legs the first one that is not done.

    ``legs`` are all of the dossier's as they stand now, where they are at hand.
    """
    legs = legs_of(dossier) if legs is None else legs
    open_legs = [leg for leg in legs if leg.state in (LegState.RUNNING, LegState.SENT)]
    if not open_legs:
        return
    leg = min(open_legs, key=lambda one: (one.state != LegState.RUNNING, one.order))
    running = next((step for step in leg.steps.all() if step.state == StepState.RUNNING), None)
    holder = running.holder if running else None
    if (dossier.current_agency_id, dossier.holder_id) == (leg.agency_id, holder.pk if holder else None):
        return
    dossier.current_agency, dossier.holder = leg.agency, holder
    dossier.save(update_fields=["current_agency", "holder"])


def _start_ready(
    legs: Sequence[Leg],
    *,
    sender: Agency,
    by: Performer,
    at: datetime,
    onto: Mapping[int, HandoverList] | None = None,
    calendars: Mapping[int, Calendar] | None = None,
) -> list[Leg]:
    done = {leg.order for leg in legs if leg.state == LegState.DONE}
    ready = [leg for leg in legs if leg.state == LegState.PLANNED and done.issuperset(leg.after)]
    send_legs(ready, sender=sender, by=by, at=at, onto=onto, calendars=calendars)
    return ready


def _working_times(
    legs: Iterable[Leg], at: datetime, known: Mapping[int, Calendar]
) -> Mapping[int, Calendar]:
    unknown = {leg.agency_id: leg.agency for leg in legs if leg.agency_id not in known}
    return {**known, **calendars_of(unknown.values(), timezone.localdate(at))} if unknown else known


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
