"""Parts of a letter's page that other files fill: each a partial with what it needs, in order.

A file of views makes one with ``@panel(order)``; complaints/urls.py imports it, so that it is on the page.
Orders: 10 to 29 processing, 30 to 69 settlement, 70 to 79 the seal, 80 and on what one looks up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form

from complaints.models import Matter
from egov.organizations.actor import Actor

# Forms that were refused and come back as they were typed, by the name of their step.
Refused = Mapping[str, Form]


@dataclass(frozen=True)
class Part:
    """One part of the page. Its template finds the context as ``part``: keys of two panels never collide."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    # In the narrow column beside the work: what one reads, not what one does.
    is_aside: bool = False
    # It has a step that the matter waits for: the first such part of a page shows its button as the main one.
    has_next: bool = False


Panel = Callable[[Actor, Matter, Refused], Part | None]
_panels: dict[str, tuple[int, Panel]] = {}


def panel(order: int) -> Callable[[Panel], Panel]:
    """Put a panel on the page of every matter; it gives None where it has nothing to say to the actor."""

    def keep(function: Panel) -> Panel:
        _panels[f"{function.__module__}.{function.__qualname__}"] = (order, function)
        return function

    return keep


def parts(actor: Actor, matter: Matter, refused: Refused) -> list[Part]:
    """What the page shows the actor of this matter, in order."""
    ordered = sorted(_panels.items(), key=lambda entry: (entry[1][0], entry[0]))
    found = (function(actor, matter, refused) for _name, (_order, function) in ordered)
    return [part for part in found if part is not None]


def leading(shown: list[Part]) -> Part | None:
    """The part whose next step is the page's: there is one main button, however many panels have steps."""
    return next((part for part in shown if part.has_next), None)
