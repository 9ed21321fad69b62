"""The clock stands still: only for a reason that the procedure allows, one at a time (rules 18 and 19)."""

from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop import deadlines, rules
from onestop.actions.reason import reason_in_words
from onestop.actions.times import note_times
from onestop.enums import ClockEventKind, DossierState, StopReason
from onestop.models import Dossier, Stop

# The national states 5, 6 and 8 stop every dossier's clock, whatever its procedure says.
BY_STATE = frozenset({StopReason.SUPPLEMENT, StopReason.DUTY, StopReason.HALTED})


class StopNotAllowed(Refusal):
    """The procedure does not know this reason for a stop."""


class AlreadyStopped(Refusal):
    """The clock stands still already."""


@action("onestop.stop", allowed=rules.may_stop)
def stop(actor: Actor, dossier: Dossier, *, reason: StopReason, words: str, at: datetime) -> Stop:
    """Stop for an inspection, a transfer between agencies, an explanation by the applicant: state 8.

    Papers, duty, consultation and the end of handling have actions of their own.
    Raises StopNotAllowed, AlreadyStopped, ReasonMissing.
    """
    if reason in BY_STATE or reason == StopReason.CONSULTATION:
        raise StopNotAllowed(
            _("“%(reason)s” có bước riêng; không dừng theo cách này.") % {"reason": reason.label}
        )
    said = reason_in_words(words, _("Hãy ghi rõ vì sao tạm dừng tính thời gian."))
    stopped = begin_stop(dossier, reason, said, by=actor, at=at)
    move(dossier, to=DossierState.STOPPED, by=actor, at=at, note=said)
    return stopped


def begin_stop(dossier: Dossier, reason: StopReason, words: str, *, by: Performer, at: datetime) -> Stop:
    """Keep what is left of the dossier's time and let its clock stand still.

    The caller holds the dossier's lock and moves its state. Raises StopNotAllowed, AlreadyStopped.
    """
    require_allowed(dossier, reason)
    if dossier.stops.filter(ended_at=None).exists():
        raise AlreadyStopped(_("Thời gian giải quyết đang tạm dừng; mỗi lúc chỉ có một lần tạm dừng."))
    kept = deadlines.left(dossier, at)
    stopped = Stop.objects.create(
        dossier=dossier,
        reason=reason,
        words=words,
        started_at=at,
        remaining_minutes=kept.minutes if kept else None,
        remaining_days=kept.days if kept else None,
    )
    note_times(dossier, ClockEventKind.STOPPED, by=by, at=at, reason=words)
    return stopped


def require_allowed(dossier: Dossier, reason: StopReason) -> None:
    """Rule 19. Raises StopNotAllowed."""
    if reason not in BY_STATE and reason not in dossier.version.allowed_stops:
        raise StopNotAllowed(
            _("Thủ tục này không cho phép tạm dừng tính thời gian vì lý do “%(reason)s”.")
            % {"reason": reason.label}
        )
