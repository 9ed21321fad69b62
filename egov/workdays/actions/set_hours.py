"""Set the working hours of an agency, or of the province, from a day on."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import pairwise

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from egov.audit.record import record
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.workdays import rules
from egov.workdays.calendar import Week, Window, time_of
from egov.workdays.models import WorkingHours
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class InThePast(Refusal):
    """Terms were counted with the hours of past days."""


class WindowsOverlap(Refusal):
    """Two stretches of work of one day overlap."""


class NothingWorked(Refusal):
    """No term could ever end."""


@action("workdays.set_hours", allowed=rules.may_change_working_time)
def set_hours(
    actor: Actor, scope: Agency | None, *, week: Week | None, since: date, at: datetime
) -> Agency | None:
    """From ``since`` on these hours hold, whatever was planned for later; None: those from above hold again.

    Hours that held before stay as they were. Raises InThePast, WindowsOverlap, NothingWorked.
    """
    if since < timezone.localdate(at):
        raise InThePast(_("Giờ làm việc mới chỉ được áp dụng từ hôm nay trở đi."))
    if week is not None:
        _require_sound(week)
    _lock()
    rows = WorkingHours.objects.filter(agency=scope)
    rows.filter(valid_from__gte=since).delete()
    rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=since)).update(valid_to=since)
    WorkingHours.objects.bulk_create(
        WorkingHours(
            agency=scope,
            weekday=weekday,
            opens=time_of(window.opens),
            closes=time_of(window.closes),
            valid_from=since,
        )
        for weekday, windows in enumerate(week or ())
        for window in windows
    )
    now = [f"{weekday} {window}" for weekday, windows in enumerate(week or ()) for window in windows]
    record(actor, "workdays.hours_set", scope or "province", since=f"{since}", now=now)
    return scope


def _lock() -> None:
    """One change of hours at a time: those of the province have no row to lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('working_hours'))")


def _require_sound(week: Week) -> None:
    if not any(week):
        raise NothingWorked(_("Mỗi tuần phải có ít nhất một buổi làm việc."))
    if any(_overlap(windows) for windows in week):
        raise WindowsOverlap(_("Các buổi làm việc trong một ngày không được chồng lên nhau."))


def _overlap(windows: Iterable[Window]) -> bool:
    return any(after.opens < before.closes for before, after in pairwise(sorted(windows)))
