"""People and units of one's own agency, as the steps of an incoming document need them."""

from datetime import date

from django.db.models import QuerySet

from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Department, Membership


def leaders(actor: Actor, on: date) -> QuerySet[Membership]:
    """To whom the registry presents: leaders first, then heads of office."""
    serving = Membership.objects.current(on).filter(
        agency=actor.agency, role__in=(Role.LEADER, Role.OFFICE_HEAD)
    )
    return serving.select_related("user").order_by("role", "-is_head", "pk")


def colleagues(actor: Actor, on: date) -> QuerySet[Membership]:
    """Everyone in the agency who can be given work; administrators are not."""
    serving = Membership.objects.current(on).filter(agency=actor.agency)
    serving = serving.exclude(role__in=(Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN))
    return serving.select_related("user").order_by("-is_head", "role", "pk")


def own_unit(actor: Actor, on: date) -> QuerySet[Membership]:
    """People of the actor's own unit; nobody for one who is in none."""
    return colleagues(actor, on).filter(department=actor.membership.department_id, department__isnull=False)


def units(actor: Actor) -> QuerySet[Department]:
    """Units of the agency."""
    return Department.objects.filter(agency=actor.agency)
