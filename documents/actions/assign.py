"""The head of a unit gives the unit's part on to its people (second part of the law's handling slip)."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from documents import rules
from documents.actions.inform import tell
from documents.enums import AssignmentRole
from documents.models import Assignment, Delivery
from documents.rules.incoming import parts_held_by_unit
from egov.organizations.actor import Actor
from egov.organizations.models import Membership
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class AssignmentNotAcceptable(Refusal):
    """The person or the deadline does not fit the unit's part."""


@action("documents.assign", allowed=rules.may_assign)
def assign(
    actor: Actor,
    delivery: Delivery,
    *,
    member: Membership,
    role: AssignmentRole = AssignmentRole.LEAD,
    due_on: date | None = None,
    at: datetime,
) -> Assignment:
    """Give the unit's part to one of its people; one of them leads. Raises AssignmentNotAcceptable."""
    on = timezone.localdate(at)
    (part,) = parts_held_by_unit(actor, delivery)
    if member.department_id != part.department_id or not member.holds_on(on):
        raise AssignmentNotAcceptable(_("Chỉ phân công cho người đang công tác tại đơn vị mình."))
    if due_on and (due_on < on or (part.due_on and due_on > part.due_on)):
        raise AssignmentNotAcceptable(_("Hạn phải từ hôm nay và không sau hạn giao cho đơn vị."))
    if part.given_on.filter(member=member).exists():
        raise AssignmentNotAcceptable(_("Người này đã được phân công."))
    if role == AssignmentRole.LEAD and part.given_on.filter(role=AssignmentRole.LEAD).exists():
        raise AssignmentNotAcceptable(_("Trong đơn vị đã có một người chủ trì; mỗi cấp chỉ có một."))
    given = Assignment.objects.create(
        directive_id=part.directive_id, within=part, role=role, member=member, due_on=due_on or part.due_on
    )
    name = f"{member.user.full_name}, {member.position}"
    delivery.note_step(
        by=actor,
        at=at,
        note=_("Phân công %(name)s (%(role)s)") % {"name": name, "role": AssignmentRole(role).label},
    )
    tell(
        [member],
        delivery,
        event="assigned",
        text=_("Được phân công xử lý văn bản đến"),
        key=str(given.pk),
    )
    return given
