"""Letters that one may see, as lists: by register and by what they wait for. Protected ones are a code."""

import re
from datetime import date

from django.db.models import Q, QuerySet

from complaints.enums import MatterState
from complaints.models import Letter, Matter, Participant
from complaints.states import OPEN, PROCESSED
from egov.organizations.actor import Actor, SignedOut
from egov.search.normalize import fold
from egov.search.query import matching

MOST_WORDS = 12
NUMBER = re.compile(r"([0-9]{1,7})(?:\s*/\s*([0-9]{4}))?", re.ASCII)


def late(on: date) -> Q:
    """Predicate on Matter: its clock runs and its last day has passed (rule 26)."""
    processing = Q(state__in=PROCESSED, process_due_on__lt=on)
    return processing | Q(state=MatterState.SETTLING, settle_due_on__lt=on)


def matters(actor: Actor | SignedOut) -> QuerySet[Matter]:
    """Every matter that the actor may see, with what a row shows."""
    rows = Matter.objects.visible_to(actor)
    return rows.select_related("letter", "agency", "handler__user").prefetch_related("letter__participants")


def mine(actor: Actor, rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Open ones in the actor's own hands."""
    return rows.filter(handler=actor.membership, state__in=OPEN)


def waiting(actor: Actor, rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Open ones of the actor's agency that nobody has taken."""
    return rows.filter(agency=actor.agency, handler__isnull=True, state__in=OPEN)


def found(rows: QuerySet[Matter], text: str) -> QuerySet[Matter]:
    """Those whose code holds the text, or, of open letters only, whose people, subject or summary do, or
    whose number in the register it is.

    Without accents, every word. A protected letter is found by its code and by nothing that its sender or
    somebody else wrote (rule 35). Nothing typed keeps all.
    """
    words = fold(text).split()[:MOST_WORDS]
    if not words:
        return rows
    people = Participant.objects.all()
    for word in words:
        people = people.filter(Q(folded_name__contains=word) | Q(personal_number=word) | Q(phone=word))
    named = Q(letter__is_protected=False, letter__in=people.order_by().values("letter"))
    told = matching(Matter.objects.filter(letter__is_protected=False), text).order_by().values("pk")
    numbered = in_register(text, "letter__") & Q(letter__is_protected=False)
    return rows.filter(Q(letter__code__icontains=text.strip()) | numbered | named | Q(pk__in=told))


def in_register(text: str, prefix: str = "") -> Q:
    """Predicate: the text is the number in its register, alone or with the year: “15”, “15/2026”."""
    said = NUMBER.fullmatch(text.strip())
    if said is None:
        return Q(pk__in=[])
    number, year = said.groups()
    fits = Q(**{f"{prefix}number": int(number)})
    return fits & Q(**{f"{prefix}year": int(year)}) if year else fits


def register(actor: Actor, series: str, year: int) -> QuerySet[Letter]:
    """One register of the actor's agency in one year that the actor may read, in its own order."""
    return (
        Letter.objects.visible_to(actor)
        .filter(agency=actor.agency, series=series, year=year)
        .order_by("number")
    )
