"""The only place that changes a dossier's times: each change is an event that stays (rule 26)."""

from datetime import datetime
from typing import Any

from egov.workflow.performer import Performer
from onestop.enums import ClockEventKind
from onestop.models import ClockEvent, Dossier

TIMES = ("received_at", "due_at", "finished_at", "returned_at")


def note_times(
    dossier: Dossier, kind: ClockEventKind, *, by: Performer, at: datetime, reason: str = "", **times: Any
) -> ClockEvent:
    """Write the event and let the dossier's times follow it; times that are not named stay as they are.

    ``times`` are of ``received_at, due_at, finished_at, returned_at``. The caller holds the dossier's lock.
    The database refuses times that differ from the last event's.
    """
    unknown = set(times) - set(TIMES)
    if unknown:
        raise TypeError(f"not times of a dossier: {sorted(unknown)}")
    for name, moment in times.items():
        setattr(dossier, name, moment)
    event = ClockEvent.objects.create(
        dossier=dossier,
        kind=kind,
        at=at,
        reason=reason,
        user_id=by.user_id,
        person=by.caption,
        **{name: getattr(dossier, name) for name in TIMES},
    )
    dossier.save(update_fields=list(TIMES))
    return event
