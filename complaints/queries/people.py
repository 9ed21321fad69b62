"""Who may decide about a matter, who may handle it, and who takes in what another body sends."""

from datetime import date

from complaints.enums import DutyKind
from complaints.models import Duty, Matter
from complaints.rules.conflict import may_author_decide, tie_to
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Membership
from egov.organizations.queries.people import holders

HANDLERS = (DutyKind.HANDLING, DutyKind.PROTECTED)


def approvers(matter: Matter, *, but: int | None, on: date) -> list[Membership]:
    """Leaders of the agency who may decide about the matter: not the person named, nobody who is tied."""
    leaders = holders(matter.agency, on, Role.LEADER).exclude(user=but)
    return [one for one in leaders if may_author_decide(matter, one) or tie_to(matter, one) is None]


def possible_handlers(matter: Matter, on: date) -> list[Membership]:
    """Who of the agency was appointed to handle letters and is not tied to this one."""
    duties = Duty.objects.current(on).filter(membership__agency=matter.agency, kind__in=HANDLERS)
    members = Membership.objects.filter(pk__in=duties.values("membership")).select_related("user", "agency")
    return [one for one in members.order_by("user__full_name", "pk") if tie_to(matter, one) is None]


def at_the_door(agency: Agency, *, is_protected: bool, on: date) -> list[Membership]:
    """Who of an agency takes in what others send: its intake, or the keepers of its protected register."""
    kind = DutyKind.PROTECTED if is_protected else DutyKind.INTAKE
    duties = Duty.objects.current(on).filter(membership__agency=agency, kind=kind)
    return list(Membership.objects.filter(pk__in=duties.values("membership")).select_related("user"))
