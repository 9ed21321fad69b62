"""Who acts, as far as the workflow and the audit log need to know."""

from typing import Protocol


class Performer(Protocol):
    """A person (``organizations.Actor``) or the system itself."""

    @property
    def user_id(self) -> int | None:
        """Account of the person; None for the system."""

    @property
    def agency_id(self) -> int | None:
        """Agency that the person acts for; None for the system."""

    @property
    def caption(self) -> str:
        """Name and position in words, as history shows them."""

    @property
    def address(self) -> str:
        """Network address of the request; empty for the system."""

    @property
    def machine_key(self) -> str:
        """Prefix of the key with which a system came in for the person; empty when they act themselves."""


class System:
    """The system acting by itself: arrivals, sweeps, alerts."""

    user_id = None
    agency_id = None
    caption = "Hệ thống"
    address = ""
    machine_key = ""


SYSTEM = System()
