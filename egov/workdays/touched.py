"""Which promised terms a change of working time would touch: each business app says so for its own.

The list is for a person to look at before confirming. The change itself moves nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.workdays.actions.set_hours import set_hours
from egov.workdays.calendar import Week
from egov.workdays.models import Holiday


@dataclass(frozen=True, slots=True)
class TouchedTerm:
    """One open term: whose, where to see it, when it is due now, when it would be due if counted anew."""

    label: str
    url: str
    old: datetime
    new: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """A change of working time: whose (None: the province's), from which day to which (None: on)."""

    agency_id: int | None
    since: date
    until: date | None = None


Finder = Callable[[Change], list[TouchedTerm]]

_finders: dict[str, Finder] = {}


def register_touched(name: str, function: Finder) -> None:
    """Ask this app too (from ``AppConfig.ready``).

    ``function`` is called in a transaction in which the change is already made and which is then undone: a
    calendar that it loads counts with the change.
    """
    _finders[name] = function


def touched_by_setting(holiday: Holiday) -> list[TouchedTerm]:
    """What an unsaved day would touch, soonest first."""
    with _tried_only():
        Holiday.objects.update_or_create(
            day=holiday.day,
            agency=holiday.agency,
            defaults={"kind": holiday.kind, "name": holiday.name, "source": holiday.source},
        )
        return _ask(_day(holiday))


def touched_by_removing(holiday: Holiday) -> list[TouchedTerm]:
    """What would be touched if the day became an ordinary one again, soonest first."""
    with _tried_only():
        Holiday.objects.filter(pk=holiday.pk).delete()
        return _ask(_day(holiday))


def touched_by_hours(
    actor: Actor, scope: Agency | None, *, week: Week | None, since: date, at: datetime
) -> list[TouchedTerm]:
    """What these hours would touch from that day on, soonest first. Raises what ``set_hours`` does."""
    with _tried_only():
        set_hours(actor, scope, week=week, since=since, at=at)
        return _ask(Change(scope.pk if scope else None, since))


def _day(holiday: Holiday) -> Change:
    return Change(holiday.agency_id, holiday.day, holiday.day)


def _ask(change: Change) -> list[TouchedTerm]:
    found = [term for function in _finders.values() for term in function(change) if term.new != term.old]
    return sorted(found, key=lambda term: (term.old, term.label))


@contextmanager
def _tried_only() -> Iterator[None]:
    """A transaction that is always undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
