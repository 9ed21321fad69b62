"""The QR code of a slip: an address that leads to the public lookup and fills in code and secret.

Both stand behind the ``#``: a browser never sends that part, so no server, proxy or log gets to know it,
and the page takes it out of the address at once. Slips of before the portal say the bare code.
"""

from dataclasses import dataclass

from django.conf import settings

# Longer than any address of ours; the rest of a text is not looked at.
LONGEST = 300


@dataclass(frozen=True, slots=True)
class SlipCode:
    """What a scanner, a camera or a hand has read off a slip; ``secret`` may be missing."""

    code: str
    secret: str = ""


def lookup_address(code: str, secret: str = "") -> str:
    """What the QR code says; the bare code as long as the installation's portal has no address."""
    if not settings.PORTAL_URL:
        return code
    return f"{settings.PORTAL_URL}/lookup/#{code}{'/' if secret else ''}{secret}"


def read_slip(text: str) -> SlipCode:
    """Code and secret of a scanned address, or the code alone as it was typed."""
    plain = "".join(letter for letter in text[:LONGEST] if letter.isprintable()).strip()
    _address, mark, fragment = plain.partition("#")
    if not mark:
        return SlipCode(plain)
    code, _slash, secret = fragment.partition("/")
    return SlipCode(code.strip(), secret.strip())
