"""Chips of dossiers: the state in words with its tone, where one is, until when."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone

from egov.organizations.enums import Role
from onestop.enums import DossierState
from onestop.models import Apology, Dossier
from onestop.states import RUNNING

register = template.Library()

S = DossierState
TONES = {
    S.FILED: "waiting",
    S.RECEIVED: "moving",
    S.PROCESSING: "moving",
    S.SUPPLEMENT: "waiting",
    S.DUTY: "waiting",
    S.STOPPED: "stopped",
    S.REFUSED: "stopped",
    S.WITHDRAWN: "stopped",
    S.DONE: "done",
    S.RETURNED: "done",
}
# A dossier that was refused or withdrawn owes nobody a result, and one that is stopped is not late meanwhile.
COUNTS_AS_LATE = frozenset({*RUNNING, S.DONE, S.RETURNED})


@register.inclusion_tag("components/c_chip.html")
def dossier_chip(dossier: Dossier) -> dict[str, Any]:
    """The state in words."""
    return {"text": dossier.get_state_display(), "tone": TONES[DossierState(dossier.state)]}


@register.filter
def local_day(moment: datetime | None) -> date | None:
    """The day of a moment in Viet Nam."""
    return timezone.localdate(moment) if moment else None


@register.filter
def is_urging(dossier: Dossier) -> bool:
    """Whether the clock runs, so that days left mean something."""
    return dossier.state in RUNNING


@register.filter
def is_late_with_apology(dossier: Dossier) -> bool:
    """Whether the day that was promised before the one apology has passed without a result (domain: 3.5).

    The new day may still lie ahead: towards the first one the dossier stays late. Rows come with ``apology``.
    """
    apology: Apology | None = getattr(dossier, "apology", None)
    if apology is None or dossier.state not in COUNTS_AS_LATE:
        return False
    reached = dossier.finished_at or timezone.now()
    return timezone.localdate(reached) > timezone.localdate(apology.old_due_at)


@register.filter
def role_words(code: str) -> str:
    """What a role is called."""
    return str(Role(code).label)
