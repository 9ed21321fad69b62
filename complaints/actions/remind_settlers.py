"""Reminders at 50, 80 and 100 % of every term (rule 25): by code only, each once.

One mechanism for all of them: settlement, processing, transfers, replies to other bodies, answers to visitors
and what was promised to them. At 100 % the superiors are told too.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from complaints.queries.running_terms import PERCENT, RunningTerm, running_terms
from egov.notifications.models import Notification
from egov.notifications.send import Message, tell_members

EVENT = "complaints.term_reached"
STEPS = (PERCENT, 80, 50)


@dataclass(frozen=True, slots=True)
class Reached:
    """A term that has come to that step, and the key of the occasion: a longer term is a new one."""

    term: RunningTerm
    step: int

    @property
    def key(self) -> str:
        return f"{self.term.key}.{self.step}.{self.term.ends_on:%Y%m%d}"


def remind_settlers(at: datetime) -> int:
    """Tell who has to see to it, and at 100 % the superiors too; return how many occasions were told."""
    on = timezone.localdate(at)
    reached = [one for one in (_step(term, on) for term in running_terms()) if one is not None]
    told = Notification.objects.filter(event=EVENT, subject_id__in={one.term.about.pk for one in reached})
    known = {key.removeprefix(f"{EVENT}:").rpartition(":")[0] for key in told.values_list("key", flat=True)}
    fresh = [one for one in reached if one.key not in known]
    with override("vi"):
        for one in fresh:
            _tell(one, on)
    return len(fresh)


def _step(term: RunningTerm, on: date) -> Reached | None:
    used = term.used(on)
    step = next((one for one in STEPS if used >= one), None)
    return None if step is None else Reached(term, step)


def _tell(reached: Reached, on: date) -> None:
    term = reached.term
    text = _("%(what)s đã qua %(step)d%% %(term)s, hạn cuối %(day)s.") % {
        "what": str(term.of) % {"code": term.code},
        "step": reached.step,
        "term": term.name,
        "day": f"{term.due_on:%d/%m/%Y}",
    }
    readers = {one.pk: one for one in term.bound(on)}
    if reached.step == PERCENT:
        readers |= {one.pk: one for one in term.above(on)}
    tell_members(readers.values(), Message(event=EVENT, text=text, key=reached.key, about=term.about))
