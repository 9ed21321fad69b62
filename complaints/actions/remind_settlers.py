"""Reminders at 50, 80 and 100 % of a settlement's term (rule 25): by code only, each once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from complaints import deadlines
from complaints.enums import MatterState
from complaints.models import Matter
from complaints.queries.people import approvers
from egov.notifications.models import Notification
from egov.notifications.send import Message, tell_members

EVENT = "complaints.term_reached"
STEPS = (100, 80, 50)
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Reached:
    """A matter whose term has come to that step, and the key of the occasion: a longer term is a new one."""

    matter: Matter
    step: int

    @property
    def key(self) -> str:
        return f"{self.matter.pk}.{self.step}.{self.matter.settle_ends_on:%Y%m%d}"


def remind_settlers(at: datetime) -> int:
    """Tell the settler, and at 100 % the leaders above too; return how many occasions were told."""
    on = timezone.localdate(at)
    reached = list(_reached(on))
    told = set(
        Notification.objects.filter(
            event=EVENT, subject_id__in=[one.matter.letter_id for one in reached]
        ).values_list("key", flat=True)
    )
    known = {key.removeprefix(f"{EVENT}:").rpartition(":")[0] for key in told}
    fresh = [one for one in reached if one.key not in known]
    with override("vi"):
        for one in fresh:
            _tell(one, on)
    return len(fresh)


def used(matter: Matter, on: date) -> int:
    """How much of its term has passed, in per cent; days on which the clock stood still count nowhere."""
    assert matter.accepted_on is not None  # noqa: S101  (what is being settled was accepted)
    assert matter.settle_ends_on is not None  # noqa: S101  (and has a term)
    paused = sum((until - since).days for since, until in deadlines.pauses(matter) if until is not None)
    whole = (matter.settle_ends_on - matter.accepted_on).days - paused
    return PERCENT * ((on - matter.accepted_on).days - paused) // whole


def _reached(on: date) -> Iterator[Reached]:
    running = (
        Matter.objects.filter(state=MatterState.SETTLING, settle_due_on__isnull=False)
        .select_related("letter", "handler", "agency")
        .prefetch_related("suspensions", "withdrawals")
    )
    for matter in running:
        passed = used(matter, on)
        # The last day is the open one that a closed end moved to.
        if passed >= PERCENT and matter.settle_due_on and on < matter.settle_due_on:
            passed = PERCENT - 1
        step = next((one for one in STEPS if passed >= one), None)
        if step is not None:
            yield Reached(matter, step)


def _tell(reached: Reached, on: date) -> None:
    matter = reached.matter
    assert matter.settle_due_on is not None  # noqa: S101  (the query asks for it)
    text = _("Đơn %(code)s đã qua %(step)d%% thời hạn giải quyết, hạn cuối %(day)s.") % {
        "code": matter.letter.code,
        "step": reached.step,
        "day": f"{matter.settle_due_on:%d/%m/%Y}",
    }
    leaders = approvers(matter, but=None, on=on)
    readers = {matter.handler.pk: matter.handler} if matter.handler else {one.pk: one for one in leaders}
    if reached.step == PERCENT:
        readers |= {one.pk: one for one in leaders}
    message = Message(event=EVENT, text=text, key=reached.key, about=matter.letter)
    tell_members(readers.values(), message)
