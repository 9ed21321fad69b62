"""A settlement is suspended by decision and goes on by decision, with the days that it had left (rule 24)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import deadlines
from complaints.actions.reckon import give_order, reckon
from complaints.enums import MatterState
from complaints.models import Matter, Suspension
from complaints.models.order import OrderKind, SuspensionGround
from complaints.models.term import TermKey
from complaints.rules import settlement as rules
from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal


class NotSuspendable(Refusal):
    """The law in force when the letter arrived knows no suspension of such a case, or no reason is given."""


class NotSuspended(Refusal):
    """Its clock does not stand still."""


@action("complaints.suspend", allowed=rules.may_suspend)
def suspend(
    actor: Actor, matter: Matter, *, ground: SuspensionGround, reason: str, at: datetime
) -> Suspension:
    """Stop the clock from today on. Raises NotSuspendable."""
    if not reason.strip():
        raise NotSuspendable(_("Hãy ghi lý do tạm đình chỉ."))
    denounces = matter.kind in deadlines.DENOUNCING
    key = TermKey.DENUNCIATION_SUSPEND if denounces else TermKey.COMPLAINT_SUSPEND
    if deadlines.find_term(key, deadlines.law_day(matter.letter)) is None:
        raise NotSuspendable(
            _("Pháp luật áp dụng cho đơn nhận ngày %(day)s không có tạm đình chỉ giải quyết.")
            % {"day": f"{deadlines.law_day(matter.letter):%d/%m/%Y}"}
        )
    assert matter.settle_ends_on is not None  # noqa: S101  (what is being settled has a term)
    on = timezone.localdate(at)
    order = give_order(actor, matter, OrderKind.SUSPEND, reason=reason, at=at)
    suspension = Suspension.objects.create(
        matter=matter,
        order=order,
        ground=ground,
        started_on=on,
        remaining_days=(matter.settle_ends_on - on).days,
    )
    move(matter, to=MatterState.SUSPENDED, by=actor, at=at, note=f"{order.notation}: {order.reason}")
    reckon(actor, matter, reason=f"{order.notation}: {order.reason}", at=at)
    return suspension


@action("complaints.resume", allowed=rules.may_resume)
def resume(actor: Actor, matter: Matter, *, reason: str, at: datetime) -> Suspension:
    """Let the clock run on from today with the days that were left. Raises NotSuspended."""
    suspension = matter.suspensions.filter(ended_on__isnull=True).first()
    if suspension is None:
        raise NotSuspended(_("Đơn không bị tạm đình chỉ."))
    order = give_order(actor, matter, OrderKind.RESUME, reason=reason, at=at)
    suspension.ended_on, suspension.resumed_by = timezone.localdate(at), order
    suspension.save(update_fields=["ended_on", "resumed_by"])
    move(matter, to=MatterState.SETTLING, by=actor, at=at, note=f"{order.notation}: {order.reason}")
    reckon(actor, matter, reason=f"{order.notation}: {order.reason}", at=at)
    return suspension
