"""Who may read what, as SQL predicates: one place for lists, pages, files and the REST door.

Being a recipient agency does not open a document to all its accounts (rule 32): registry, leaders and
the head
of office see the agency's documents; heads of units and specialists see what they drafted, sign, or were
given
to handle.
"""

from django.db.models import Exists, OuterRef, Q

from documents.enums import Circulation, DeliveryState, DocumentState
from documents.models.delivery import Delivery
from documents.models.directive import Assignment
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role

NOTHING = Q(pk__in=[])
# Roles that see every document of their agency; administrators manage accounts and read no documents.
WHOLE_AGENCY = (Role.REGISTRY, Role.LEADER)


def readable_deliveries(actor: Actor | SignedOut) -> Q:
    """Predicate on Delivery."""
    if not isinstance(actor, Actor) or actor.is_(Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN):
        return NOTHING
    here = Q(agency_id=actor.agency_id) & ~Q(state=DeliveryState.PENDING)
    if sees_whole_agency(actor):
        return here
    given = Q(member_id=actor.membership.pk)
    if actor.membership.department_id and actor.is_(Role.OFFICE_HEAD):
        given |= Q(department_id=actor.membership.department_id)
    assigned = Assignment.objects.in_force().filter(given, directive__delivery=OuterRef("pk"))
    # "Xem xong trả lại": once the matter is closed the paper goes back to the registry (rule 31).
    given_back = Q(state=DeliveryState.FINISHED, document__circulation=Circulation.RETURN)
    return here & (Q(Exists(assigned)) | Q(presented_to_id=actor.membership.pk)) & ~given_back


def readable_documents(actor: Actor | SignedOut) -> Q:
    """Predicate on Document: issued by the actor's agency and theirs by role, or readable as a delivery."""
    if not isinstance(actor, Actor) or actor.is_(Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN):
        return NOTHING
    me = actor.membership.pk
    own = Q(agency_id=actor.agency_id)
    mine = own & (Q(drafter_id=me) | (Q(signer_id=me) & ~Q(state=DocumentState.DRAFT)))
    if sees_whole_agency(actor):
        mine |= own & ~Q(state__in=[DocumentState.DRAFT, DocumentState.SUBMITTED])
    elif actor.is_(Role.OFFICE_HEAD) and actor.membership.department_id:
        mine |= own & Q(department_id=actor.membership.department_id)
    received = Delivery.objects.filter(readable_deliveries(actor), document=OuterRef("pk"))
    return mine | Q(Exists(received))


def sees_whole_agency(actor: Actor) -> bool:
    """Registry, leaders, and the head of office (chánh văn phòng): an office head without a unit of
    their own."""
    return actor.is_(*WHOLE_AGENCY) or (
        actor.is_(Role.OFFICE_HEAD) and actor.membership.department_id is None
    )
