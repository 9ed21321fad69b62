"""Visits as one may see them: found in the list, read one by one, and the letters that may be named."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.enums import DutyKind
from complaints.models import Duty, Letter, Visit, Visitor
from complaints.queries.letters import MOST_WORDS, in_register
from egov.audit.record import record
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from egov.organizations.models.folded import Folded
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
    """Those whose code holds the text, or, of open ones only, whose visitors or summary do, or whose number
    in the register it is. Without accents, every word; nothing typed keeps all."""
    asked = fold(words).split()[:MOST_WORDS]
    if not asked:
        return rows
    people, told = Visitor.objects.filter(visit=OuterRef("pk")), Q()
    for word in asked:
        people = people.filter(Q(folded_name__contains=word) | Q(personal_number=word))
        told &= Q(folded_summary__contains=word)
    fits = in_register(words) | Exists(people) | told
    rows = rows.annotate(folded_summary=Folded("summary"))
    return rows.filter(Q(code__icontains=words.strip()) | Q(is_protected=False) & fits)


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
