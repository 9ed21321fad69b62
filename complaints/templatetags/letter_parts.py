"""Chips of matters, the day that counts now, which part leads a page; the tabs between pages of letters."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from complaints import rules
from complaints.enums import MatterState, ParticipantRole
from complaints.models import Letter, Matter
from complaints.models.side import Reader, as_reader
from complaints.states import PROCESSED
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.workflow.verdict import Verdict

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


def _heads(reader: Reader) -> bool:
    return reader.membership.is_head and reader.is_(Role.LEADER)


# Pages of letters, each with who may open it; an agency's head is asked for a second factor behind the tab.
TABS: tuple[tuple[Any, str, Callable[[Reader], Verdict | bool]], ...] = (
    (gettext_lazy("Đơn thư"), "letter_list", rules.may_read_letters),
    (gettext_lazy("Sổ đơn"), "letter_register", rules.may_read_letters),
    (gettext_lazy("Đơn chuyển"), "transfer_list", rules.may_read_transfers),
    (
        gettext_lazy("Dò trùng tố cáo"),
        "letter_matches",
        lambda one: rules.may_look_for_match(one, one.agency),
    ),
    (gettext_lazy("Báo cáo"), "letter_figures", rules.may_see_letter_figures),
    (gettext_lazy("Dữ liệu quốc gia"), "feed_list", rules.may_see_feed),
    (gettext_lazy("Phân công"), "duty_list", _heads),
)


@register.inclusion_tag("complaints/_letter_tabs.html", takes_context=True)
def letter_tabs(context: Context, current: str) -> dict[str, Any]:
    """Ways between the pages of letters that the reader may open; one page alone needs none."""
    actor = context["page"].actor
    reader = as_reader(actor) if isinstance(actor, Actor) else None
    tabs = [
        {"label": label, "url": reverse(f"complaints:{name}"), "current": name == current}
        for label, name, may in TABS
        if reader and may(reader)
    ]
    return {"tabs": tabs if len(tabs) > 1 else []}


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
