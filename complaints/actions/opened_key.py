"""Opens a person's key with their passphrase, inside the step that needs it; wrong ones are counted."""

from django.conf import settings
from django.utils.translation import gettext as _

from complaints.models import SealingKey
from egov.sealing.personal_key import OpenedKey, WrongPassphrase, open_key
from egov.signing.pin_guard import PinGuard
from egov.workflow.refusal import Refusal


class PassphraseRefused(Refusal):
    """The passphrase is wrong, or was wrong too often."""


def pepper() -> bytes:
    """The server's part: a copy of the database alone gives nothing to try passphrases on."""
    return settings.SIGNING_PEPPER.encode()


def opened(key: SealingKey, passphrase: str) -> OpenedKey:
    """The private key, for the length of the step. Raises PassphraseRefused.

    After too many wrong ones the key stays closed for ever: a new one and recovery (or a second custodian)
    take its place. The count outlives a rollback and cannot be run against in parallel (PinGuard).
    """
    if key.closed_at is not None:
        raise PassphraseRefused(_("Khóa này đã thôi dùng."))
    counted_as = bytes(key.public_key).hex()
    with PinGuard(counted_as, limit=settings.SIGNING_PIN_ATTEMPTS) as guard:
        if guard.is_locked:
            raise PassphraseRefused(_("Khóa đã bị chặn vì nhập sai nhiều lần. Hãy phục hồi sang khóa mới."))
        try:
            private = open_key(key.locked, passphrase, pepper=pepper())
        except WrongPassphrase:
            left = guard.wrong()
            raise PassphraseRefused(
                _("Mật khẩu mở khóa không đúng. Còn %(left)s lần thử.") % {"left": left}
            ) from None
        guard.right()
    return private
