"""Who may do what with an account."""

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from egov.accounts.login.otp import has_second_factor
from egov.accounts.models import User, UserSession
from egov.workflow.performer import Performer
from egov.workflow.verdict import ALLOWED, Verdict, refused

OWN_ONLY = _("Chỉ chủ tài khoản được làm việc này.")


class Verified(Performer, Protocol):
    """A performer of whom is known whether they gave a second factor."""

    @property
    def second_factor(self) -> bool: ...


class Administrator(Verified, Protocol):
    """A performer who may look after the accounts of others (``organizations.Actor``)."""

    def administers(self, user: User, /) -> bool: ...


def may_change_own_account(actor: Performer, user: User) -> Verdict:
    """The person themselves, while the account is in use: password, contact details, language, sessions."""
    return ALLOWED if user.is_active and actor.user_id == user.pk else refused(OWN_ONLY)


def may_end_session(actor: Performer, session: UserSession) -> Verdict:
    """The person whose session it is."""
    return ALLOWED if actor.user_id == session.user_id else refused(OWN_ONLY)


def may_enrol_second_factor(actor: Verified, user: User) -> Verdict:
    """The person themselves; to replace an authenticator they must have signed in with it."""
    own = may_change_own_account(actor, user)
    if own and has_second_factor(user) and not actor.second_factor:
        return refused(
            _("Muốn thay ứng dụng xác thực, hãy đăng nhập bằng mã của ứng dụng đang dùng hoặc mã dự phòng.")
        )
    return own


def may_regenerate_backup_codes(actor: Verified, user: User) -> Verdict:
    """The person themselves, signed in with the second factor."""
    own = may_change_own_account(actor, user)
    if own and not actor.second_factor:
        return refused(_("Hãy đăng nhập bằng xác thực hai lớp trước khi tạo mã dự phòng."))
    return own


def may_administer_account(actor: Administrator, user: User) -> Verdict:
    """An administrator in charge of the person, signed in with a second factor; never of themselves."""
    if actor.user_id == user.pk:
        return refused(_("Không thể tự quản trị tài khoản của mình; hãy nhờ quản trị viên khác."))
    if not user.is_active:
        return refused(_("Tài khoản này đã ngừng hoạt động."))
    if not actor.administers(user):
        return refused(_("Chỉ quản trị viên phụ trách người này được làm việc này."))
    if not actor.second_factor:
        return refused(_("Hãy đăng nhập bằng xác thực hai lớp trước khi quản trị tài khoản của người khác."))
    return ALLOWED


def may_accept_invitation(actor: Performer, user: User) -> Verdict:
    """The person invited, as long as the invitation stands."""
    if user.is_active and user.invited_at is not None and actor.user_id == user.pk:
        return ALLOWED
    return refused(_("Liên kết này không còn dùng được."))
