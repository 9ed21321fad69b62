"""Working minutes as SQL counts them: calendars as rows, so that no dossier is looked at alone.

Every day carries the minutes worked before it since the first one: what lies between two moments is the
difference of two numbers, and a stop takes off another such difference (egov/workdays/calendar.py counts the
same one by one).
"""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from egov.workdays.calendar import Calendar

# Tables of a statement; the last is ``spent`` (dossier_id, minutes): working minutes between two moments of
# each dossier, stops left out. They want ``taken`` (dossier_id, agency_id, began_at, ended_at).
SPENT = """
    days AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(%(days)s::jsonb)
            AS d(calendar int, day date, before int, opens int[], closes int[])
    ), kept AS MATERIALIZED (
        SELECT agency_id::bigint, calendar FROM unnest(%(agencies)s::bigint[], %(calendars)s::int[])
            AS k(agency_id, calendar)
    ), moments AS (
        SELECT dossier_id, agency_id, began_at AS at, -1 AS sign FROM taken
        UNION ALL
        SELECT dossier_id, agency_id, ended_at, 1 FROM taken
        UNION ALL
        SELECT t.dossier_id, agency_id, at, sign
        FROM taken t
        JOIN onestop_stop s ON s.dossier_id = t.dossier_id
            AND s.started_at < t.ended_at AND coalesce(s.ended_at, t.ended_at) > t.began_at
        CROSS JOIN LATERAL (VALUES
            (greatest(s.started_at, t.began_at), 1),
            (least(coalesce(s.ended_at, t.ended_at), t.ended_at), -1)
        ) v(at, sign)
    ), told AS (
        SELECT dossier_id, coalesce(kept.calendar, 0) AS calendar, sign, (at AT TIME ZONE %(zone)s) AS at
        FROM moments LEFT JOIN kept USING (agency_id)
    ), spent AS (
        SELECT dossier_id, greatest(0, sum(sign * (before + coalesce((
            SELECT sum(greatest(least(
                extract(hour FROM at)::int * 60 + extract(minute FROM at)::int, w.closes) - w.opens, 0))
            FROM unnest(opens, closes) AS w(opens, closes)
        ), 0)))) AS minutes
        FROM told JOIN days ON days.calendar = told.calendar AND days.day = told.at::date
        GROUP BY dossier_id
    )
"""


def first_moment(first: date) -> datetime:
    """Dossiers begun before the first day are not measured."""
    return datetime.combine(first, time.min, timezone.get_default_timezone())


def calendar_values(
    usual: Calendar, first: date, last: date, *, by_agency: Mapping[int, Calendar] | None = None
) -> dict[str, Any]:
    """The values that ``SPENT`` wants: the days of each different calendar, and whose is which.

    An agency that is not in ``by_agency`` keeps the usual one.
    """
    numbers = {usual: 0}
    whose = {key: numbers.setdefault(one, len(numbers)) for key, one in (by_agency or {}).items()}
    days = [row for calendar, number in numbers.items() for row in _days(calendar, number, first, last)]
    return {
        "days": json.dumps(days),
        "agencies": list(whose),
        "calendars": list(whose.values()),
        "zone": settings.TIME_ZONE,
        "since": first_moment(first),
    }


def _days(calendar: Calendar, number: int, first: date, last: date) -> list[dict[str, Any]]:
    rows, before = [], 0
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        windows = calendar.windows(day)
        rows.append(
            {
                "calendar": number,
                "day": day.isoformat(),
                "before": before,
                "opens": [one.opens for one in windows],
                "closes": [one.closes for one in windows],
            }
        )
        before += sum(len(one) for one in windows)
    return rows
