"""The cast as actors: the same positions, rules and PINs as on the pages, without a browser."""

from dataclasses import dataclass

from documents.management.demo import signins
from documents.management.demo.cast import CAST, post_of
from documents.management.demo.signins import Signins
from egov.organizations.actor import Actor
from egov.organizations.models import Membership


@dataclass(frozen=True)
class People:
    """Whoever appears in the demo, with the PINs that they would type."""

    signins: Signins

    @classmethod
    def read(cls) -> "People":
        """The cast of this installation. Raises NoCast when it was not seeded."""
        known = signins.read()
        if not known.people:
            raise NoCast
        return cls(known)

    def actor(self, username: str) -> Actor:
        """A person of the cast, signed in with a second factor."""
        return acting(post_of(next(part for part in CAST if part.username == username)))

    def pin(self, username: str) -> str:
        """The PIN of a person's own key."""
        return self.signins.person(username).pin

    def seal_pin(self, actor: Actor) -> str:
        """The PIN of the key of the actor's agency."""
        return self.signins.seal(actor.agency.code).pin


class NoCast(Exception):
    """There are no demo sign-ins yet."""


def acting(membership: Membership) -> Actor:
    """Somebody in their position."""
    return Actor(
        user=membership.user,
        membership=membership,
        agency=membership.agency,
        second_factor=True,
        address="127.0.0.1",
    )
