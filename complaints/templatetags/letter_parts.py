"""Chips of matters: the state in words with its tone, the day that counts now; which part leads a page."""

from datetime import date
from typing import Any

from django import template
from django.utils.translation import ngettext

from complaints.enums import MatterState, ParticipantRole
from complaints.models import Letter, Matter
from complaints.states import PROCESSED

register = template.Library()

S = MatterState
TONES = {
    S.ENTERED: "waiting",
    S.PROCESSING: "moving",
    S.INCOMPLETE: "waiting",
    S.SETTLING: "moving",
    S.SUSPENDED: "stopped",
    S.STOPPED: "stopped",
}


@register.inclusion_tag("components/c_chip.html")
def matter_chip(matter: Matter) -> dict[str, Any]:
    """The state in words."""
    return {"text": matter.get_state_display(), "tone": TONES.get(MatterState(matter.state), "done")}


@register.filter
def due_on(matter: Matter) -> date | None:
    """The day that urges now: of processing, then of settlement; none where no clock runs."""
    if matter.state in PROCESSED:
        return matter.process_due_on
    return matter.settle_due_on if matter.state == S.SETTLING else None


@register.filter
def senders(letter: Letter) -> str:
    """Who wrote an open letter, in one line: the first, and how many with them."""
    people = [one for one in letter.participants.all() if one.role == ParticipantRole.PRINCIPAL]
    if not people:
        return ""
    more = max(letter.people, len(people)) - 1
    if not more:
        return people[0].name
    return ngettext("%(name)s và %(count)d người", "%(name)s và %(count)d người", more) % {
        "name": people[0].name,
        "count": more,
    }


@register.filter
def is_same(part: object, other: object) -> bool:
    """Whether two are one and the same part of a page, not two alike."""
    return part is other
