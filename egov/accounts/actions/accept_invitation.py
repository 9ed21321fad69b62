"""A person uses the link that an administrator gave them."""

from axes.handlers.proxy import AxesProxyHandler
from django.utils.translation import gettext as _

from egov.accounts import rules
from egov.accounts.actions.change_password import refuse_same
from egov.accounts.login import invitation, sessions
from egov.accounts.models import User
from egov.workflow.action import action
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal


class InvitationSpent(Refusal):
    """The link was used, replaced by a newer one, or is too old."""

    status = 410


@action("accounts.accept_invitation", allowed=rules.may_accept_invitation)
def accept_invitation(actor: Performer, user: User, *, proof: str, password: str) -> User:
    """Set the password by the one-time link; whoever was signed in with the account is signed out everywhere.

    A lock-out by wrong passwords ends: they were guesses at the old one.

    The proof is checked again under the lock, so a form sent twice sets one password.
    """
    if not invitation.holds(user, proof):
        raise InvitationSpent(
            _("Liên kết này đã được dùng hoặc đã hết hạn. Hãy xin quản trị viên liên kết mới.")
        )
    refuse_same(user, password)
    user.set_password(password)
    user.must_change_password = False
    user.invited_at = None
    user.save(update_fields=["password", "must_change_password", "invited_at"])
    sessions.end_all(user)
    AxesProxyHandler.reset_attempts(username=user.username)
    return user
