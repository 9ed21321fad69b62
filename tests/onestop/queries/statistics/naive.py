"""The period report as a clerk would count it by hand from the histories: slow, plain, and nobody's code."""

from collections import Counter
from datetime import datetime, timedelta

from onestop.enums import ClockEventKind, DossierState
from tests.factories.histories import MERGED_AT, ZONE, History

S, K = DossierState, ClockEventKind
FINAL = {S.REFUSED, S.WITHDRAWN, S.DONE, S.RETURNED}
PAUSED = {S.SUPPLEMENT, S.DUTY, S.STOPPED}


def by_hand(histories: list[History], start: datetime, end: datetime) -> dict[tuple[int, int], Counter]:
    """Columns by agency and procedure."""
    found: dict[tuple[int, int], Counter] = {}
    for history in histories:
        columns = _columns(history, start, end)
        if columns:
            key = (_agency(history, end), history.version.procedure_id)
            found.setdefault(key, Counter()).update(columns)
    return found


def entered(history: History, moment: datetime) -> datetime | None:
    """From when it counts as received, as known at that moment."""
    taken = None
    for one in history.before(moment):
        known = history.before(one.at + timedelta(microseconds=1))
        state = [step.state for step in known if step.state][-1]
        if taken is None and state not in {S.FILED, S.SUPPLEMENT}:
            told = [step for step in known if step.kind]
            taken = max(one.at, told[-1].received_at) if told else one.at
        if taken is not None and one.at < taken and state in FINAL:
            taken = one.at
    return taken if taken is not None and taken < moment else None


def _agency(history: History, end: datetime) -> int:
    gone = history.successor is not None and end > MERGED_AT
    return history.successor.pk if gone else history.agency.pk


def _columns(history: History, start: datetime, end: datetime) -> list[str]:
    received = entered(history, end)
    state = history.state_at(end)
    if received is None:
        return ["waiting"] if state else []
    if state in FINAL and _closed(history, end) < start:
        return []
    columns = [f"received_{history.channel}"] if received >= start else ["carried"]
    if received < start and history.state_at(start) in FINAL:
        columns.append("reopened")
    return [*columns, *_outcome(history, state, end)]


def _outcome(history: History, state: str, end: datetime) -> list[str]:
    if state in {S.REFUSED, S.WITHDRAWN}:
        return [state]
    promised, apologised = _promised(history, end)
    what = "solved" if state in FINAL else "paused" if state in PAUSED else "running"
    if promised is None:
        return [f"{what}_unpromised"]
    if what == "running":
        overdue = end > promised if history.in_hours else end.astimezone(ZONE) > _after_day(promised)
        return ["running_late" if overdue else "running_in_time"]
    if what == "paused":
        return ["paused_late" if _is_late(_since(history, end), promised, history) else "paused_in_time"]
    result = [one for one in history.before(end) if one.kind][-1].finished_at
    if _is_late(result, promised, history):
        late_by_law = ["late_by_law"] if _day(result) > _day(promised) else []
        return ["solved_late", *(["apologised"] if apologised else []), *late_by_law]
    return ["solved_early" if _day(result) < _day(promised) else "solved_on_time"]


def _promised(history: History, end: datetime) -> tuple[datetime | None, bool]:
    """The appointment that counts: stops move it, an apology does not."""
    promised, due, apologised = None, None, False
    for one in history.before(end):
        if one.kind == K.APOLOGY:
            apologised = True
        elif one.kind == K.RECEIVED:
            promised = one.due_at
        elif one.kind and one.due_at and due and one.due_at != due:
            promised += one.due_at - due
        due = one.due_at if one.kind else due
    return promised, apologised


def _closed(history: History, end: datetime) -> datetime:
    """When it last went from open to ended."""
    moved = [one for one in history.before(end) if one.state]
    closed = moved[-1]
    for one in reversed(moved):
        if one.state not in FINAL:
            break
        closed = one
    return closed.at


def _since(history: History, end: datetime) -> datetime:
    return [one for one in history.before(end) if one.state][-1].at


def _is_late(moment: datetime, promised: datetime, history: History) -> bool:
    return moment > promised if history.in_hours else _day(moment) > _day(promised)


def _day(moment: datetime):
    return moment.astimezone(ZONE).date()


def _after_day(moment: datetime) -> datetime:
    midnight = moment.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1)
