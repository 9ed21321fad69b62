"""When a dossier was received, when it is due, and why: the clock of ``egov.workdays`` set to its dossier.

Counted in the working time of the agency that received it, wherever in the province the matter is decided:
the appointment counts from receipt at that counter (domain: 3.4, 3.6).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from egov.organizations.models import Agency
from egov.workdays import explain, terms
from egov.workdays.calendar import Calendar
from egov.workdays.explain import DayLine
from egov.workdays.limit import Limit, LimitUnit
from egov.workdays.load_calendar import calendar_of
from egov.workdays.terms import Remaining
from onestop.enums import ClockEventKind
from onestop.models import ChannelRule, ClockEvent, Dossier, ProcedureVersion, Stop

# Working hours in which an online filing is answered (domain: 3.4).
ANSWER_HOURS = 8


@dataclass(frozen=True, slots=True)
class Promise:
    """What a receipt says: counted as received then, to be fetched then; by law alone it would be then.

    Without ``due_at`` the procedure gives no appointment (rule 23).
    """

    received_at: datetime
    due_at: datetime | None
    legal_due_at: datetime | None


def promise(
    rule: ChannelRule | None,
    version: ProcedureVersion,
    agency: Agency,
    submitted_at: datetime,
    calendar: Calendar | None = None,
) -> Promise:
    """The appointment of something handed in at that moment to that agency, through that channel.

    Handed in after work or on a closed day it counts as received at the next opening (rules 10 and 11).
    ``calendar`` is the agency's, where it is at hand; it reaches back to the day of filing.
    """
    return _promise(calendar or _calendar(agency, submitted_at), rule, version, submitted_at)


def counted_days(
    rule: ChannelRule | None, version: ProcedureVersion, agency: Agency, submitted_at: datetime
) -> tuple[Promise, tuple[DayLine, ...]]:
    """The same before anything is received, with each day counted or skipped, for the intake page."""
    calendar = _calendar(agency, submitted_at)
    promised = _promise(calendar, rule, version, submitted_at)
    limit = rule.limit if rule else None
    if promised.due_at is None or limit is None:
        return promised, ()
    lines = explain.explain(calendar, submitted_at, promised.due_at, limit, cutoff=version.cutoff)
    return promised, lines


def explained(dossier: Dossier, calendar: Calendar | None = None) -> tuple[DayLine, ...]:
    """Each day of the dossier's term, counted or skipped and why; none without an appointment.

    An apology sets a day that no rule counts: the explanation ends with the day that stood before it.
    ``calendar`` is the receiving agency's, where it is at hand; it reaches back to the day of filing.
    """
    limit = limit_of(dossier)
    events = list(dossier.clock_events.all())
    apology = next((one for one in events if one.kind == ClockEventKind.APOLOGY), None)
    due_at = _counted_due(events, apology)
    if due_at is None or limit is None:
        return ()
    stops = [
        explain.Stop(one.started_at, one.ended_at)
        for one in dossier.stops.all()
        if apology is None or one.started_at < apology.at
    ]
    calendar = calendar or _calendar(dossier.receiving_agency, dossier.submitted_at)
    start = _counted_from(dossier, calendar)
    return explain.explain(calendar, start, due_at, limit, stops, cutoff=dossier.version.cutoff)


def left(dossier: Dossier, at: datetime) -> Remaining | None:
    """What a stop at that moment has to keep; None without an appointment."""
    if dossier.due_at is None:
        return None
    calendar = _calendar(dossier.receiving_agency, min(at, dossier.submitted_at))
    last = _last_day(dossier, calendar)
    # An appointment that somebody has set differently counts as it stands.
    if last is not None and calendar.closing(calendar.rolled_forward(last)) == dossier.due_at:
        return Remaining(days=(last - timezone.localdate(at)).days)
    return terms.remaining(calendar, at, dossier.due_at, _unit(dossier))


def resumed(dossier: Dossier, stop: Stop, at: datetime) -> datetime | None:
    """The new appointment when the clock runs on: from then, with what the stop had left (rule 18)."""
    if dossier.due_at is None or (stop.remaining_minutes is None and stop.remaining_days is None):
        return None
    calendar = _calendar(dossier.receiving_agency, min(at, dossier.due_at))
    kept = Remaining(
        minutes=stop.remaining_minutes,
        days=stop.remaining_days,
        # The stop keeps no word of how its term ended; the appointment that it interrupted shows it.
        to_closing=stop.remaining_minutes is not None
        and (_unit(dossier) == LimitUnit.HOURS or terms.ends_at_closing(calendar, dossier.due_at)),
    )
    return terms.resume(calendar, at, kept)


def recounted(dossier: Dossier, calendar: Calendar | None = None) -> datetime | None:
    """The appointment that its term and stops give by the calendar as it is known now.

    For an officer who re-issues a receipt after a day off was announced (rule 16); never set by itself.
    None without an appointment, and after an apology, whose day no rule counts. ``calendar`` is the receiving
    agency's, where many dossiers are counted; it reaches back to the day of filing.
    """
    limit = limit_of(dossier)
    if limit is None or dossier.due_at is None or dossier.received_at is None:
        return None
    if any(one.kind == ClockEventKind.APOLOGY for one in dossier.clock_events.all()):
        return None
    calendar = calendar or _calendar(dossier.receiving_agency, dossier.submitted_at)
    last = _last_day(dossier, calendar)
    if last is not None:
        return calendar.closing(calendar.rolled_forward(last))
    due_at = terms.due(calendar, _counted_from(dossier, calendar), limit, dossier.version.cutoff)
    for stop in dossier.stops.all():
        if stop.ended_at is not None:
            kept = terms.remaining(calendar, stop.started_at, due_at, limit.unit)
            due_at = terms.resume(calendar, stop.ended_at, kept)
    return due_at


def answers_due(agency: Agency, earliest: datetime) -> Callable[[datetime], datetime]:
    """By when online filings have their answer, whatever it is: accepted, refused, or papers asked for.

    Load once for all filings of an agency from ``earliest`` on, then ask for each.
    """
    calendar = _calendar(agency, earliest)
    limit = Limit(ANSWER_HOURS, LimitUnit.HOURS)
    return lambda filed_at: terms.due(calendar, filed_at, limit)


def limit_of(dossier: Dossier) -> Limit | None:
    """The limit that its appointment was counted with."""
    if dossier.version.no_appointment or dossier.channel_rule is None:
        return None
    return dossier.channel_rule.limit


def _promise(
    calendar: Calendar, rule: ChannelRule | None, version: ProcedureVersion, submitted_at: datetime
) -> Promise:
    received_at = terms.counts_from(calendar, submitted_at)
    if rule is None or version.no_appointment:
        return Promise(received_at, None, None)
    due_at, legal_due_at = (
        terms.due(calendar, submitted_at, limit, version.cutoff) if limit else None
        for limit in (rule.limit, rule.legal_limit)
    )
    return Promise(received_at, due_at, legal_due_at)


def _last_day(dossier: Dossier, calendar: Calendar) -> date | None:
    """The day on which a term in days or months ends, its stops left out, before a closed day moves it on.

    A stop keeps days of the term, never the closed days after it: where stops are repeated, the move to an
    open day is made once, at the end (domain: 3.4). None for other units, and after an apology, whose day a
    person has set.
    """
    limit = limit_of(dossier)
    if limit is None or not limit.is_in_calendar_days or dossier.received_at is None:
        return None
    if any(one.kind == ClockEventKind.APOLOGY for one in dossier.clock_events.all()):
        return None
    last = terms.ends_on(calendar, _counted_from(dossier, calendar), limit, dossier.version.cutoff)
    for stop in dossier.stops.all():
        if stop.ended_at is not None:
            kept = last - timezone.localdate(stop.started_at)
            last = timezone.localdate(terms.counts_from(calendar, stop.ended_at)) + kept
    return last


def _counted_from(dossier: Dossier, calendar: Calendar) -> datetime:
    """The moment of handing in where the term began with it, so that a night before the opening is told."""
    assert dossier.received_at is not None  # noqa: S101  (only a received dossier has an appointment)
    began_then = terms.counts_from(calendar, dossier.submitted_at) == dossier.received_at
    return dossier.submitted_at if began_then else dossier.received_at


def _counted_due(events: list[ClockEvent], apology: ClockEvent | None) -> datetime | None:
    before = [one for one in events if apology is None or one.pk < apology.pk]
    return before[-1].due_at if before else None


def _unit(dossier: Dossier) -> LimitUnit:
    limit = limit_of(dossier)
    return limit.unit if limit else LimitUnit.WORKING_DAYS


def _calendar(agency: Agency, moment: datetime) -> Calendar:
    return calendar_of(agency, timezone.localdate(moment))
