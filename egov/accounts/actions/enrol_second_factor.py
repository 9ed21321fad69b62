"""A person links an authenticator with their account."""

from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from egov.accounts import rules
from egov.accounts.login import sessions
from egov.accounts.login.otp import WrongCode, new_backup_codes
from egov.accounts.models import User
from egov.accounts.rules import Verified
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class NothingToEnrol(Refusal):
    """The form was sent twice, or its page is old."""


def offered_device(user: User) -> TOTPDevice:
    """The authenticator that the enrolment page offers: one a person, of no use before its first code."""
    device: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=False).order_by("-pk").first()
    if device is None:
        device = TOTPDevice.objects.create(user=user, name=_("Ứng dụng xác thực"), confirmed=False)
    return device


@action("accounts.enrol_second_factor", allowed=rules.may_enrol_second_factor)
def enrol_second_factor(
    actor: Verified, user: User, *, code: str, here: str | None
) -> tuple[TOTPDevice, list[str]]:
    """Put the offered authenticator to use, in place of an older one; returns it with new backup codes.

    Sessions other than ``here`` end: they were opened without it.
    """
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).order_by("-pk").first()
    if device is None:
        raise NothingToEnrol(_("Ứng dụng xác thực đã được liên kết. Hãy tải lại trang."))
    if not device.verify_token(code):
        raise WrongCode(_("Mã không đúng. Hãy kiểm tra đồng hồ của điện thoại rồi nhập mã đang hiện."))
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    sessions.end_all(user, but=here)
    return device, new_backup_codes(user)
