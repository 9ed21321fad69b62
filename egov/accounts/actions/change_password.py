"""A person changes their password."""

from django.contrib.auth.hashers import check_password
from django.utils.translation import gettext as _

from egov.accounts import rules
from egov.accounts.login import sessions
from egov.accounts.models import User
from egov.workflow.action import action
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal


class SamePassword(Refusal):
    """The new password is the old one."""

    status = 422


@action("accounts.change_password", allowed=rules.may_change_own_account)
def change_password(actor: Performer, user: User, *, password: str, here: str | None) -> User:
    """Set a new password and sign the person out everywhere but ``here`` (a session's key).

    The door has made sure of the old password (``login.password.proves_identity``, which counts failures).
    """
    refuse_same(user, password)
    user.set_password(password)
    user.must_change_password = False
    user.invited_at = None
    user.save(update_fields=["password", "must_change_password", "invited_at"])
    sessions.end_all(user, but=here)
    return user


def refuse_same(user: User, password: str) -> None:
    """A change that changes nothing protects nobody."""
    if check_password(password, user.password):
        raise SamePassword(_("Mật khẩu mới phải khác mật khẩu đang dùng."))
