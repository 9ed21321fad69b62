"""What the national database can be told and asked; every call may be made again without harm.

==================================================  ==================================================
``PUT /records/{reference}/events/{sequence}``      the content → reference, sequence, revision, id
``GET /records?updated_on=2026-03-02&page=1``       results: reference and sequence of what changed;
                                                    more: whether there are further pages
==================================================  ==================================================

The interface that Decree 55/2022/NĐ-CP provides for is not published: addresses and field names are ours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """A record as the national database's list has it: told of up to which event."""

    reference: str
    sequence: int


class NationalDatabase(Protocol):
    """Raises Unavailable and Rejected (egov.exchange). A call that returns was acknowledged in full."""

    def tell(self, content: Content) -> str:
        """Say what happened; the database's id of the event. The same content again changes nothing."""

    def updated_on(self, day: date) -> Iterator[Known]:
        """Every record of ours that the database says changed on that day."""
