"""Which state may follow which, as data."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class StateTable:
    """Allowed steps of one kind of thing: ``{from: {to, …}}``; states without followers are final."""

    name: str
    steps: Mapping[str, frozenset[str]]
    initial: str

    def __post_init__(self) -> None:
        unknown = {to for followers in self.steps.values() for to in followers} - set(self.steps)
        if unknown or self.initial not in self.steps:
            raise ImproperlyConfigured(f"State table {self.name}: unknown states {sorted(unknown)}")

    def allows(self, before: str, after: str) -> bool:
        """Whether ``after`` may follow ``before``."""
        return after in self.steps.get(before, frozenset())

    def before(self, after: str) -> list[str]:
        """States from which ``after`` may be reached: the guard of a set-based move."""
        return sorted(state for state, followers in self.steps.items() if after in followers)
