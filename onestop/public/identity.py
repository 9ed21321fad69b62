"""Who stands at the door: a person as the electronic identity vouches for them."""

from dataclasses import dataclass

from onestop.rules import Citizen


@dataclass(frozen=True, kw_only=True)
class Identity:
    """A person as the electronic identity vouches for them."""

    personal_number: str
    name: str
    level: int
    address: str = ""

    @property
    def citizen(self) -> Citizen:
        """The same for rules and actions."""
        return Citizen(self.personal_number, self.name, self.level, self.address)
