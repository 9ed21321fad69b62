"""By when a letter is processed and a matter settled: the dated terms of the law set to one case.

"Days" are calendar days and the last one, when closed, moves to the next working day; what is added to a term
is added to the day on which it ended, never to the open day it had moved to (domain: 9). The term is the one
in force when the letter arrived, the calendar that of the agency that works on it. Pages and actions ask for
days here and nowhere else; who stores them is ``complaints.actions.reckon``.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.enums import Complexity, MatterKind, Stage, SubjectKind
from complaints.models import CaseFact, Letter, Matter, Outcome, Term
from complaints.models.fact import COMPLICATING, FactKind
from complaints.models.term import TermKey
from egov.organizations.models import Agency
from egov.workdays.calendar import Calendar
from egov.workdays.limit import Limit, LimitUnit
from egov.workdays.load_calendar import calendar_of
from egov.workdays.terms import last_day
from egov.workflow.refusal import Refusal

DENOUNCING = (MatterKind.DENUNCIATION, MatterKind.INFORMATION)
ANSWERED = (MatterKind.SUGGESTION, MatterKind.REACTION, MatterKind.LAND_DISPUTE)


class NoTermInForce(Refusal):
    """The table of terms has no row for such a case on that day: a legal officer has to enter it."""


@dataclass(frozen=True, slots=True)
class Ending:
    """The day on which a term ends, and the working day that counts as its last."""

    ends_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Counting:
    """What the days of one matter are counted with, read once for a page: the terms of the law that it
    follows, the calendar of its agency."""

    terms: tuple[Term, ...]
    calendar: Calendar


def counting(matter: Matter) -> Counting:
    """The terms in force when its letter came, and its agency's calendar from then on."""
    on = law_day(matter.letter)
    return Counting(tuple(Term.objects.on(on)), calendar_of(matter.agency, on))


def find_term(
    key: str,
    on: date,
    *,
    complexity: str = Complexity.NORMAL,
    is_remote: bool = False,
    known: Counting | None = None,
) -> Term | None:
    """The row that fits such a case best, in force on that day; None when the law of that day has none."""
    in_force = Term.objects.on(on).filter(key=key) if known is None else known.terms
    rows = [
        row
        for row in in_force
        if row.key == key and row.complexity in ("", complexity) and row.is_remote in (None, is_remote)
    ]
    return max(rows, key=lambda row: (bool(row.complexity), row.is_remote is not None), default=None)


def term(
    key: str,
    on: date,
    *,
    complexity: str = Complexity.NORMAL,
    is_remote: bool = False,
    known: Counting | None = None,
) -> Term:
    """The same where the law must have one. Raises NoTermInForce."""
    found = find_term(key, on, complexity=complexity, is_remote=is_remote, known=known)
    if found is None:
        raise NoTermInForce(
            _(
                "Danh mục thời hạn chưa có thời hạn “%(what)s” áp dụng cho ngày %(day)s. "
                "Hãy báo bộ phận pháp chế."
            )
            % {"what": TermKey(key).label, "day": f"{on:%d/%m/%Y}"}
        )
    return found


def ending(calendar: Calendar, start: date, limit: Limit) -> Ending:
    """When a limit that began on a day ends; that day itself is left out."""
    if limit.unit == LimitUnit.WORKING_DAYS:
        day = calendar.working_day_after(start, limit.amount)
        return Ending(day, day)
    return rolled(calendar, last_day(start, limit))


def rolled(calendar: Calendar, ends_on: date) -> Ending:
    """A day on which a term ends, moved on when it is closed."""
    return Ending(ends_on, calendar.rolled_forward(ends_on))


def due(
    key: str,
    start: date,
    agency: Agency,
    *,
    on: date,
    complexity: str = Complexity.NORMAL,
    is_remote: bool = False,
    known: Counting | None = None,
) -> date:
    """The last day of any term: counted from ``start`` by the law of ``on``. Raises NoTermInForce."""
    limit = term(key, on, complexity=complexity, is_remote=is_remote, known=known).limit
    calendar = calendar_of(agency, start) if known is None else known.calendar
    return ending(calendar, start, limit).due_on


def law_day(letter: Letter) -> date:
    """The day whose law a letter follows: that of its arrival; a duplicate's is the first letter's."""
    return timezone.localdate((letter.root or letter).received_at)


def process_due(matter: Matter) -> date:
    """By when it is sorted and its direction approved; a duplicate runs on the clock of the first letter."""
    start = law_day(matter.letter)
    key, complexity = TermKey.PROCESS, ""
    if matter.kind in DENOUNCING:
        key = TermKey.DENUNCIATION_INITIAL
        elsewhere = matter.pk is not None and FactKind.CHECKED_ELSEWHERE in standing_facts(matter)
        complexity = Complexity.COMPLEX if elsewhere else Complexity.NORMAL
    return due(key, start, matter.agency, on=start, complexity=complexity)


def accept_due(matter: Matter) -> date:
    """By when a complaint is accepted or refused in writing; others as they are processed."""
    if matter.kind != MatterKind.COMPLAINT:
        return process_due(matter)
    start = law_day(matter.letter)
    return due(TermKey.COMPLAINT_ACCEPT, start, matter.agency, on=start)


def transfer_due(matter: Matter) -> date:
    """By when a denunciation for somebody else is sent on (rule 15)."""
    start = law_day(matter.letter)
    return due(TermKey.DENUNCIATION_TRANSFER, start, matter.agency, on=start)


def reply_key(matter: Matter) -> TermKey:
    """Which term the reply to the body that sent the letter has: of a denunciation the law's own, of a
    complaint that of saying whether it is accepted, of others that of the answer (domain: 3, 6.1, 9)."""
    if matter.kind in DENOUNCING:
        return TermKey.DENUNCIATION_REPLY
    return TermKey.COMPLAINT_ACCEPT if matter.kind == MatterKind.COMPLAINT else TermKey.SUGGESTION_ANSWER


def settle_due(matter: Matter) -> date | None:
    """By when an accepted matter is settled; None before acceptance and while its clock stands still."""
    found = settle_ending(matter)
    return found.due_on if found and not is_paused(matter) else None


def settle_ending(matter: Matter, known: Counting | None = None) -> Ending | None:
    """The end of the settlement's term: its limit, what was added to it, and the days it stood still.

    Running on with the days that were left is the same as adding the days of the pause: calendar days have
    no other order. None before acceptance. Raises NoTermInForce.
    """
    if matter.accepted_on is None:
        return None
    ends_on = last_day(matter.accepted_on, settle_limit(matter, known))
    ends_on += timedelta(days=sum(one.days for one in matter.extensions.all()))
    for since, until in pauses(matter):
        if until is not None:
            ends_on += until - since
    return rolled(known.calendar if known else calendar_of(matter.agency, matter.accepted_on), ends_on)


def settle_limit(matter: Matter, known: Counting | None = None) -> Limit:
    """How long its settlement may take, from its kind, stage and the facts on record (rule 22)."""
    complexity = matter.complexity
    key = settle_key(matter)
    if matter.kind not in DENOUNCING and complexity == Complexity.ESPECIALLY:
        complexity = Complexity.COMPLEX
    on = law_day(matter.letter)
    return term(key, on, complexity=complexity, is_remote=matter.is_remote, known=known).limit


def settle_key(matter: Matter) -> TermKey:
    """Which term settles it."""
    if matter.kind in DENOUNCING:
        return TermKey.DENUNCIATION_SETTLE
    if matter.kind in ANSWERED:
        return TermKey.SUGGESTION_ANSWER
    if matter.subject_kind == SubjectKind.DISCIPLINE:
        return TermKey.DISCIPLINE
    return TermKey.COMPLAINT_SECOND if matter.stage == Stage.SECOND else TermKey.COMPLAINT_FIRST


def second_filing_until(first: Matter, second: Matter) -> date | None:
    """By when a second complaint comes: counted from the first decision, or from the end of its term when
    none was made (rule 27); None while neither has come. Whether the place is remote says the second one."""
    decided = first.outcomes.filter(issued_at__isnull=False).last()
    start = decided.dated_on if decided else first.settle_due_on
    if start is None or (decided is None and start >= law_day(second.letter)):
        return None
    is_remote = first.is_remote or FactKind.REMOTE in standing_facts(second)
    return due(
        TermKey.COMPLAINT_SECOND_FILE, start, second.agency, on=law_day(second.letter), is_remote=is_remote
    )


def effective_on(outcome: Outcome, known: Counting | None = None) -> date | None:
    """When a decision on a complaint takes effect if nobody goes on; None for what takes none, or is not
    issued."""
    matter = outcome.matter
    if matter.kind != MatterKind.COMPLAINT or outcome.dated_on is None:
        return None
    return due(
        TermKey.COMPLAINT_EFFECT,
        outcome.dated_on,
        matter.agency,
        on=law_day(matter.letter),
        is_remote=matter.is_remote,
        known=known,
    )


def publish_due(outcome: Outcome, known: Counting | None = None) -> date | None:
    """By when a decision on a complaint is made public."""
    matter = outcome.matter
    if matter.kind != MatterKind.COMPLAINT or outcome.dated_on is None:
        return None
    on = law_day(matter.letter)
    return due(TermKey.COMPLAINT_PUBLISH, outcome.dated_on, matter.agency, on=on, known=known)


def pauses(matter: Matter) -> list[tuple[date, date | None]]:
    """When its clock stood still, in order: suspensions, and stops that a forced withdrawal had made."""
    found = [(one.started_on, one.ended_on) for one in matter.suspensions.all()]
    stopped = [(one.stopped_on, one.reopened_on) for one in matter.withdrawals.all() if one.stopped_on]
    return sorted([*found, *stopped], key=lambda one: one[0])


def standing_facts(matter: Matter) -> dict[str, CaseFact]:
    """The facts on record that were not taken back, by kind."""
    return {one.kind: one for one in matter.facts.all() if one.dropped_at is None}


def weighed(matter: Matter) -> Complexity:
    """What its facts make of it: two make a denunciation especially complex (domain: 6.2)."""
    count = len(standing_facts(matter).keys() & set(COMPLICATING))
    if count > 1 and matter.kind in DENOUNCING:
        return Complexity.ESPECIALLY
    return Complexity.COMPLEX if count else Complexity.NORMAL


def is_paused(matter: Matter) -> bool:
    """Whether its clock stands still now."""
    return any(until is None for _since, until in pauses(matter))
