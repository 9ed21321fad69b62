"""Who acts: a person in a position, for an agency, with or without a second factor, from somewhere."""

from dataclasses import dataclass

from egov.accounts.models import User
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Membership


@dataclass(frozen=True)
class Actor:
    """First argument of every action and query. Never a request, never a bare user."""

    user: User
    membership: Membership
    agency: Agency
    second_factor: bool = False
    address: str = ""
    # Every position that the person holds today: what the page head offers to switch to.
    positions: tuple[Membership, ...] = ()

    @property
    def user_id(self) -> int | None:
        return self.user.pk

    @property
    def agency_id(self) -> int | None:
        return self.agency.pk

    @property
    def role(self) -> str:
        return self.membership.role

    @property
    def caption(self) -> str:
        """Name, position and agency in words, as history shows them."""
        return f"{self.user.full_name}, {self.membership.position}, {self.agency.name}"

    def is_(self, *roles: Role) -> bool:
        """Whether the position in use carries one of these roles."""
        return self.membership.role in roles


@dataclass(frozen=True)
class SignedOut:
    """A visitor who has not signed in, or who holds no position today: sees nothing, may do nothing."""

    address: str = ""
    user: User | None = None
    user_id: int | None = None
    agency_id: int | None = None
    caption: str = ""
    second_factor: bool = False

    def is_(self, *_roles: Role) -> bool:
        return False
