"""A person makes new backup codes."""

from django.utils.translation import gettext as _

from egov.accounts import rules
from egov.accounts.login.otp import has_second_factor, new_backup_codes
from egov.accounts.models import User
from egov.accounts.rules import Verified
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class NoAuthenticator(Refusal):
    """Backup codes stand in for an authenticator, so there must be one."""


@action("accounts.regenerate_backup_codes", allowed=rules.may_regenerate_backup_codes)
def regenerate_backup_codes(actor: Verified, user: User) -> list[str]:
    """New backup codes, shown to the person once; the older ones stop working."""
    if not has_second_factor(user):
        raise NoAuthenticator(_("Hãy liên kết ứng dụng xác thực trước khi tạo mã dự phòng."))
    return new_backup_codes(user)
