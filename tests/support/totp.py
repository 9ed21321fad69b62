"""What a person's authenticator shows."""

import time

from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice


def code_of(device: TOTPDevice, *, steps: int = 0) -> str:
    """The six digits that the authenticator shows now, or ``steps`` half-minutes later."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time() + steps * device.step
    return f"{totp.token():06d}"


def wrong_code_of(device: TOTPDevice) -> str:
    """Six digits that the authenticator shows at no moment near now."""
    near = {code_of(device, steps=steps) for steps in range(-2, 3)}
    return next(
        code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in near
    )
