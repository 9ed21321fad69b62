"""The directory of agencies: what its pages list."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Value

from egov.organizations import rules
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.models import Agency
from egov.organizations.models.agency import AgencyQuerySet
from egov.organizations.models.folded import Folded
from egov.organizations.queries import tree

MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Branch:
    """An agency in the tree and how many hang below it, at any depth."""

    agency: Agency
    below: int


def directory(actor: Actor | SignedOut, on: date) -> AgencyQuerySet:
    """Every agency of the network on that day, for whoever serves in it."""
    return tree.agencies(on) if rules.may_see_directory(actor) else Agency.objects.none()


def searched(rows: AgencyQuerySet, words: str) -> AgencyQuerySet:
    """Agencies whose name has all the words, without accents, or whose code or abbreviation is the text."""
    text = words.strip()
    named = Q()
    for word in text.split()[:MOST_WORDS]:
        named &= Q(folded_name__contains=Folded(Value(word)))
    return rows.filter(named | Q(code__istartswith=text) | Q(abbreviation__iexact=text))


def branches(agency: Agency, on: date) -> list[Branch]:
    """The agencies directly below, those with a branch of their own first: three queries for any tree."""
    prefix = tree.place_of(agency, on).path
    paths = (
        tree.placements(on)
        .filter(path__startswith=prefix)
        .exclude(path=prefix)
        .order_by()
        .values_list("path", flat=True)
    )
    below = Counter(int(path[len(prefix) :].split("/", 1)[0]) for path in paths)
    # Each agency's own path is counted too.
    found = [Branch(child, below[child.pk] - 1) for child in tree.children(agency, on)]
    return sorted(found, key=lambda branch: not branch.below)
