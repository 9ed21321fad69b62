"""Second step: a code from the person's authenticator, or one of their backup codes."""

import re
import secrets
from base64 import b32encode
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from egov.accounts.models import User
from egov.accounts.person import Person
from egov.audit.record import record
from egov.workflow.refusal import Refusal

TOTP_CODE = re.compile(r"[0-9]{6}")
# Letters of a backup code: none that look like another one.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
BACKUP_CODE_LENGTH = 10


class WrongCode(Refusal):
    """The code is not the one that the authenticator shows now, or was used before."""

    status = 422


class TryAgainLater(Refusal):
    """Too many wrong codes in a row: the next one is looked at only after a while."""

    status = 429


def has_second_factor(user: User) -> bool:
    """Whether the person has enrolled an authenticator."""
    enrolled: bool = TOTPDevice.objects.filter(user=user, confirmed=True).exists()
    return enrolled


def verify_code(user: User, code: str, *, address: str) -> Device:
    """The device that accepts the code, which is then spent.

    Raises WrongCode, or TryAgainLater while django-otp makes the person wait. The device's row is locked
    while it decides, so of codes sent at the same moment only one is looked at.
    """
    device = _device_for(user, code)
    if device is None:
        raise WrongCode(_("Mã không đúng. Hãy nhập mã đang hiện trong ứng dụng xác thực."))
    _refuse_while_waiting(device)
    backup = isinstance(device, StaticDevice)
    accepted = verify_token(user, device.persistent_id, backup_digest(user, code) if backup else code)
    performer = Person(user=user, address=address)
    if accepted is None:
        record(performer, "accounts.second_factor_failed", user)
        raise WrongCode(_wrong(backup=backup))
    if backup:
        record(
            performer,
            "accounts.backup_code_used",
            user,
            left=StaticToken.objects.filter(device=device).count(),
        )
    return accepted


def new_backup_codes(user: User) -> list[str]:
    """Fresh backup codes in place of all older ones: to be shown once, only their digests are kept."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name=_("Mã dự phòng"), confirmed=True)
    codes = [_random_code() for _index in range(settings.BACKUP_CODES)]
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=backup_digest(user, code)) for code in codes
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def backup_digest(user: User, code: str) -> str:
    """What is stored for a backup code: a keyed digest in the 16 characters that django-otp has room for.

    80 bits over a code of 49 bits, keyed with SECRET_KEY: a stolen database alone opens nothing. Changing
    SECRET_KEY makes backup codes (not authenticators) worthless.
    """
    digest = salted_hmac(
        "egov.accounts.backup_code", f"{user.pk}:{_plain(code)}", algorithm="sha256"
    ).digest()
    return b32encode(digest)[:16].decode().lower()


def grouped_key(device: TOTPDevice) -> str:
    """The authenticator's secret for typing in by hand: base 32 in groups of four."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _plain(code: str) -> str:
    return re.sub(r"[\s-]", "", code).lower()


def _random_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _index in range(BACKUP_CODE_LENGTH))


def _device_for(user: User, code: str) -> Device | None:
    kind = TOTPDevice if TOTP_CODE.fullmatch(code) else StaticDevice
    device: Device | None = kind.objects.filter(user=user, confirmed=True).order_by("pk").first()
    return device


def _refuse_while_waiting(device: Device) -> None:
    allowed, why = device.verify_is_allowed()
    if not allowed:
        until: datetime = why["locked_until"]
        raise TryAgainLater(
            _("Đã nhập sai nhiều lần. Hãy thử lại sau %(time)s.")
            % {"time": date_format(timezone.localtime(until), "H:i:s")}
        )


def _wrong(*, backup: bool) -> str:
    if backup:
        return _("Mã dự phòng không đúng hoặc đã được dùng.")
    return _("Mã không đúng hoặc đã được dùng. Hãy nhập mã đang hiện trong ứng dụng xác thực.")
