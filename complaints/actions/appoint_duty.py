"""Give somebody of the agency a duty with letters and visits, and end it (domain: 7, who may see what)."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import rules
from complaints.enums import DutyKind
from complaints.models import Duty
from egov.notifications.send import Message, tell_members
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

BASIS_LENGTH = 200
ADMINISTRATORS = (Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN)


class DutyNotGiven(Refusal):
    """Not to this person, not from this day, or not without a decision."""


class DutyNotEnded(Refusal):
    """It ended before, or would end before it began."""


@action("complaints.appoint_duty", allowed=rules.may_appoint_duty)
def appoint_duty(
    actor: Actor,  # noqa: ARG001  (the frame records who)
    member: Membership,
    kind: DutyKind,
    *,
    basis: str,
    valid_from: date,
    at: datetime,
) -> Duty:
    """Appoint the holder of a position from a day on. Raises DutyNotGiven.

    Administrators have no duty: who looks after the machine does not read letters (domain: 7).
    """
    basis = clean_line(basis)[:BASIS_LENGTH]
    if not basis:
        raise DutyNotGiven(_("Hãy ghi số, ngày của quyết định phân công."))
    if member.role in ADMINISTRATORS:
        raise DutyNotGiven(_("Quản trị viên không được giao nhiệm vụ về đơn thư."))
    if not member.holds_on(valid_from) or valid_from < timezone.localdate(at):
        raise DutyNotGiven(_("Ngày bắt đầu phải từ hôm nay trở đi và người này còn giữ chức vụ vào ngày đó."))
    if Duty.objects.filter(membership=member, kind=kind, valid_to__isnull=True).exists():
        raise DutyNotGiven(_("Người này đang có nhiệm vụ đó."))
    duty = Duty.objects.create(membership=member, kind=kind, basis=basis, valid_from=valid_from)
    text = _("Quý vị được phân công nhiệm vụ “%(duty)s” từ ngày %(day)s.") % {
        "duty": kind.label,
        "day": f"{valid_from:%d/%m/%Y}",
    }
    tell_members([member], Message(event="complaints.duty_given", text=text, key=str(duty.pk)))
    return duty


@action("complaints.end_duty", allowed=rules.may_end_duty)
def end_duty(actor: Actor, duty: Duty, *, on: date, at: datetime) -> Duty:  # noqa: ARG001
    """End a duty: ``on`` is the first day without it. Raises DutyNotEnded.

    One that has not begun yet is ended on the day after its first: what was decided stays on record.
    """
    if duty.valid_to is not None:
        raise DutyNotEnded(_("Nhiệm vụ này đã kết thúc."))
    if on < timezone.localdate(at) or on <= duty.valid_from:
        raise DutyNotEnded(_("Ngày kết thúc phải từ hôm nay trở đi và sau ngày bắt đầu."))
    duty.valid_to = on
    duty.save(update_fields=["valid_to"])
    return duty
