"""What the search box of the office finds of dossiers: by code, person, content or procedure."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from egov.audit.record import record
from egov.web.finding import Finding
from onestop import rules
from onestop.queries.dossiers import dossiers, found

SHOWN = 30


def find_dossiers(actor: Any, words: str) -> Finding | None:
    """The newest that the actor may see (rule 43); the search is on record, as it shows names (rule 42)."""
    if not rules.may_read_desk(actor):
        return None
    rows = list(found(dossiers(actor), words).order_by("-pk")[: SHOWN + 1])
    record(actor, "onestop.search", "dossiers", purpose="search", role=actor.role)
    if not rows:
        return None
    more = len(rows) > SHOWN
    return Finding(
        heading=_("Hồ sơ một cửa"),
        template="onestop/_dossier_table.html",
        rows=rows[:SHOWN],
        all_url=f"{reverse('onestop:dossier_list')}?{urlencode({'q': words})}" if more else "",
        all_label=_("Xem tất cả hồ sơ khớp"),
    )
