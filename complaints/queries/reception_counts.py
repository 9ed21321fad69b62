"""Visits, people, cases and groups counted apart, the head's own receptions apart from a deputy's.

An entry counts in the period in which it was put into the register, in the wording that stood when that
period ended: the correction counts, the corrected line does not, and a correction made later changes no
figure of a period that is over (rule 48). A case is a matter, however many visits it took (rule 47); one
whose first visit lies before the period is an old one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from complaints.enums import ReceptionKind, VisitState
from complaints.models import Visit
from complaints.rules.reception import is_group
from egov.organizations.models import Agency

# What was said is not counted.
WORDS = ("summary", "outcome_words", "group_note")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of what."""

    visits: int = 0
    people: int = 0
    cases: int = 0
    old_cases: int = 0
    groups: int = 0
    group_people: int = 0

    @property
    def new_cases(self) -> int:
        return self.cases - self.old_cases


@dataclass(frozen=True, slots=True)
class ReceptionFigures:
    """All receptions, and those of each occasion; the head's and a deputy's leave out the regular ones."""

    all: Counted
    regular: Counted
    head_scheduled: Counted
    head_unscheduled: Counted
    deputy: Counted
    online: Counted


def reception_figures(agency: Agency, first: date, last: date) -> ReceptionFigures:
    """Receptions of the agency from a day to a day, both included, as they stood when it was over."""
    return figures_of(_as_of(agency, _midnight(first), _midnight(last, days=1)), first)


def figures_of(rows: list[Visit], first: date) -> ReceptionFigures:
    """What these entries come to; cases that began before that day are old ones."""
    old = _began_before(rows, first)

    def of(some: Iterable[Visit]) -> Counted:
        return _counted(list(some), old)

    return ReceptionFigures(
        all=of(rows),
        regular=of(one for one in rows if one.kind == ReceptionKind.REGULAR),
        head_scheduled=of(one for one in rows if one.host_is_head and one.kind == ReceptionKind.SCHEDULED),
        head_unscheduled=of(
            one for one in rows if one.host_is_head and one.kind == ReceptionKind.UNSCHEDULED
        ),
        deputy=of(one for one in rows if not one.host_is_head and one.kind != ReceptionKind.REGULAR),
        online=of(one for one in rows if one.form == "online"),
    )


def _counted(rows: list[Visit], old: frozenset[int]) -> Counted:
    cases = {one.case_id for one in rows}
    groups = [one for one in rows if is_group(one.people)]
    return Counted(
        visits=len(rows),
        people=sum(one.people for one in rows),
        cases=len(cases),
        old_cases=len(cases & old),
        groups=len(groups),
        group_people=sum(one.people for one in groups),
    )


def _as_of(agency: Agency, start: datetime, end: datetime) -> list[Visit]:
    """Entries first closed between two moments, each in its last wording closed before the second."""
    closed = Visit.objects.filter(state=VisitState.CLOSED, ended_at__lt=end).defer(*WORDS)
    current = {one.pk: one for one in closed.filter(agency=agency, corrects=None, ended_at__gte=start)}
    wordings = current
    # A correction may itself be corrected; chains are short.
    while wordings:
        wordings = {one.pk: one for one in closed.filter(corrects__in=wordings)}
        for one in wordings.values():
            assert one.corrects_id is not None  # noqa: S101  (the query asks for it)
            del current[one.corrects_id]
            current[one.pk] = one
    return sorted(current.values(), key=lambda one: one.pk)


def _began_before(rows: list[Visit], first: date) -> frozenset[int]:
    """Cases among these whose first visit lies before that day."""
    roots = {one.root_id for one in rows if one.root_id is not None}
    began = Visit.objects.filter(pk__in=roots, ended_at__lt=_midnight(first))
    return frozenset(began.values_list("pk", flat=True))


def _midnight(day: date, *, days: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time.min))
