"""Who may decide about a matter, who may handle it, and who takes in what another body sends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from complaints.enums import DutyKind, Tie
from complaints.models import Duty, Letter, Matter
from complaints.models.side import sided
from complaints.models.visibility import hidden_from
from complaints.rules.conflict import may_author_decide, ties_of_sides
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Membership
from egov.organizations.queries.people import people_of

HANDLERS = (DutyKind.HANDLING, DutyKind.PROTECTED)


@dataclass(frozen=True, slots=True)
class _Company:
    """Who of an agency leads it or was appointed to handle letters, as they serve, and what ties whom."""

    leaders: tuple[Membership, ...]
    handlers: tuple[Membership, ...]
    ties: Mapping[int, Tie | None]
    hidden_from: frozenset[int]


def approvers(matter: Matter, *, but: int | None, on: date) -> list[Membership]:
    """Leaders of the agency who may decide about the matter: not the person named, nobody who is tied, and
    nobody from whom the letter is hidden."""
    company = _company(matter, on)
    return [
        one
        for one in company.leaders
        if one.user_id != but
        and (may_author_decide(matter, one) or company.ties[one.pk] is None)
        and one.pk not in company.hidden_from
    ]


def possible_handlers(matter: Matter, on: date) -> list[Membership]:
    """Who of the agency was appointed to handle letters and is not tied to this one."""
    company = _company(matter, on)
    free = [one for one in company.handlers if company.ties[one.pk] is None]
    return sorted(free, key=lambda one: (one.user.full_name, one.pk))


def at_the_door(agency: Agency, letter: Letter, *, on: date) -> list[Membership]:
    """Who of an agency takes in this letter, which another sends: its intake, or the keepers of its protected
    register; nobody from whom it is hidden."""
    kind = DutyKind.PROTECTED if letter.is_protected else DutyKind.INTAKE
    duties = Duty.objects.current(on).filter(membership__agency=agency, kind=kind)
    members = Membership.objects.filter(pk__in=duties.values("membership")).select_related("user", "agency")
    found = sided(members, on)
    hidden = hidden_from({one.pk: (one.user_id, side) for one, side in found}, letter)
    return [one for one, _side in found if one.pk not in hidden]


def _company(matter: Matter, on: date) -> _Company:
    """Asked once for a page's many forms: kept on the row, which lives no longer than one request or one
    locked action."""
    kept: dict[tuple[int, date], _Company] = matter.__dict__.setdefault("_companies", {})
    key = (matter.agency_id, on)
    if key not in kept:
        kept[key] = _find_company(matter, on)
    return kept[key]


def _find_company(matter: Matter, on: date) -> _Company:
    duties = Duty.objects.current(on).filter(membership__agency=matter.agency_id, kind__in=HANDLERS)
    serving = people_of(matter.agency, on).filter(Q(role=Role.LEADER) | Q(pk__in=duties.values("membership")))
    found = sided(serving.select_related("user", "department", "agency"), on)
    hidden = hidden_from({one.pk: (one.user_id, side) for one, side in found}, matter.letter)
    return _Company(
        leaders=tuple(one for one, _side in found if one.role == Role.LEADER),
        handlers=tuple(one for one, side in found if side.duties & set(HANDLERS)),
        ties=ties_of_sides(matter, found, hidden),
        hidden_from=hidden,
    )
