"""Calendars of agencies from the tables of hours and holidays, in two queries however many they are."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import MINYEAR, date
from types import MappingProxyType

from django.db.models import DateField, Q, SmallIntegerField, TimeField, Value

from egov.organizations.models import Agency, Placement
from egov.workdays.calendar import ORDINARY_WEEK, Calendar, SpecialDay, Week, Window
from egov.workdays.models import Holiday, WorkingHours

# Whose rows hold, nearest first; the province's own (no agency) come last.
Chain = tuple[int | None, ...]
PROVINCE: Chain = (None,)


def calendar_of(agency: Agency | None, first_day: date) -> Calendar:
    """The working time of one agency; of the province at large when there is none.

    Holds everything known from the beginning of the year before ``first_day``, without an end, so a term may
    run as far as it likes. Earlier days raise OutsideCalendar. Load it once and use it for every row.
    """
    if agency is None:
        return _calendars([], first_day)[None]
    return calendars_of([agency], first_day)[agency.pk]


def calendars_of(agencies: Iterable[Agency], first_day: date) -> dict[int, Calendar]:
    """The same for many agencies, by primary key; agencies with the same working time share one calendar."""
    return calendars_by_key((agency.pk for agency in agencies), first_day)


def calendars_by_key(keys: Iterable[int], first_day: date) -> dict[int, Calendar]:
    """The same for agencies of which only the keys are at hand."""
    found = _calendars(list(keys), first_day)
    return {key: calendar for key, calendar in found.items() if key is not None}


def calendars_of_all(first_day: date) -> tuple[Calendar, dict[int, Calendar]]:
    """The province's, and that of every agency that has had a place in the tree."""
    found = _calendars(None, first_day)
    return found.pop(None), {key: calendar for key, calendar in found.items() if key is not None}


def _calendars(keys: list[int] | None, first_day: date) -> dict[int | None, Calendar]:
    """By key, the province's by None; without ``keys`` those of every agency in the tree."""
    first = date(max(first_day.year - 1, MINYEAR), 1, 1)
    chains = _chains(keys, first)
    hours, holidays = _hours_and_holidays(chains, first)
    announced = [
        row.day.year for row in holidays if row.agency_id is None and row.kind == Holiday.Kind.CLOSED
    ]
    known_to = date(max(announced), 12, 31) if announced else None
    shared: dict[object, Calendar] = {}
    found: dict[int | None, Calendar] = {}
    for key, steps in chains.items():
        weeks, special = _weeks(steps, hours), _special_days(steps, holidays)
        same = (weeks, frozenset(special.items()))
        if same not in shared:
            shared[same] = Calendar(weeks, MappingProxyType(special), first.year, known_to=known_to)
        found[key] = shared[same]
    return found


def _chains(keys: list[int] | None, first: date) -> dict[int | None, list[tuple[date, Chain]]]:
    """For each agency whose rows hold from which day on: agencies move in the tree."""
    chains: dict[int | None, list[tuple[date, Chain]]] = {key: [(first, (key, None))] for key in keys or ()}
    chains[None] = [(first, PROVINCE)]
    still_there = Q(valid_to__isnull=True) | Q(valid_to__gt=first)
    places = Placement.objects.filter(still_there).order_by("valid_from")
    for place in places if keys is None else places.filter(agency__in=keys):
        upwards = [int(key) for key in place.path.split("/") if key][::-1]
        steps = chains.setdefault(place.agency_id, [(first, (place.agency_id, None))])
        if place.valid_from <= first:
            steps.clear()
        steps.append((max(first, place.valid_from), (*upwards, None)))
    return chains


def _hours_and_holidays(
    chains: dict[int | None, list[tuple[date, Chain]]], first: date
) -> tuple[dict[int | None, list[WorkingHours]], list[Holiday]]:
    """The rows that may hold for these agencies, in one statement: weekly hours and single days."""
    involved = {key for steps in chains.values() for _day, chain in steps for key in chain if key is not None}
    in_scope = Q(agency__isnull=True) | Q(agency__in=involved)
    still_open = Q(valid_to__isnull=True) | Q(valid_to__gt=first)
    of_hours = ("agency_id", "valid_from", "valid_to", "weekday", "opens", "closes")
    of_days = ("agency_id", "day", "no_end", "no_weekday", "no_time", "no_time", "kind", "name")
    weekly = WorkingHours.objects.filter(in_scope, still_open).order_by()
    special = Holiday.objects.filter(in_scope, day__gte=first).order_by()
    special = special.annotate(
        no_end=Value(None, DateField()),
        no_weekday=Value(None, SmallIntegerField()),
        no_time=Value(None, TimeField()),
    )
    rows = weekly.values_list(*of_hours, Value(""), Value("")).union(special.values_list(*of_days), all=True)
    hours: dict[int | None, list[WorkingHours]] = defaultdict(list)
    holidays = []
    for agency, day, end, weekday, opens, closes, kind, name in rows:
        if kind:
            holidays.append(Holiday(agency_id=agency, day=day, kind=kind, name=name))
        else:
            hours[agency].append(
                WorkingHours(
                    agency_id=agency,
                    valid_from=day,
                    valid_to=end,
                    weekday=weekday,
                    opens=opens,
                    closes=closes,
                )
            )
    return hours, holidays


def _chain_on(steps: list[tuple[date, Chain]], day: date) -> Chain:
    return next(chain for since, chain in reversed(steps) if since <= day)


def _weeks(
    steps: list[tuple[date, Chain]], hours: dict[int | None, list[WorkingHours]]
) -> tuple[tuple[date, Week], ...]:
    """The hours from each day on which they change: the nearest agency with rows on a day gives them all."""
    first = steps[0][0]
    changes = {since for since, _chain in steps}
    for key in {key for _since, chain in steps for key in chain}:
        for row in hours[key]:
            changes |= {row.valid_from} | ({row.valid_to} if row.valid_to else set())
    weeks: list[tuple[date, Week]] = []
    for day in sorted({max(first, change) for change in changes}):
        week = _week_on(_chain_on(steps, day), hours, day)
        if not weeks or weeks[-1][1] != week:
            weeks.append((day, week))
    return tuple(weeks)


def _week_on(chain: Chain, hours: dict[int | None, list[WorkingHours]], day: date) -> Week:
    for key in chain:
        rows = [
            row for row in hours[key] if row.valid_from <= day and (not row.valid_to or day < row.valid_to)
        ]
        if rows:
            monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
                tuple(sorted(Window.of(row.opens, row.closes) for row in rows if row.weekday == weekday))
                for weekday in range(7)
            )
            return (monday, tuesday, wednesday, thursday, friday, saturday, sunday)
    return ORDINARY_WEEK


def _special_days(steps: list[tuple[date, Chain]], holidays: list[Holiday]) -> dict[date, SpecialDay]:
    """The days that differ for this agency; on each the row of the nearest agency holds."""
    nearest: dict[date, tuple[int, SpecialDay]] = {}
    for row in holidays:
        chain = _chain_on(steps, row.day)
        if row.agency_id not in chain:
            continue
        distance = chain.index(row.agency_id)
        if row.day not in nearest or distance < nearest[row.day][0]:
            special = SpecialDay(works=row.kind == Holiday.Kind.WORKING, name=row.name)
            nearest[row.day] = (distance, special)
    return {day: special for day, (_distance, special) in nearest.items()}
