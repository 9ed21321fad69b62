"""Visits as one may see them: found in the list, read one by one, and the letters that may be named."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.enums import DutyKind
from complaints.models import Duty, Letter, Visit, Visitor
from egov.audit.record import record
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from egov.organizations.models.membership import MembershipQuerySet
from egov.organizations.queries.people import people_of
from egov.search.normalize import fold
from egov.workflow.refusal import Refusal


class VisitNotFound(Refusal):
    """There is no such visit, or not for this reader."""

    status = 404


SEEN = ("agency", "host__user", "officer__user", "letter", "field", "root", "corrects", "day")


def visits(actor: Actor | SignedOut) -> QuerySet[Visit]:
    """Every visit that the actor may read."""
    return Visit.objects.visible_to(actor).select_related(*SEEN).prefetch_related("visitors")


def found(rows: QuerySet[Visit], words: str) -> QuerySet[Visit]:
    """Those that fit: by code, number of a paper, name without accents, or words of the summary."""
    text = words.strip()
    if not text:
        return rows
    people = Visitor.objects.filter(
        Q(folded_name__contains=fold(text)) | Q(personal_number=text), visit=OuterRef("pk")
    )
    return rows.filter(Q(code__icontains=text) | Q(summary__icontains=text) | Exists(people))


def read_visit(actor: Actor | SignedOut, pk: int) -> Visit:
    """One visit. The read is on record, as it shows people. Raises VisitNotFound."""
    visit = visits(actor).prefetch_related("papers", "follow_ups__by__user").filter(pk=pk).first()
    if visit is None:
        raise VisitNotFound(_("Không tìm thấy lượt tiếp này."))
    record(actor, "complaints.read_visit", visit, role=getattr(actor, "role", ""))
    return visit


def own_visits(actor: Actor) -> QuerySet[Visit]:
    """Visits of the actor's agency that may be named as earlier ones."""
    return Visit.objects.visible_to(actor).filter(agency=actor.agency)


def nameable_letters(actor: Actor) -> QuerySet[Letter]:
    """Letters of the agency that a visit may point to: open ones, and protected ones that the actor reads or
    entered. Whether another exists under a code that was guessed is not told.
    """
    readable = Letter.objects.visible_to(actor).values("pk")
    known = Q(is_protected=False) | Q(entered_by=actor.membership) | Q(pk__in=readable)
    return Letter.objects.filter(known, agency=actor.agency)


def hosts(actor: Actor) -> MembershipQuerySet:
    """Who may receive at the agency today: leaders, those appointed to, and the actor."""
    today = timezone.localdate()
    duties = Duty.objects.current(today).filter(kind=DutyKind.RECEPTION, membership=OuterRef("pk"))
    receives = Q(role=Role.LEADER) | Exists(duties) | Q(pk=actor.membership.pk)
    return people_of(actor.agency, today).filter(receives)


def colleagues(actor: Actor) -> QuerySet[Membership]:
    """Who may see to a promise."""
    return people_of(actor.agency, timezone.localdate())
