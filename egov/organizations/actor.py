"""Who acts: a person in a position, for an agency, with or without a second factor, from somewhere."""

from dataclasses import dataclass

from django.utils import timezone

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
    # ``app:code`` of the duties of the position, as the request read them: for what is shown, never a rule.
    duties: frozenset[str] = frozenset()
    # Prefix of the key, when it is not the person but a system of their agency that acts in the position.
    machine_key: str = ""

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

    def administers(self, user: User, /) -> bool:
        """Whether the accounts of this person are in the actor's care.

        An agency's administrator looks after people who serve in that agency alone: whoever also serves
        elsewhere, or administers the system, could otherwise be impersonated beyond the agency.
        """
        if self.is_(Role.SYSTEM_ADMIN):
            return True
        held = list(Membership.objects.current(timezone.localdate()).filter(user=user))
        return (
            self.is_(Role.AGENCY_ADMIN)
            and bool(held)
            and all(one.agency_id == self.agency.pk and one.role != Role.SYSTEM_ADMIN for one in held)
        )


@dataclass(frozen=True)
class SignedOut:
    """A visitor who has not signed in, or who holds no position today: sees nothing, may do nothing."""

    address: str = ""
    user: User | None = None
    user_id: int | None = None
    agency_id: int | None = None
    caption: str = ""
    second_factor: bool = False
    machine_key: str = ""

    def is_(self, *_roles: Role) -> bool:
        return False
