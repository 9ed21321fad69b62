"""The registry presents an incoming document to a leader (Decree 30/2020, Art. 23)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from documents import rules
from documents.actions.inform import tell
from documents.enums import DeliveryState
from documents.models import Delivery
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal


class NotALeaderHere(Refusal):
    """A document is presented to a leader, or the head of office, who serves in this agency today."""


@action("documents.present", allowed=rules.may_present)
def present(actor: Actor, delivery: Delivery, *, to: Membership, at: datetime) -> Delivery:
    """Present a registered document to a leader; once more to another one as long as nobody has directed it.

    Raises NotALeaderHere.
    """
    serves = to.agency_id == delivery.agency_id and to.holds_on(timezone.localdate(at)) and to.user.is_active
    if not serves or to.role not in (Role.LEADER, Role.OFFICE_HEAD):
        raise NotALeaderHere(_("Chỉ trình được cho lãnh đạo hoặc chánh văn phòng đang công tác tại cơ quan."))
    delivery.presented_to = to
    delivery.presented_at = delivery.presented_at or at
    delivery.save(update_fields=["presented_to", "presented_at"])
    caption = f"{to.user.full_name}, {to.position}"
    note = _("Trình %(leader)s") % {"leader": caption}
    if delivery.state == DeliveryState.REGISTERED:
        move(delivery, to=DeliveryState.PRESENTED, by=actor, at=at, note=note)
    else:
        delivery.note_step(by=actor, at=at, note=note)
    tell([to], delivery, event="presented", text=_("Văn bản đến được trình xin ý kiến chỉ đạo"))
    return delivery
