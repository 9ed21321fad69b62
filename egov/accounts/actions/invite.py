"""An administrator lets a person set their password."""

from django.utils import timezone

from egov.accounts import rules
from egov.accounts.login import invitation
from egov.accounts.models import User
from egov.accounts.rules import Administrator
from egov.workflow.action import action


@action("accounts.invite", allowed=rules.may_administer_account)
def invite(actor: Administrator, user: User) -> tuple[str, str]:
    """Make a one-time link for the person and return its two parts (for ``accounts:invitation_accept``).

    An older link stops working. The password in use stays until the new one is set; a second factor stays.
    """
    user.invited_at = timezone.now()
    user.save(update_fields=["invited_at"])
    return invitation.link_parts(user)
