"""What the national portal can be told and asked (domain: 3.3); every call may be made again without harm."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """A dossier as the portal's list has it."""

    number: str
    code: int
    sequence: int


class NationalPortal(Protocol):
    """Raises Unavailable and Rejected (egov.exchange). A call that returns was acknowledged in full."""

    def next_number(self, reference: str, *, known_as: str) -> str:
        """The portal's number of our dossier ``reference``; the same again for the same reference.

        ``known_as`` is what the portal itself called it when the dossier came from there.
        """

    def upload(self, content: bytes, *, sha256: str, name: str, media_type: str) -> str:
        """Hand a file over; its id there. The same hash gives the same id."""

    def open_dossier(self, number: str, content: Content) -> None:
        """Announce the dossier."""

    def tell_progress(self, number: str, sequence: int, content: Content) -> None:
        """Say what was done, by which agency."""

    def tell_status(self, number: str, sequence: int, content: Content) -> str:
        """Say the status; the portal's id of the event."""

    def updated_on(self, day: date) -> Iterator[Standing]:
        """Every dossier of ours that the portal says changed on that day."""
