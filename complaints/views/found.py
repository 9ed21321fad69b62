"""What the search box of the office finds of letters and visits: what the reader may see, no more."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from complaints import rules
from complaints.models.side import as_reader
from complaints.queries import letters, visits
from complaints.rules import reception as law
from egov.audit.record import record
from egov.organizations.actor import Actor
from egov.web.finding import Finding

SHOWN = 30


def find_letters(actor: Any, words: str) -> Finding | None:
    """The newest; protected ones by their code alone (rule 35). On record, as it shows names."""
    reader = as_reader(actor) if isinstance(actor, Actor) else actor
    if not rules.may_read_letters(reader):
        return None
    record(actor, "complaints.search", "letters", role=actor.role)
    rows = list(letters.found(letters.matters(reader), words).order_by("-pk")[: SHOWN + 1])
    if not rows:
        return None
    more = len(rows) > SHOWN
    return Finding(
        heading=_("Đơn thư"),
        template="complaints/_letter_table.html",
        rows=rows[:SHOWN],
        all_url=f"{reverse('complaints:letter_list')}?{urlencode({'q': words})}" if more else "",
        all_label=_("Xem tất cả đơn khớp"),
    )


def find_visits(actor: Any, words: str) -> Finding | None:
    """The newest of those that the reader may see."""
    reader = as_reader(actor) if isinstance(actor, Actor) else actor
    if not law.may_read_reception(reader):
        return None
    record(actor, "complaints.search", "visits", role=actor.role)
    rows = list(visits.found(visits.visits(reader), words).order_by("-pk")[: SHOWN + 1])
    if not rows:
        return None
    more = len(rows) > SHOWN
    return Finding(
        heading=_("Lượt tiếp công dân"),
        template="complaints/_visit_table.html",
        rows=rows[:SHOWN],
        all_url=f"{reverse('complaints:visit_list')}?{urlencode({'q': words})}" if more else "",
        all_label=_("Xem tất cả lượt tiếp khớp"),
    )
