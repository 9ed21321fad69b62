"""Who works for the portal, and who could."""

from datetime import date

from django.db.models import Q, Value

from egov.organizations.models import Membership
from egov.organizations.models.folded import Folded
from egov.organizations.models.membership import MembershipQuerySet
from portal.content.models.posts import EditorialPost, EditorialPostQuerySet

# A name that fits more people wants more words.
MOST_FOUND = 30
MOST_WORDS = 8


def editors(on: date) -> EditorialPostQuerySet:
    """Duties that stand on that day or will, of people who serve on it, by name of the person."""
    serving = Membership.objects.current(on)
    posts = EditorialPost.objects.overlapping(on, None).filter(membership__in=serving.values("pk"))
    return posts.select_related("membership__user", "membership__agency").order_by(
        "membership__user__full_name", "membership_id", "duty", "valid_from"
    )


def positions_named(words: str, on: date) -> MembershipQuerySet:
    """Positions held on that day by people whose name has all the words, without accents, or who sign in with
    that; nobody without a word."""
    if not words.strip():
        return Membership.objects.none()
    has_words = Q()
    for word in words.split()[:MOST_WORDS]:
        has_words &= Q(folded_name__contains=Folded(Value(word)))
    named = Membership.objects.current(on).annotate(folded_name=Folded("user__full_name"))
    named = named.filter(has_words | Q(user__username__iexact=words.strip()))
    first = named.order_by("user__full_name", "pk").values("pk")[:MOST_FOUND]
    found = Membership.objects.filter(pk__in=first).select_related("user", "agency")
    return found.order_by("user__full_name", "pk")
