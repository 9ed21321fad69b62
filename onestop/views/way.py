"""A dossier's way for its page: legs and steps with who has them, since when, and whether in time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egov.organizations.enums import Role
from onestop.enums import ClockEventKind, DossierState, LegState, StepState
from onestop.models import ClockEvent, Dossier, Leg, Step
from onestop.queries.dossier_detail import Holding, holdings

S, L, P = DossierState, LegState, StepState
STATE_SENTENCES = {
    S.FILED: gettext_lazy("%(person)s nộp hồ sơ trực tuyến."),
    S.RECEIVED: gettext_lazy("%(person)s tiếp nhận hồ sơ."),
    S.REFUSED: gettext_lazy("%(person)s từ chối tiếp nhận."),
    S.PROCESSING: gettext_lazy("%(person)s đưa hồ sơ vào xử lý."),
    S.SUPPLEMENT: gettext_lazy("%(person)s yêu cầu bổ sung giấy tờ."),
    S.DUTY: gettext_lazy("%(person)s chuyển xác định nghĩa vụ tài chính."),
    S.WITHDRAWN: gettext_lazy("%(person)s rút hồ sơ."),
    S.STOPPED: gettext_lazy("%(person)s dừng xử lý."),
    S.DONE: gettext_lazy("%(person)s xác nhận có kết quả."),
    S.RETURNED: gettext_lazy("%(person)s trả kết quả."),
}
# Events that set the appointment anew; the others stand in the history already.
SETS_THE_DAY = (ClockEventKind.RESUMED, ClockEventKind.APOLOGY, ClockEventKind.RESCHEDULED)
TONES: dict[str, str] = {
    L.PLANNED: "",
    L.SENT: "waiting",
    L.RUNNING: "moving",
    L.DONE: "done",
    L.CANCELLED: "stopped",
    P.SKIPPED: "",
}


@dataclass(frozen=True, slots=True)
class WayStep:
    """A step as the timeline shows it."""

    name: str
    who: str
    tone: str
    state: str
    started_at: datetime | None
    ended_at: datetime | None
    due_on: date | None
    is_done: bool
    is_late: bool
    note: str


@dataclass(frozen=True, slots=True)
class WayLeg:
    """A leg with its steps."""

    leg: Leg
    tone: str
    due_on: date | None
    is_done: bool
    is_late: bool
    steps: list[WayStep]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history."""

    sentence: str
    at: datetime
    note: str


def way(dossier: Dossier, at: datetime) -> list[WayLeg]:
    """The timeline, in the order of the plan."""
    return [
        WayLeg(
            leg=leg,
            tone=TONES.get(leg.state, ""),
            due_on=_day(leg.due_at),
            is_done=leg.ended_at is not None,
            is_late=_late(leg.due_at, leg.ended_at, at),
            steps=[_step(step, at) for step in leg.steps.all()],
        )
        for leg in dossier.legs.all()
    ]


def held(dossier: Dossier) -> list[Holding]:
    """Who had it from when to when."""
    return holdings(dossier)


def history(dossier: Dossier) -> list[Event]:
    """What happened, oldest first: states, hand-overs that came back, days set anew."""
    events = [
        Event(_sentence(one.after, one.person), one.at, one.note)
        for one in dossier.changes.all()
        if one.before != one.after
    ]
    events += _days(dossier.clock_events.all())
    for leg in dossier.legs.all():
        for line in leg.handovers.all():
            if line.answered_at is None:
                continue
            words = (
                _("%(person)s trả lại công đoạn “%(leg)s”.")
                if line.reason
                else _("%(person)s nhận công đoạn “%(leg)s”.")
            )
            sentence = words % {"person": line.receiver_caption, "leg": leg.name}
            events.append(Event(sentence, line.answered_at, line.reason))
    return sorted(events, key=lambda one: one.at)


def _days(events: Iterable[ClockEvent]) -> list[Event]:
    told = []
    for one in events:
        if one.kind in SETS_THE_DAY and one.due_at is not None:
            due = f"{timezone.localtime(one.due_at):%H:%M %d/%m/%Y}"
            sentence = _("%(what)s: hẹn trả %(due)s.") % {"what": one.get_kind_display(), "due": due}
            told.append(Event(sentence, one.at, one.reason if one.kind != ClockEventKind.RESUMED else ""))
    return told


def _sentence(state: str, person: str) -> str:
    return str(STATE_SENTENCES[DossierState(state)]) % {"person": person or _("Hệ thống")}


def _step(step: Step, at: datetime) -> WayStep:
    waiting = step.state == StepState.RUNNING and step.holder is None
    who = step.holder.user.full_name if step.holder else ""
    if waiting:
        who = _("chờ %(role)s nhận") % {"role": Role(step.role).label.lower()}
    return WayStep(
        name=step.name,
        who=who,
        tone="waiting" if waiting else TONES.get(step.state, ""),
        state=step.get_state_display(),
        started_at=step.started_at,
        ended_at=step.ended_at,
        due_on=_day(step.due_at),
        is_done=step.ended_at is not None,
        is_late=_late(step.due_at, step.ended_at, at),
        note=step.note,
    )


def _late(due_at: datetime | None, ended_at: datetime | None, at: datetime) -> bool:
    """As dossiers are judged: by days (domain: 3.5)."""
    if due_at is None:
        return False
    return timezone.localdate(ended_at or at) > timezone.localdate(due_at)


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
