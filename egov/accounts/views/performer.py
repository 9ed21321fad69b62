"""Who acts in a request, seen from the accounts."""

from typing import Any

from django.http import HttpRequest

from egov.accounts.login.address import address_of
from egov.accounts.person import Person
from egov.accounts.rules import Administrator


def performer_of(request: HttpRequest) -> Administrator:
    """The person in the position in use, so that the audit log names it; without one, the person alone."""
    actor: Any = getattr(request, "actor", None)
    if getattr(actor, "membership", None) is not None:
        performer: Administrator = actor
        return performer
    user: Any = request.user
    if not user.is_authenticated:
        return Person(user=None, address=address_of(request))
    return Person(user=user, address=address_of(request), second_factor=user.is_verified())
