"""The VietQR code on a slip: who scans it in a banking app finds account, amount and purpose filled in.

An EMVCo merchant-presented code with the template of NAPAS (“QR switching”, part IV, 1.5.2): each field is
two digits of name, two digits of length and its value; a checksum over everything closes the code.
"""

import re
import unicodedata
from io import BytesIO

import segno

# NAPAS in the register of application identifiers; its service “transfer to an account”.
NAPAS, TO_ACCOUNT = "A000000727", "QRIBFTTA"
DONG, VIET_NAM = "704", "VN"
STATIC, DYNAMIC = "11", "12"
BANK = re.compile(r"\d{6}")
ACCOUNT = re.compile(r"[0-9A-Z]{1,19}")
# Longer purposes are cut off by banks, and letters with marks are dropped by some.
PURPOSE_LENGTH = 25
# The one Vietnamese letter that decomposition does not take apart.
D_WITH_STROKE = str.maketrans("Đđ", "Dd")
MOST_DONG = 9_999_999_999_999
QUIET_ZONE = 4  # modules that the standard leaves white around the code


def payload(*, bank: str, account: str, amount: int | None = None, purpose: str = "") -> str:
    """The text of the code: ``bank`` is the six-digit number of the network, ``amount`` in dong.

    Without an amount the payer types one. Raises ValueError for what no bank could read.
    """
    if not BANK.fullmatch(bank):
        raise ValueError(f"a bank has six digits, not {bank!r}")
    if not ACCOUNT.fullmatch(account):
        raise ValueError(f"an account has 1 to 19 digits or capitals, not {account!r}")
    if amount is not None and not 0 < amount <= MOST_DONG:
        raise ValueError(f"{amount} dong cannot be transferred")
    beneficiary = _field("00", bank) + _field("01", account)
    words = purpose_of(purpose)
    text = (
        _field("00", "01")
        + _field("01", STATIC if amount is None else DYNAMIC)
        + _field("38", _field("00", NAPAS) + _field("01", beneficiary) + _field("02", TO_ACCOUNT))
        + _field("53", DONG)
        + (_field("54", str(amount)) if amount is not None else "")
        + _field("58", VIET_NAM)
        + (_field("62", _field("08", words)) if words else "")
        + "6304"
    )
    return f"{text}{checksum(text.encode('ascii')):04X}"


def purpose_of(words: str) -> str:
    """Words as every bank passes them on: plain letters and digits, at most 25.

    Of a longer text the end is kept: that is where a dossier's code has its date and serial.
    """
    bare = unicodedata.normalize("NFKD", words).translate(D_WITH_STROKE)
    plain = re.sub(r"[^0-9A-Za-z ]", "", bare)
    return plain[-PURPOSE_LENGTH:].strip()


def checksum(data: bytes) -> int:
    """CRC-16/CCITT-FALSE (polynomial 0x1021, beginning with 0xFFFF), as EMVCo asks."""
    value = 0xFFFF
    for byte in data:
        value ^= byte << 8
        for _bit in range(8):
            value = (value << 1) ^ 0x1021 if value & 0x8000 else value << 1
            value &= 0xFFFF
    return value


def picture(text: str) -> bytes:
    """The code as SVG, to be sent as a file: black on white, readable from a screen and from paper."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=QUIET_ZONE, light="#fff", omitsize=True
    )
    return out.getvalue()


def _field(name: str, value: str) -> str:
    return f"{name}{len(value):02d}{value}"
