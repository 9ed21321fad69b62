"""An error was found before the result was handed over: back to work, for a new version of the result."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.keep_in_store import end_validity
from onestop.actions.legs import begin_step
from onestop.actions.times import note_times
from onestop.enums import ClockEventKind, DeliveryState, DossierState, LegState, StepState
from onestop.models import Dossier, Leg, Result, StoredPaper

REASON_LENGTH = 300


class ReopeningNeedsReason(Refusal):
    """Why the result is wrong must be said in words."""


class ResultUnderWay(Refusal):
    """The post has it: what was given out can no longer be held back."""


class NoSuchResult(Refusal):
    """A result that was named is not one of this dossier, or does not hold any more."""


@action("onestop.reopen", allowed=rules.may_reopen)
def reopen(
    actor: Actor, dossier: Dossier, *, reason: str, result_ids: Iterable[int] = (), at: datetime
) -> Dossier:
    """Take a finished dossier back to work; the named results (none named: all) wait for a new version.

    The appointment stays what it was, so the time of mending counts (rule 24).
    Raises ReopeningNeedsReason, ResultUnderWay, NoSuchResult.
    """
    words = clean_line(reason)[:REASON_LENGTH]
    if not words:
        raise ReopeningNeedsReason(_("Hãy ghi rõ sai sót của kết quả và lý do mở lại hồ sơ."))
    if dossier.delivery_state == DeliveryState.POSTED:
        raise ResultUnderWay(_("Kết quả đã giao bưu chính nên không mở lại được nữa."))
    for result in _faulty(dossier, frozenset(result_ids)):
        end_validity(result, StoredPaper.Validity.REPLACED, reason=words, at=at)
    _back_to_work(actor, dossier, words, at=at)
    dossier.delivery_state = DeliveryState.NOT_READY
    dossier.current_agency = dossier.deciding_agency
    dossier.save(update_fields=["delivery_state", "current_agency"])
    move(dossier, to=DossierState.PROCESSING, by=actor, at=at, note=words)
    # After the state: a finished dossier without its moment does not exist.
    note_times(dossier, ClockEventKind.REOPENED, by=actor, at=at, reason=words, finished_at=None)
    return dossier


def _faulty(dossier: Dossier, named: frozenset[int]) -> list[Result]:
    valid = list(dossier.results.filter(validity=StoredPaper.Validity.VALID))
    if named - {one.pk for one in valid}:
        raise NoSuchResult(_("Kết quả được chọn không còn hiệu lực. Hãy tải lại trang."))
    return [one for one in valid if not named or one.pk in named]


def _back_to_work(actor: Actor, dossier: Dossier, words: str, *, at: datetime) -> None:
    """The last leg of the deciding agency begins anew at the step after the counter's first one."""
    # The decider may have been taken over since; then its successor mends the result.
    deciders = [dossier.deciding_agency_id, *dossier.takeovers.values_list("predecessor_id", flat=True)]
    done = Leg.objects.select_for_update().filter(
        dossier=dossier, agency_id__in=deciders, state=LegState.DONE
    )
    leg = done.order_by("-order").first()
    if leg is None:
        return
    leg.agency, leg.ended_at = dossier.deciding_agency, None
    leg.save(update_fields=["agency", "ended_at"])
    move(leg, to=LegState.RUNNING, by=actor, at=at, note=words)
    steps = list(leg.steps.exclude(state__in=[StepState.PLANNED, StepState.SKIPPED]))
    again = next((one for one in steps if one.role != Role.COUNTER), steps[-1] if steps else None)
    if again is None:
        return
    for later in steps:
        if later.order > again.order:
            later.ended_at = None
            later.save(update_fields=["ended_at"])
            move(later, to=StepState.PLANNED, by=actor, at=at, note=words)
    begin_step(again, holder=again.holder, by=actor, at=at, note=words)
    dossier.holder = again.holder
    dossier.save(update_fields=["holder"])
