"""A person known by their account alone: before they act in a position, or while they hold none."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from egov.accounts.models import User


@dataclass(frozen=True)
class Person:
    """Performer of what a person does with their own account; see egov.workflow.performer."""

    user: User | None
    address: str = ""
    second_factor: bool = False
    # A system never signs in to an account.
    machine_key: ClassVar[str] = ""

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user else None

    @property
    def agency_id(self) -> int | None:
        """None: an account belongs to no agency."""
        return None

    @property
    def caption(self) -> str:
        return self.user.full_name if self.user else _("Khách chưa đăng nhập")

    def administers(self, _user: User) -> bool:
        """Nobody: administration needs a position."""
        return False
