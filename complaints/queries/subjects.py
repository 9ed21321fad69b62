"""Whom a content is directed against, found among those who serve: so that it is not given to them."""

from django.utils import timezone

from egov.organizations.models import Agency, Membership
from egov.search.normalize import words


def member_named(agency: Agency, text: str) -> Membership | None:
    """The one person of the agency whose whole name stands in the text; None when nobody's or several do."""
    said = words(text)
    if not said:
        return None
    members = Membership.objects.current(timezone.localdate()).filter(agency=agency).select_related("user")
    named = {one.user_id: one for one in members.order_by("pk") if _holds(said, words(one.user.full_name))}
    return next(iter(named.values())) if len(named) == 1 else None


def _holds(said: list[str], name: list[str]) -> bool:
    span = len(name)
    return bool(name) and any(said[start : start + span] == name for start in range(len(said) - span + 1))
