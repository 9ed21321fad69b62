"""Let an agency's own system in at the machine door."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations import rules
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import MachineKey, Membership
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class NotRegistry(Refusal):
    """A system sends and receives as the registry does, so its key belongs to a registry position."""


class PositionNotHeld(Refusal):
    """A key of a position that nobody holds would open nothing."""


class NameMissing(Refusal):
    """Without a name nobody knows later which system the key is in."""


@action("organizations.issue_machine_key", allowed=rules.may_issue_machine_key)
def issue_machine_key(actor: Actor, membership: Membership, *, name: str, at: datetime) -> MachineKey:
    """Issue a key to a registry position; ``token`` of the answer is the whole key, told this once.

    Several keys of one position may hold at a time, so that a system can change keys without a pause.
    Raises NotRegistry, PositionNotHeld, NameMissing.
    """
    if membership.role != Role.REGISTRY:
        raise NotRegistry(_("Chỉ cấp khóa kết nối cho vị trí văn thư của cơ quan."))
    if not Membership.objects.current(timezone.localdate(at)).filter(pk=membership.pk).exists():
        raise PositionNotHeld(_("Vị trí văn thư này hiện không còn hiệu lực nên không cấp khóa được."))
    if not name.strip():
        raise NameMissing(_("Hãy đặt tên để biết khóa dùng cho hệ thống nào."))
    key = MachineKey.drawn()
    key.membership = membership
    key.name = name.strip()
    key.created_by = actor.membership
    key.created_at = at
    key.save()
    return key
