"""The one search box of the office finds more than one kind of thing: each app adds its part of the answer.

Every finder limits its rows to what the actor may see; this layer only puts the parts one below the other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of thing that was found: ``template`` shows ``rows``; ``all_url`` lists the rest, if any."""

    heading: object
    template: str
    rows: Sequence[Any]
    all_url: str = ""
    all_label: object = ""


# From the actor and the words that were typed; None where nothing was found, or nothing may be seen.
Finder = Callable[[Any, str], Finding | None]
_finders: dict[str, Finder] = {}


def find_with(name: str, finder: Finder) -> None:
    """Add a part (from ``AppConfig.ready``); the same name twice is one."""
    _finders[name] = finder


def found_with(actor: Any, words: str) -> list[Finding]:
    """The parts that have something to show, in the order of their names."""
    parts = (_finders[name](actor, words) for name in sorted(_finders))
    return [part for part in parts if part is not None]
