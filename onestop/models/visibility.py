"""Who may read which dossier, as one SQL predicate: lists, pages, files, search and the REST door (rule
43)."""

from django.db.models import Exists, OuterRef, Q

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from onestop.enums import LegState, StepState
from onestop.models.consultation import Consultation
from onestop.models.leg import Leg, Step

NOTHING = Q(pk__in=[])
# Roles that see every dossier that their agency receives, decides or has a leg in.
WHOLE_AGENCY = (Role.COUNTER, Role.LEADER, Role.REGISTRY)


def readable_dossiers(actor: Actor | SignedOut) -> Q:
    """Predicate on Dossier: of the actor's agency by role; a specialist those with a step of their own, and
    those whose step waits for somebody of their role and unit to take it up.

    An agency that was asked for its opinion sees what it was asked about. A dossier received in one commune
    for another is visible to both (rule 32). Administrators keep accounts and read no dossiers.
    """
    if not isinstance(actor, Actor) or actor.is_(Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN):
        return NOTHING
    agency, me = actor.agency.pk, actor.membership.pk
    begun = ~Q(state__in=[LegState.PLANNED, LegState.CANCELLED])
    if actor.is_(*WHOLE_AGENCY) or (actor.is_(Role.OFFICE_HEAD) and actor.membership.department_id is None):
        legs = Leg.objects.filter(begun, dossier=OuterRef("pk"), agency_id=agency)
        asked = Consultation.objects.filter(dossier=OuterRef("pk"), agency_id=agency)
        return (
            Q(receiving_agency_id=agency) | Q(deciding_agency_id=agency) | Q(Exists(legs)) | Q(Exists(asked))
        )
    mine = Q(holder_id=me)
    if actor.membership.department_id and actor.is_(Role.OFFICE_HEAD):
        mine |= Q(department_id=actor.membership.department_id)
    begun_step = ~Q(state=StepState.PLANNED)
    my_unit = Q(department__isnull=True) | Q(department_id=actor.membership.department_id)
    free = Q(holder__isnull=True, state=StepState.RUNNING, role=actor.role) & my_unit
    steps = Step.objects.filter(
        (mine & begun_step) | free, leg__dossier=OuterRef("pk"), leg__agency_id=agency
    )
    return Q(holder_id=me) | Q(received_by_id=me) | Q(Exists(steps))
