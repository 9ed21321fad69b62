"""Plays one dossier from intake to result: every step by an official who may take it, in its time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

from django.utils import timezone

from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from egov.workdays import terms
from egov.workdays.calendar import Calendar
from egov.workdays.load_calendar import calendar_of
from onestop.actions.collect import collect
from onestop.actions.filing import HandedPaper
from onestop.actions.finish import finish
from onestop.actions.finish_leg import finish_leg
from onestop.actions.forward import forward, take_up
from onestop.actions.number_result import number_result
from onestop.actions.receive_supplement import receive_supplement
from onestop.actions.record_result import ResultContent, record_result
from onestop.actions.request_supplement import Asked, SupplementContent, request_supplement
from onestop.actions.return_result import Collector, return_result
from onestop.actions.take_over import take_over
from onestop.enums import DossierState, LegState, PaymentState, RequirementKind, StepState
from onestop.models import Dossier, Step

AT_THE_DOOR = (Role.COUNTER, Role.REGISTRY, Role.OFFICE_HEAD, Role.LEADER)
# A day in the demo has an end: what would take longer waits for the next reader.
MOST_MOVES = 40
SUPPLEMENT_DAYS = 20


class Nobody(LookupError):
    """No official of that role serves in the agency."""


@cache
def official(agency_id: int, *roles: str) -> Actor:
    """The first official of an agency who holds one of the roles, in that order. Raises Nobody."""
    held = Membership.objects.current(timezone.localdate()).filter(agency_id=agency_id, role__in=roles)
    rows = sorted(
        held.select_related("user", "agency", "department"), key=lambda one: (roles.index(one.role), one.pk)
    )
    if not rows:
        raise Nobody(f"{agency_id}: {roles}")
    return Actor(user=rows[0].user, membership=rows[0], agency=rows[0].agency, second_factor=True)


class Play:
    """One dossier on its way between two moments, in working time of the agency that received it."""

    def __init__(self, dossier: Dossier, *, begin: datetime, end: datetime) -> None:
        self.dossier = dossier
        self.calendar = calendar_of(dossier.receiving_agency, timezone.localdate(begin))
        steps = sum(leg.steps.count() for leg in dossier.legs.all())
        moves = 2 * dossier.legs.count() + steps + 1
        self.times = _spread(self.calendar, begin, end, moves)

    def run(self, *, until: datetime) -> Dossier:
        """Take step after step; stops at the result, or at the moment that the demo has come to."""
        for _ in range(MOST_MOVES):
            at = next(self.times)
            if at > until or not self._move(at):
                break
            self.dossier.refresh_from_db()
        return self.dossier

    def _move(self, at: datetime) -> bool:
        """The next thing that somebody has to do; False when the result is there."""
        if self.dossier.state in (DossierState.DONE, DossierState.RETURNED):
            return False
        legs = list(self.dossier.legs.select_related("agency"))
        sent = next((leg for leg in legs if leg.state == LegState.SENT), None)
        if sent is not None:
            take_over(official(sent.agency_id, *AT_THE_DOOR), self.dossier, leg_id=sent.pk, at=at)
            return True
        step = Step.objects.filter(leg__in=legs, state=StepState.RUNNING).select_related("leg").first()
        if step is None:
            return False
        actor = self._who(step)
        if step.holder_id is None:
            take_up(actor, self.dossier, step_id=step.pk, at=at)
            self.dossier.refresh_from_db()
        if not step.is_last:
            self._result_before_the_last(step, at)
            forward(actor, self.dossier, to=_onward(step), step_id=step.pk, at=at)
        elif any(
            leg.state in (LegState.PLANNED, LegState.SENT, LegState.RUNNING)
            for leg in legs
            if leg != step.leg
        ):
            self._result_before_the_last(step, at)
            finish_leg(actor, self.dossier, step_id=step.pk, at=at)
        else:
            finish(official(self.dossier.receiving_agency_id, Role.COUNTER), self.dossier, at=at)
        return True

    def _who(self, step: Step) -> Actor:
        if step.holder is not None:
            holder = Membership.objects.select_related("user", "agency", "department").get(pk=step.holder_id)
            return Actor(user=holder.user, membership=holder, agency=holder.agency, second_factor=True)
        return official(step.leg.agency_id, step.role)

    def _result_before_the_last(self, step: Step, at: datetime) -> None:
        """The deciding agency's leader settles the matter with the step: number and record of the result."""
        dossier = self.dossier
        if step.role != Role.LEADER or step.leg.agency_id != dossier.deciding_agency_id:
            return
        if dossier.results.exists():
            return
        leader = self._who(step)
        kind = dossier.version.result_kinds.filter(is_refusal=False).first()
        entry = number_result(leader, dossier, kind=kind, at=at)
        content = ResultContent(
            kind=kind,
            number=entry.notation,
            issued_on=entry.entered_on,
            name=kind.name if kind else dossier.version.name,
            signer_name=leader.user.full_name,
            signer_position=leader.membership.position,
        )
        record_result(leader, dossier, content, at=at)


def _onward(step: Step) -> int:
    """The next step on the way; sending back to be mended is no part of these stories."""
    return next((order for order in step.followers if order > step.order), step.followers[0])


def ask_for_papers(dossier: Dossier, *, at: datetime, back_at: datetime, until: datetime) -> None:
    """The counter finds a paper wanting, the applicant brings it; the clock stands still meanwhile."""
    counter = official(dossier.receiving_agency_id, Role.COUNTER)
    wanted = dossier.case.requirements.filter(kind=RequirementKind.SUBMITTED, available_from="").first()
    if wanted is None:
        return
    content = SupplementContent(
        papers=(Asked(wanted.pk, "Bản nộp thiếu chữ ký, đề nghị nộp lại bản đầy đủ"),),
        reason="Giấy tờ chưa hợp lệ theo quy định",
        deadline_on=timezone.localdate(at) + timedelta(days=SUPPLEMENT_DAYS),
    )
    request_supplement(counter, dossier, content, at=at)
    dossier.refresh_from_db()
    if back_at <= until:
        brought = HandedPaper(
            requirement=wanted, originals=max(wanted.originals, 1), photocopies=wanted.copies
        )
        receive_supplement(counter, dossier, (brought,), at=back_at)
        dossier.refresh_from_db()


def hand_over(dossier: Dossier, *, at: datetime) -> None:
    """The owner fetches the result, paying what is still open."""
    counter = official(dossier.receiving_agency_id, Role.COUNTER)
    pay(dossier, at=at)
    person = dossier.submitter
    number = person.personal_number or person.tax_code
    return_result(
        counter, dossier, Collector(name=person.representative or person.name, number=number), at=at
    )


def pay(dossier: Dossier, *, at: datetime) -> None:
    """What the dossier costs, in cash at the counter that received it."""
    if dossier.payment_state == PaymentState.DUE:
        collect(official(dossier.receiving_agency_id, Role.COUNTER), dossier, at=at)
        dossier.refresh_from_db()


def _spread(calendar: Calendar, begin: datetime, end: datetime, moves: int) -> Iterator[datetime]:
    """So many moments between two, evenly in working time; after the last one a quarter of an hour each."""
    whole = max(terms.working_minutes_between(calendar, begin, end), moves)
    gap = max(whole // moves, 1)
    at = begin
    while True:
        at = terms.add_working_minutes(calendar, at, gap)
        yield at
