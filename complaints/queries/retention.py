"""Filed letters whose time of keeping is over, and what was destroyed so far (rule 41)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from complaints import deadlines, rules
from complaints.enums import MatterState
from complaints.models import Destruction, Letter, Matter, MatterChange, Term
from complaints.models.term import TermKey
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.models import Agency
from egov.workdays.terms import last_day
from egov.workflow.refusal import NotPermitted


@dataclass(frozen=True, slots=True)
class Filed:
    """A letter of which every content was filed, when, and until when it is kept."""

    letter: Letter
    filed_on: date
    kept_until: date


def kept_too_long(agency: Agency, on: date) -> list[Filed]:
    """Letters in the agency's hands of which every content was filed, and whose time ended before that day,
    the oldest first. Raises NoTermInForce."""
    not_filed = Matter.objects.filter(~Q(state=MatterState.FILED) | ~Q(agency=agency), letter=OuterRef("pk"))
    rows = Letter.objects.filter(matters__agency=agency, destroyed__isnull=True)
    letters = rows.filter(~Exists(not_filed)).distinct().in_bulk()
    steps = MatterChange.objects.filter(after=MatterState.FILED, matter__letter__in=letters).order_by()
    filed_at = dict(steps.values_list("matter__letter").annotate(last=Max("at")))
    terms = list(Term.objects.filter(key=TermKey.FILED_RETENTION))
    found = []
    for pk, moment in sorted(filed_at.items(), key=lambda entry: (entry[1], entry[0])):
        filed_on = timezone.localdate(moment)
        kept_until = last_day(filed_on, _term_on(terms, filed_on).limit)
        if kept_until < on:
            found.append(Filed(letters[pk], filed_on, kept_until))
    return found


def _term_on(terms: list[Term], on: date) -> Term:
    held = (one for one in terms if one.valid_from <= on and (one.valid_to is None or on < one.valid_to))
    return next(held, None) or deadlines.term(TermKey.FILED_RETENTION, on)


def due_for_destruction(actor: Actor | SignedOut, on: date) -> list[Filed]:
    """What the head of the actor's agency may decide on, by code; nothing of what the letters say.

    Raises NotPermitted.
    """
    return kept_too_long(_own_agency(actor), on)


def destructions(actor: Actor | SignedOut) -> QuerySet[Destruction]:
    """What was decided so far, the newest first. Raises NotPermitted."""
    agency = _own_agency(actor)
    return Destruction.objects.filter(agency=agency).prefetch_related("letters")


def _own_agency(actor: Actor | SignedOut) -> Agency:
    if not isinstance(actor, Actor):
        raise NotPermitted(rules.may_keep_duties(actor).reason)
    verdict = rules.may_destroy(actor, actor.agency)
    if not verdict:
        raise NotPermitted(verdict.reason)
    return actor.agency
