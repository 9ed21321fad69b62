"""Whose matter it is when a letter denounces the body that received it, or who heads it (domain: 6.2)."""

from datetime import date

from django.utils import timezone

from complaints import rules
from complaints.models import Letter, Matter
from egov.organizations.models import Agency
from egov.organizations.queries.tree import NoPlace, above


def superior_of(matter: Matter, *, on: date) -> Agency | None:
    """The agency directly above the one that has the matter, on that day."""
    try:
        higher = above(matter.agency, on)
    except NoPlace:
        return None
    return higher[0] if higher else None


def seal_kept_by(letter: Letter) -> Agency:
    """Whose custodians close the letter's seal: its body's; those of the body above, where a content is about
    the body's own head. Whoever keeps keys at a body serves under its head (rule 35).

    At the top of the network nobody is above: the body's own custodians close it, and no rule lets them open.
    """
    for matter in letter.matters.select_related("agency", "subject_membership"):
        if rules.is_about_own_head(matter):
            return superior_of(matter, on=timezone.localdate()) or letter.agency
    return letter.agency
