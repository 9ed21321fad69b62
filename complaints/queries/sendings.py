"""What people have to be told in writing of a matter and have not been told yet, each with its last day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from complaints import deadlines
from complaints.enums import MatterKind, MatterState, Stage
from complaints.models import Matter, Outcome
from complaints.models.outcome import OutcomeForm
from complaints.models.sending import SendingKind
from complaints.models.term import TermKey
from egov.workdays.limit import LimitUnit

S = MatterState
ACCEPTED = (S.SETTLING, S.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Owed:
    """One sending that the law asks for: of what, counted from when, until when."""

    kind: SendingKind
    outcome: Outcome | None
    started_on: date
    due_on: date
    in_working_days: bool


def owed_sendings(matter: Matter, known: deadlines.Counting | None = None) -> list[Owed]:
    """Of a denunciation that it was accepted, of every decision and conclusion the paper itself; what was
    noted as sent is owed no longer. Raises NoTermInForce."""
    sent = {(one.kind, one.outcome_id) for one in matter.sendings.all()}
    return [one for one in _by_law(matter, known) if (one.kind, _pk(one.outcome)) not in sent]


def owes(matter: Matter) -> bool:
    """The same without its days: cheap, for a page."""
    sent = {(one.kind, one.outcome_id) for one in matter.sendings.all()}
    return any((kind, _pk(outcome)) not in sent for kind, outcome, _key, _start in _asked(matter))


def _by_law(matter: Matter, known: deadlines.Counting | None) -> Iterator[Owed]:
    on = deadlines.law_day(matter.letter)
    for kind, outcome, key, started_on in _asked(matter):
        limit = deadlines.term(key, on, known=known).limit
        due_on = deadlines.due(key, started_on, matter.agency, on=on, known=known)
        yield Owed(kind, outcome, started_on, due_on, limit.unit == LimitUnit.WORKING_DAYS)


def _asked(matter: Matter) -> Iterator[tuple[SendingKind, Outcome | None, TermKey, date]]:
    if matter.kind == MatterKind.DENUNCIATION and matter.accepted_on and matter.state in ACCEPTED:
        yield SendingKind.ACCEPTANCE, None, TermKey.DENUNCIATION_NOTIFY, matter.accepted_on
    result = next((one for one in reversed(matter.outcomes.all()) if one.issued_at), None)
    if matter.state != S.SETTLED or result is None or result.dated_on is None:
        return
    if result.form == OutcomeForm.CONCLUSION:
        yield SendingKind.RESULT, result, TermKey.DENUNCIATION_SEND, result.dated_on
    elif result.form == OutcomeForm.DECISION:
        second = matter.stage == Stage.SECOND
        key = TermKey.COMPLAINT_SEND_SECOND if second else TermKey.COMPLAINT_SEND_FIRST
        yield SendingKind.RESULT, result, key, result.dated_on


def _pk(outcome: Outcome | None) -> int | None:
    return outcome.pk if outcome else None
