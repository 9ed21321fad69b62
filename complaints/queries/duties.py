"""Who of an agency has which duty, and which of its officials are family: the head's own pages."""

from datetime import date

from django.db.models import F, Q, QuerySet

from complaints import rules
from complaints.models import Duty, Kin
from complaints.queries.letter_page import LetterNotFound
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Membership
from egov.organizations.queries.people import people_of
from egov.workflow.refusal import NotPermitted

ADMINISTRATORS = (Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN)


def duties_of_agency(actor: Actor | SignedOut) -> QuerySet[Duty]:
    """All that were given in the actor's agency, open ones first. Raises NotPermitted."""
    rows = Duty.objects.filter(membership__agency=_own_agency(actor))
    open_first = F("valid_to").desc(nulls_first=True)
    return rows.select_related("membership__user").order_by(open_first, "kind", "pk")


def duty_of(actor: Actor | SignedOut, pk: int) -> Duty:
    """One of them. Raises LetterNotFound."""
    duty = duties_of_agency(actor).select_related("membership__agency").filter(pk=pk).first()
    if duty is None:
        raise LetterNotFound
    return duty


def kin_of_agency(actor: Actor | SignedOut, on: date) -> QuerySet[Kin]:
    """Ties of everybody who serves in the agency, in force. Raises NotPermitted."""
    users = Membership.objects.current(on).filter(agency=_own_agency(actor)).values("user")
    rows = Kin.objects.filter(Q(official__in=users) | Q(relative__in=users), ended_at__isnull=True)
    return rows.select_related("official", "relative")


def kin_row(actor: Actor | SignedOut, pk: int, on: date) -> Kin:
    """One of them. Raises LetterNotFound."""
    kin = kin_of_agency(actor, on).filter(pk=pk).first()
    if kin is None:
        raise LetterNotFound
    return kin


def colleagues(actor: Actor | SignedOut, on: date) -> list[Membership]:
    """Who of the agency may be given a duty. Raises NotPermitted."""
    return list(people_of(_own_agency(actor), on).exclude(role__in=ADMINISTRATORS))


def _own_agency(actor: Actor | SignedOut) -> Agency:
    verdict = rules.may_keep_duties(actor)
    if not verdict or not isinstance(actor, Actor):
        raise NotPermitted(verdict.reason)
    return actor.agency
