"""The clock runs on with what the stop had left: the dossier's, and that of the legs and steps at work."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workdays import terms
from egov.workdays.limit import LimitUnit
from egov.workdays.load_calendar import calendar_of
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop import deadlines, rules
from onestop.actions.reason import reason_in_words
from onestop.actions.times import note_times
from onestop.enums import ClockEventKind, DossierState, LegState, StepState, StopReason
from onestop.models import Dossier, Leg, Stop

AT_WORK = (LegState.SENT, LegState.RUNNING)


class AnswersAwaited(Refusal):
    """Agencies that were asked have not answered yet."""


@action("onestop.resume", allowed=rules.may_resume)
def resume(actor: Actor, dossier: Dossier, *, reason: str, at: datetime) -> Dossier:
    """Let a stopped dossier go on (8 → 4), saying why. Raises ReasonMissing, AnswersAwaited."""
    words = reason_in_words(reason, _("Hãy ghi rõ vì sao tiếp tục xử lý."))
    stopped = dossier.stops.filter(ended_at=None).first()
    consulting = stopped is not None and stopped.reason == StopReason.CONSULTATION
    if consulting and dossier.consultations.filter(opinion="").exists():
        raise AnswersAwaited(
            _("Còn cơ quan chưa trả lời ý kiến. Chờ trả lời, hoặc kết thúc lấy ý kiến khi đã quá hạn.")
        )
    end_stop(dossier, words, by=actor, at=at)
    move(dossier, to=DossierState.PROCESSING, by=actor, at=at, note=words)
    return dossier


def end_stop(dossier: Dossier, words: str, *, by: Performer, at: datetime) -> None:
    """End the open stop, if there is one, and set the new due moments (rule 18).

    The old moments are never shifted by the length of the stop: what was left is counted anew from now.
    """
    stopped = dossier.stops.select_for_update().filter(ended_at=None).first()
    if stopped is None:
        return
    due_at = deadlines.resumed(dossier, stopped, at)
    since = _standing_since(dossier, stopped)
    close_stop(stopped, at=at)
    note_times(dossier, ClockEventKind.RESUMED, by=by, at=at, reason=words, due_at=due_at)
    for leg in dossier.legs.filter(state__in=AT_WORK).select_related("agency"):
        _resume_leg(leg, since, at)


def close_stop(stopped: Stop, *, at: datetime) -> None:
    """The stop is over; whether the clock runs on is the caller's to say."""
    stopped.ended_at = at
    stopped.save(update_fields=["ended_at"])


def _standing_since(dossier: Dossier, stopped: Stop) -> datetime:
    """When the clock stopped: one stop may have passed into the next without running in between."""
    since = stopped.started_at
    for earlier in dossier.stops.exclude(pk=stopped.pk).order_by("-started_at", "-id"):
        if earlier.ended_at != since:
            break
        since = earlier.started_at
    return since


def _resume_leg(leg: Leg, since: datetime, at: datetime) -> None:
    """Legs and steps have clocks of their own, in the working time of their agency."""
    calendar = calendar_of(leg.agency, timezone.localdate(since))

    def later(due_at: datetime | None, begun: datetime | None, unit: LimitUnit) -> datetime | None:
        if due_at is None:
            return None
        kept = terms.remaining(calendar, max(since, begun or since), due_at, unit)
        return terms.resume(calendar, at, kept)

    leg.due_at = later(leg.due_at, leg.sent_at, LimitUnit(leg.unit))
    leg.save(update_fields=["due_at"])
    for step in leg.steps.filter(state=StepState.RUNNING):
        step.due_at = later(step.due_at, step.started_at, LimitUnit.HOURS)
        step.save(update_fields=["due_at"])
