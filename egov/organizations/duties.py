"""Duties that other apps give to positions: read with the position in one statement, for the navigation."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet

from egov.organizations.enums import Role
from egov.organizations.models import Membership

# Chánh văn phòng: the head of the whole office, not of a room in it.
HEAD_OF_OFFICE = "organizations:head_of_office"
# Codes of the duties that the position of the outer query holds that day.
Held = Callable[[date], QuerySet[Any, str]]

_held: dict[str, Held] = {}


def read_with_positions(app: str, held: Held) -> None:
    """Have an app's duties read with each position (from ``AppConfig.ready``)."""
    _held[f"duties_of_{app}"] = held


def with_duties(positions: QuerySet[Membership], on: date) -> QuerySet[Membership]:
    """The positions with what ``duties_of`` reads."""
    return positions.annotate(**{name: ArraySubquery(held(on)) for name, held in _held.items()})


def duties_of(position: Membership) -> frozenset[str]:
    """``app:code`` of every duty of a position read ``with_duties``, and what its post says itself."""
    given = {
        f"{name.removeprefix('duties_of_')}:{code}" for name in _held for code in getattr(position, name, ())
    }
    heads_office = position.role == Role.OFFICE_HEAD and position.department_id is None
    return frozenset(given | {HEAD_OF_OFFICE} if heads_office else given)
