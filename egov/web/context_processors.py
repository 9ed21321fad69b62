"""What the head of every page shows: navigation by role and duties, who acts, in which position."""

from typing import Any

from django.http import HttpRequest

from egov.web.navigation import Link, links_for


def page(request: HttpRequest) -> dict[str, Any]:
    """``page`` for base/office.html; error pages shown before the actor is known get an empty one."""
    return {"page": Page(request)}


class Page:
    """Worked out only when a template asks, so that a partial costs nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        # Set by ActorMiddleware; missing where an earlier middleware answered.
        self.actor: Any = getattr(request, "actor", None)

    @property
    def signed_in(self) -> bool:
        """Whether a person is signed in."""
        return getattr(self.actor, "user", None) is not None

    @property
    def has_position(self) -> bool:
        """Whether the person holds a position today; without one there is nothing to navigate to."""
        return getattr(self.actor, "membership", None) is not None

    @property
    def positions(self) -> list[Any]:
        """The positions between which the person may switch."""
        return list(getattr(self.actor, "positions", ()))

    @property
    def navigation(self) -> list[Link]:
        """Main navigation of the position in use."""
        if not self.has_position:
            return []
        return links_for(self.actor.membership.role, self._request.path, self.actor.duties)

    @property
    def here(self) -> str:
        """Address of this page with its filters: where a form of the page head comes back to."""
        return self._request.get_full_path()
