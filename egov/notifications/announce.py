"""What happened that people outside the office should hear of: a business says it, the portal listens.

So a business app needs to know nothing of the portal: the portal registers at start, and what it writes down
is in the transaction of what happened. Nothing happened, nobody is told; it happened, they are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """One occasion. ``event`` and ``key`` together name it: it is told to the same person once."""

    event: str
    key: str
    # Whom it concerns, by personal number.
    people: tuple[str, ...]
    # Which agency answers for it: its staff see whether people were reached.
    agency_id: int
    # What it is about, as the person knows it: number and name.
    subject_code: str
    subject_name: str
    at: datetime
    # What the person has to know besides: days and moments, as ISO text.
    facts: Mapping[str, str] = field(default_factory=dict)


Listener = Callable[[Announcement], None]
_LISTENERS: list[Listener] = []


def listen(listener: Listener) -> None:
    """Hear of every announcement from now on; once, however often it is asked for."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def announce(announcement: Announcement) -> None:
    """Say it to whoever listens, in the caller's transaction."""
    for listener in _LISTENERS:
        listener(announcement)
