"""Close a month: its figures are kept, and no event may be dated into it any more (rule 27)."""

from datetime import date, datetime, timedelta

import structlog
from django.db import connection, transaction
from django.db.models import Min
from django.utils import timezone

from egov.audit.record import record
from egov.workflow.performer import SYSTEM
from onestop.models import ClosedMonth, MonthFigure, Spell
from onestop.queries.statistics.count import counted
from onestop.queries.statistics.figures import COLUMNS
from onestop.queries.statistics.period import Period, next_month

log = structlog.get_logger(__name__)

# Whatever began before midnight is committed or timed out long before (statements: one minute).
PATIENCE = timedelta(hours=1)
# One closing at a time, in the whole province.
LOCK = 766_2022
BATCH = 1_000


def close_months(at: datetime) -> list[date]:
    """Close every month that has ended and is still open, oldest first; returns their first days.

    May run any number of times, in any number of workers at once.
    """
    closed = []
    while (first := _next_to_close()) is not None and Period.month(first, at - PATIENCE).is_over:
        if _close(first, at):
            closed.append(first)
    return closed


@transaction.atomic
def _close(first: date, at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if ClosedMonth.objects.filter(first_day=first).exists():
        return False
    period = Period.month(first, at)
    # First the seal, then the numbers: an event that slips in before it is counted, after it is refused.
    month = ClosedMonth.objects.create(first_day=first, ended_at=period.ends_at, closed_at=at)
    rows = [
        MonthFigure(
            month=month,
            agency_id=agency,
            procedure_id=procedure,
            **{name: getattr(figures, name) for name in COLUMNS},
        )
        for (agency, procedure), figures in counted(period).items()
    ]
    MonthFigure.objects.bulk_create(rows, batch_size=BATCH)
    record(SYSTEM, "onestop.close_month", month, rows=len(rows))
    log.info("month_closed", month=str(first), rows=len(rows))
    return True


def _next_to_close() -> date | None:
    """The month after the last closed one, or that of the first dossier; None when there is nothing yet."""
    last = ClosedMonth.objects.values_list("first_day", flat=True).first()
    if last is not None:
        return next_month(last)
    first = Spell.objects.aggregate(first=Min("since"))["first"]
    return timezone.localdate(first).replace(day=1) if first else None
