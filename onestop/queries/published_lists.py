"""The catalogue in lists, as the public looks through it: by page, by use, by what goes together."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from egov.organizations.enums import AgencyKind, Level
from egov.organizations.models import Agency
from egov.workdays.explain import DayLine
from egov.workflow.refusal import Refusal
from onestop.deadlines import Promise, counted_days
from onestop.enums import ApplicantKind, Channel, OnlineLevel
from onestop.models import MonthFigure, Procedure, ProcedureVersion, Requirement, Sector
from onestop.queries.published import (
    ProcedureEntry,
    ProcedureUnknown,
    entry_of,
    published,
    version_of_code,
    version_with_cases,
)
from onestop.queries.statistics.published import published_month, published_months

# Figures of so many closed months say what is filed most.
MONTHS = 12
MOST_RELATED = 12
Choice = tuple[str, str]


class NoSuchWay(Refusal):
    """The procedure has no such case, or cannot be filed that way."""

    status = 404


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """Some procedures of a list, and how many it has in all."""

    entries: tuple[ProcedureEntry, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CatalogueChoices:
    """What a list of procedures can be narrowed by: stored value and words of each."""

    sectors: tuple[Choice, ...]
    agencies: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    applicants: tuple[Choice, ...]
    online_levels: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class DueExplained:
    """When something handed in would be due, and each day of the term; ``due_at`` None: no appointment."""

    received_at: datetime
    due_at: datetime | None
    days: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True)
class MonthShare:
    """A closed month of the province in three figures; ``in_time`` in per cent of what had an appointment."""

    first_day: date
    received: int | None
    solved: int | None
    in_time: float | None


def page(
    on: date,
    *,
    start: int,
    count: int,
    text: str = "",
    sector: str = "",
    level: str = "",
    applicant: str = "",
    online: str = "",
    agency: str = "",
) -> ProcedurePage:
    """So many procedures from that place on, by name; ``agency`` (its code): those that it decides."""
    rows = published(on, text=text, sector=sector, level=level, applicant=applicant, online=online)
    if agency:
        rows = _decided_by(rows, Agency.objects.filter(code=agency).first())
    return ProcedurePage(tuple(map(entry_of, rows[start : start + count])), rows.count())


def choices(on: date) -> CatalogueChoices:
    """Only what leads to something: sectors and agencies that have procedures on that day."""
    procedures = Procedure.objects.filter(versions__in=ProcedureVersion.objects.accepting(on))
    sectors = Sector.objects.filter(procedures__in=procedures).distinct().order_by("name")
    agencies = Agency.objects.filter(procedures__in=procedures).distinct().order_by("name")
    levels = set(procedures.order_by().values_list("level", flat=True).distinct())
    return CatalogueChoices(
        sectors=tuple(sectors.values_list("code", "name")),
        agencies=tuple(agencies.values_list("code", "name")),
        levels=tuple((code, str(words)) for code, words in Level.choices if code in levels),
        applicants=tuple((code, str(words)) for code, words in ApplicantKind.choices),
        online_levels=tuple((code, str(words)) for code, words in OnlineLevel.choices),
    )


def most_used(on: date, count: int) -> tuple[ProcedureEntry, ...]:
    """Procedures in force that most dossiers came in for in the last closed months, the most used first."""
    months = MonthFigure.objects.order_by("-month__first_day").values("month_id").distinct()[:MONTHS]
    received = Sum(F("received_online") + F("received_counter") + F("received_post"))
    figures = MonthFigure.objects.filter(month__in=[row["month_id"] for row in months]).order_by()
    ranked = figures.values_list("procedure").annotate(received=received).filter(received__gt=0)
    keys = [key for key, _received in ranked.order_by("-received", "procedure")[: count * 2]]
    by_procedure = {row.procedure_id: row for row in published(on).filter(procedure__in=keys)}
    return tuple(entry_of(by_procedure[key]) for key in keys if key in by_procedure)[:count]


def newest_month() -> MonthShare | None:
    """The last closed month; a figure that could point at a person is left out (rule 55)."""
    first_day = next(iter(published_months()), None)
    month = published_month(first_day) if first_day else None
    if month is None:
        return None
    in_time = month.total.on_time_share
    return MonthShare(
        month.first_day, month.total.received, month.total.solved, None if in_time is None else in_time * 100
    )


def related(code: str, on: date) -> tuple[ProcedureEntry, ...]:
    """Other procedures of the same events in a life. Raises ProcedureUnknown."""
    procedure = version_of_code(code, on).procedure
    events = procedure.life_events.all()
    rows = published(on).filter(procedure__life_events__in=events).exclude(procedure=procedure).distinct()
    return tuple(map(entry_of, rows[:MOST_RELATED]))


def form_of(code: str, requirement_id: int, on: date) -> Requirement:
    """The line of a procedure in force whose blank form is asked for. Raises ProcedureUnknown."""
    version = version_of_code(code, on)
    line = Requirement.objects.filter(pk=requirement_id, case__version=version, form__isnull=False)
    found = line.select_related("form").first()
    if found is None:
        raise ProcedureUnknown(_("Không có mẫu đơn, tờ khai này."))
    return found


def explained_due(
    code: str, case_id: int, channel: str, submitted_at: datetime, *, agency_code: str, on: date
) -> DueExplained:
    """Each day of the term of something handed in then, counted or skipped, at that agency's working time.

    Without an agency the deciding one's. Raises ProcedureUnknown, NoSuchWay.
    """
    version = version_with_cases(code, on)
    case = next((one for one in version.cases.all() if one.pk == case_id), None)
    agency = Agency.objects.existing(on).filter(code=agency_code).first() if agency_code else None
    agency = agency or version.procedure.agency
    rules = [one for one in case.channel_rules.all() if one.channel == channel] if case else []
    rule = next((one for one in rules if not one.variant), rules[0] if rules else None)
    if rule is None or channel not in Channel:
        raise NoSuchWay(_("Thủ tục này không có trường hợp hoặc cách nộp đã chọn."))
    promise, days = counted_days(rule, version, agency, submitted_at)
    return _told(promise, days)


def _told(promise: Promise, days: tuple[DayLine, ...]) -> DueExplained:
    return DueExplained(promise.received_at, promise.due_at, days)


def _decided_by(rows: QuerySet[ProcedureVersion], agency: Agency | None) -> QuerySet[ProcedureVersion]:
    if agency is None:
        return rows.none()
    own = Q(procedure__agency=agency)
    # A committee below the province decides what the province lists for its level.
    if agency.kind == AgencyKind.PEOPLES_COMMITTEE and agency.level != Level.PROVINCE:
        own |= Q(procedure__level=agency.level)
    return rows.filter(own)
