"""Which open appointments a change of working time touches: for a person to see; none is moved (rule 16)."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from egov.organizations.models import Placement
from egov.workdays.load_calendar import calendars_of
from egov.workdays.touched import Change, TouchedTerm
from onestop import deadlines
from onestop.models import Dossier
from onestop.states import RUNNING


def touched_dossiers(change: Change) -> list[TouchedTerm]:
    """Dossiers whose clock runs over those days in their scope: appointment as it is, and counted anew."""
    dossiers = list(
        _running_over(change)
        .select_related("version", "channel_rule", "receiving_agency")
        .prefetch_related("stops", "clock_events")
    )
    if not dossiers:
        return []
    earliest = min(timezone.localdate(one.submitted_at) for one in dossiers)
    calendars = calendars_of({one.receiving_agency for one in dossiers}, earliest)
    found = []
    for dossier in dossiers:
        new = deadlines.recounted(dossier, calendars[dossier.receiving_agency_id])
        if new is not None and dossier.due_at is not None:
            found.append(
                TouchedTerm(
                    str(dossier), reverse("onestop:dossier_received", args=[dossier.pk]), dossier.due_at, new
                )
            )
    return found


def _running_over(change: Change) -> QuerySet[Dossier]:
    running = Dossier.objects.filter(state__in=RUNNING, due_at__date__gte=change.since)
    if change.until is not None:
        running = running.filter(submitted_at__date__lte=change.until)
    if change.agency_id is None:
        return running
    places = Placement.objects.filter(agency=change.agency_id).values_list("path", flat=True)
    below = Placement.objects.none()
    for path in places:
        below |= Placement.objects.filter(path__startswith=path)
    return running.filter(receiving_agency__in=below.values("agency"))
