"""The file with the demo's passwords, authenticator keys and PINs: made at seeding, for its owner alone."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings

# Without letters and digits that look alike.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
PIN_DIGITS = 6
NAME = "demo-signins.json"


def new_password() -> str:
    """Four groups of four, about 78 bits: easy to type, not to guess."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def new_pin() -> str:
    """Six digits."""
    return "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))


@dataclass(frozen=True, slots=True)
class Signin:
    """How a person of the cast signs in, and the PIN of their signing key (empty for who does not sign)."""

    username: str
    full_name: str
    position: str
    agency: str
    agency_code: str
    role: str
    password: str
    totp_key: str
    pin: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """The PIN of an agency's key, which its registry types."""

    agency: str
    agency_code: str
    pin: str


@dataclass(frozen=True, slots=True)
class Signins:
    """Everything in the file."""

    people: list[Signin] = field(default_factory=list)
    seals: list[Seal] = field(default_factory=list)

    def person(self, username: str) -> Signin:
        """One person's sign-in. Raises KeyError."""
        for one in self.people:
            if one.username == username:
                return one
        raise KeyError(username)

    def seal(self, agency_code: str) -> Seal:
        """One agency's seal. Raises KeyError."""
        for one in self.seals:
            if one.agency_code == agency_code:
                return one
        raise KeyError(agency_code)


def path() -> Path:
    """Where the file is."""
    return Path(settings.VAR_DIR) / NAME


def read() -> Signins:
    """What the file says; empty when there is none yet."""
    try:
        content = json.loads(path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Signins()
    return Signins(
        people=[Signin(**row) for row in content["people"]],
        seals=[Seal(**row) for row in content["seals"]],
    )


def write(signins: Signins) -> None:
    """Put the file in place whole, readable by its owner only (0600)."""
    place = path()
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(signins), file, ensure_ascii=False, indent=2)
    fresh.replace(place)
