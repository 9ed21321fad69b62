"""An administrator helps a person who lost both phone and backup codes."""

from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from egov.accounts import rules
from egov.accounts.login import sessions
from egov.accounts.models import User
from egov.accounts.rules import Administrator
from egov.workflow.action import action


@action("accounts.reset_second_factor", allowed=rules.may_administer_account)
def reset_second_factor(actor: Administrator, user: User) -> User:
    """Take the authenticator and the backup codes away and sign the person out everywhere.

    Until they enrol anew they can read, but not sign, number, seal or issue.
    """
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    sessions.end_all(user)
    return user
