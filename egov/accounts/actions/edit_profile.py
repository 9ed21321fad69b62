"""A person keeps their own details."""

from egov.accounts import rules
from egov.accounts.models import User
from egov.workflow.action import action
from egov.workflow.performer import Performer


@action("accounts.edit_profile", allowed=rules.may_change_own_account)
def edit_profile(actor: Performer, user: User, *, email: str, phone: str) -> User:
    """Change how the person can be reached. Their name and sign-in name are the administrator's to change."""
    user.email, user.phone = email, phone
    user.save(update_fields=["email", "phone"])
    return user


@action("accounts.choose_language", allowed=rules.may_change_own_account)
def choose_language(actor: Performer, user: User, *, language: str) -> User:
    """Remember in which language the person reads the pages."""
    user.language = language
    user.save(update_fields=["language"])
    return user
