"""Shut an agency's own system out again."""

from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations import rules
from egov.organizations.actor import Actor
from egov.organizations.models import MachineKey
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class KeyAlreadyRevoked(Refusal):
    """The key was revoked before."""


@action("organizations.revoke_machine_key", allowed=rules.may_revoke_machine_key)
def revoke_machine_key(actor: Actor, key: MachineKey, *, at: datetime) -> MachineKey:
    """Revoke a key: the next request with it is refused. Raises KeyAlreadyRevoked."""
    if key.revoked_at is not None:
        raise KeyAlreadyRevoked(_("Khóa kết nối này đã được thu hồi trước đó."))
    key.revoked_at = at
    key.save(update_fields=["revoked_at"])
    return key
