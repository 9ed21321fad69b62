"""The head's days: planned on working days, published, changed with history, held by whoever was there."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.actions.tell_appointed import tell_appointed
from complaints.enums import TimetableEvent
from complaints.models import ReceptionDay, TimetableChange
from complaints.queries.timetable import Month, days_of
from complaints.rules import reception as law
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Membership
from egov.printing.markup import clean_line
from egov.workdays.load_calendar import calendar_of
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class DayNotPlannable(Refusal):
    """Such a day cannot stand in the timetable."""


class ReasonNeeded(Refusal):
    """People planned by the timetable: whoever changes it says why."""


class NotHeldYet(Refusal):
    """A day to come was held by nobody."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """When, where and by whom people are received; the day as planned, before closed days move it."""

    on: date
    opens: time
    closes: time
    place: str
    host: Membership


@action("complaints.plan_day", allowed=law.may_keep_timetable)
def plan_day(actor: Actor, agency: Agency, plan: Plan, *, at: datetime) -> ReceptionDay:  # noqa: ARG001
    """Put a day into the timetable; on a closed one people are received on the next working day (rule 44).

    Raises DayNotPlannable.
    """
    day = ReceptionDay(agency=agency)
    _fill(day, plan, at=at)
    return _saved(day)


@action("complaints.publish_timetable", allowed=law.may_keep_timetable)
def publish_timetable(actor: Actor, agency: Agency, *, month: Month, at: datetime) -> list[ReceptionDay]:
    """Show the month's days to everybody (Law 42/2013/QH13, Art. 24); those already shown stay so."""
    fresh = list(days_of(agency, month).filter(published_at=None, cancelled_at=None))
    for day in fresh:
        day.published_at = at
        day.save(update_fields=["published_at"])
        _note(actor, day, TimetableEvent.PUBLISHED, ("", said_of(day), ""), at=at)
    return fresh


@action("complaints.change_day", allowed=law.may_change_day)
def change_day(actor: Actor, day: ReceptionDay, plan: Plan, *, reason: str, at: datetime) -> ReceptionDay:
    """Receive at another time, in another place or by somebody else; visitors with appointments are told.

    What stood before stays in the history that the portal shows (rule 45). Raises DayNotPlannable,
    ReasonNeeded.
    """
    before, host_before = said_of(day), day.host_id
    _fill(day, plan, at=at)
    if said_of(day) == before:
        return day
    words = _reason(day, reason)
    _saved(day)
    same_but_host = host_before != day.host_id and said_of(day, host=False) in before
    event = TimetableEvent.HOST if same_but_host else TimetableEvent.MOVED
    change = _note(actor, day, event, (before, said_of(day), words), at=at)
    tell_appointed(actor, day, change, at=at)
    return day


@action("complaints.cancel_day", allowed=law.may_change_day)
def cancel_day(actor: Actor, day: ReceptionDay, *, reason: str, at: datetime) -> ReceptionDay:
    """Receive nobody on that day; visitors with appointments are told and wait for another one.

    Raises ReasonNeeded.
    """
    words = _reason(day, reason)
    day.cancelled_at = at
    day.save(update_fields=["cancelled_at"])
    change = _note(actor, day, TimetableEvent.CANCELLED, (said_of(day), "", words), at=at)
    tell_appointed(actor, day, change, at=at)
    return day


@action("complaints.hold_day", allowed=law.may_change_day)
def hold_day(actor: Actor, day: ReceptionDay, *, by: Membership, at: datetime) -> ReceptionDay:  # noqa: ARG001
    """Note who really received on that day, whoever stood in the plan and whether or not anybody came.

    Only the head's own days count to the quota (rule 42). Raises NotHeldYet, DayNotPlannable.
    """
    if day.day > timezone.localdate(at):
        raise NotHeldYet(_("Ngày tiếp chưa đến nên chưa ghi nhận được."))
    _require_leader(day.agency, by, on=day.day)
    day.held_at, day.held_by, day.held_by_head = at, by, by.is_head
    day.save(update_fields=["held_at", "held_by", "held_by_head"])
    return day


def said_of(day: ReceptionDay, *, host: bool = True) -> str:
    """When, where and by whom, in words: what the history compares and shows."""
    words = f"{day.day:%d/%m/%Y}, {day.opens:%H:%M}–{day.closes:%H:%M}, {day.place}"
    return f"{words}, {day.host.user.full_name}, {day.host.position}" if host else words


def _fill(day: ReceptionDay, plan: Plan, *, at: datetime) -> None:
    place = clean_line(plan.place)[:200]
    if plan.closes <= plan.opens or not place:
        raise DayNotPlannable(_("Hãy ghi nơi tiếp và giờ kết thúc sau giờ bắt đầu."))
    if plan.on < timezone.localdate(at):
        raise DayNotPlannable(_("Không lập lịch tiếp cho ngày đã qua."))
    held_on = calendar_of(day.agency, plan.on).rolled_forward(plan.on)
    _require_leader(day.agency, plan.host, on=held_on)
    day.planned_on, day.day = plan.on, held_on
    day.opens, day.closes, day.place, day.host = plan.opens, plan.closes, place, plan.host


def _require_leader(agency: Agency, host: Membership, *, on: date) -> None:
    if host.agency_id != agency.pk or host.role != Role.LEADER or not host.holds_on(on):
        raise DayNotPlannable(_("Người tiếp định kỳ là người đứng đầu hoặc cấp phó của cơ quan vào ngày đó."))


def _saved(day: ReceptionDay) -> ReceptionDay:
    try:
        with transaction.atomic():
            day.save()
    except IntegrityError as error:
        if "reception_day_once" not in str(error):
            raise
        raise DayNotPlannable(
            _("Ngày %(day)s đã có trong lịch tiếp của cơ quan.") % {"day": f"{day.day:%d/%m/%Y}"}
        ) from error
    return day


def _reason(day: ReceptionDay, reason: str) -> str:
    words = clean_line(reason)[:300]
    if not words and (day.published_at or day.appointments.exists()):
        raise ReasonNeeded(_("Hãy ghi lý do: lịch đã công bố hoặc đã có người hẹn."))
    return words


def _note(
    actor: Actor, day: ReceptionDay, event: TimetableEvent, words: tuple[str, str, str], *, at: datetime
) -> TimetableChange:
    """A line of history: from what, to what, why."""
    before, after, reason = words
    return TimetableChange.objects.create(
        day=day,
        event=event,
        before=before[:300],
        after=after[:300],
        reason=reason,
        at=at,
        user_id=actor.user_id,
        person=actor.caption[:300],
    )
