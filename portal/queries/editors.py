"""Who works for the portal, and who could."""

from datetime import date

from django.db.models import Q

from egov.organizations.models import Membership
from egov.organizations.models.membership import MembershipQuerySet
from portal.content.models.posts import EditorialPost, EditorialPostQuerySet

# A name that fits more people wants more words.
MOST_FOUND = 30


def editors(on: date) -> EditorialPostQuerySet:
    """Duties that stand on that day, by name of the person."""
    posts = EditorialPost.objects.current(on).select_related("membership__user", "membership__agency")
    return posts.order_by("membership__user__full_name", "membership_id", "duty")


def positions_named(words: str, on: date) -> MembershipQuerySet:
    """Positions held on that day by people of this name or sign-in name; nobody without a word."""
    if not words:
        return Membership.objects.none()
    named = Membership.objects.current(on).filter(
        Q(user__full_name__icontains=words) | Q(user__username__iexact=words)
    )
    first = named.order_by("user__full_name", "pk").values("pk")[:MOST_FOUND]
    found = Membership.objects.filter(pk__in=first).select_related("user", "agency")
    return found.order_by("user__full_name", "pk")
