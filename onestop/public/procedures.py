"""What may be filed: the published catalogue, and when something would be due."""

from datetime import date, datetime

from django.utils import timezone

from egov.files.store import read_checked
from onestop.public.papers import ResultFile
from onestop.queries import published, published_lists
from onestop.queries.published import LifeEventEntry, ProcedureDetail, ProcedureEntry
from onestop.queries.published_lists import CatalogueChoices, DueExplained, MonthShare, ProcedurePage

MOST_FOUND = 50


def list_procedures(
    on: date, *, sector: str = "", level: str = "", applicant: str = "", online: str = ""
) -> tuple[ProcedureEntry, ...]:
    """All that may be filed on that day; each argument narrows it."""
    rows = published.published(on, sector=sector, level=level, applicant=applicant, online=online)
    return tuple(map(published.entry_of, rows))


def find_procedures(text: str, on: date) -> tuple[ProcedureEntry, ...]:
    """At most 50, by words without accents or by code."""
    return tuple(map(published.entry_of, published.published(on, text=text)[:MOST_FOUND]))


def procedure(code: str, on: date) -> ProcedureDetail:
    """A procedure in full as it is on that day. Raises ProcedureUnknown."""
    return published.detail_of(published.version_of_code(code, on))


def procedure_page(
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
    """So many procedures from that place on, by name, and how many there are; each argument narrows it.

    ``agency`` is the code of the one that decides.
    """
    return published_lists.page(
        on,
        start=start,
        count=count,
        text=text,
        sector=sector,
        level=level,
        applicant=applicant,
        online=online,
        agency=agency,
    )


def catalogue_choices(on: date) -> CatalogueChoices:
    """What a list of procedures can be narrowed by on that day."""
    return published_lists.choices(on)


def most_used_procedures(on: date, count: int) -> tuple[ProcedureEntry, ...]:
    """What most dossiers came in for in the last year of closed months."""
    return published_lists.most_used(on, count)


def newest_month() -> MonthShare | None:
    """What came in, what was solved and how much of it in time, in the last closed month."""
    return published_lists.newest_month()


def related_procedures(code: str, on: date) -> tuple[ProcedureEntry, ...]:
    """Procedures of the same events in a life. Raises ProcedureUnknown."""
    return published_lists.related(code, on)


def procedure_form(code: str, requirement_id: int, on: date) -> ResultFile:
    """The blank form of a line of what to bring. Raises ProcedureUnknown."""
    line = published_lists.form_of(code, requirement_id, on)
    file = line.form
    assert file is not None  # noqa: S101  (only lines with a form are found)
    return ResultFile(line.form_name or line.name, read_checked(file), file.sha256, file.media_type)


def explain_due(
    code: str, case_id: int, channel: str, submitted_at: datetime, *, agency_code: str = ""
) -> DueExplained:
    """When something handed in at that moment is due, each day counted or skipped told with its reason.

    Counted in the working time of that agency, else of the deciding one. Raises ProcedureUnknown, NoSuchWay.
    """
    on = timezone.localdate(submitted_at)
    return published_lists.explained_due(code, case_id, channel, submitted_at, agency_code=agency_code, on=on)


def list_life_events(on: date) -> tuple[LifeEventEntry, ...]:
    """What happens in a life, with its procedures."""
    return tuple(published.life_events(on))
