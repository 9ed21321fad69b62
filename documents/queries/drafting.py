"""What a drafter can choose from: kinds in force, units, people who may sign."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from documents.models import Document, DocumentKind
from documents.rules.authority import authority
from egov.organizations.actor import Actor
from egov.organizations.enums import Capacity, Role
from egov.organizations.models import Delegation, Department, Membership
from egov.organizations.models.period import in_force


@dataclass(frozen=True, slots=True)
class PossibleSigner:
    """A person and the one capacity in which they would sign."""

    member: Membership
    capacity: Capacity

    @property
    def value(self) -> str:
        """What the form sends."""
        return f"{self.member.pk}:{self.capacity}"

    @property
    def label(self) -> str:
        """Name, position, capacity in words."""
        return _("%(name)s – %(position)s – %(capacity)s") % {
            "name": self.member.user.full_name,
            "position": self.member.position,
            "capacity": Capacity(self.capacity).label,
        }


def kinds(on: date) -> QuerySet[DocumentKind]:
    """Kinds of documents in force that day, in the law's order."""
    return DocumentKind.objects.filter(in_force(on))


def departments(actor: Actor) -> QuerySet[Department]:
    """Units of the actor's agency."""
    return Department.objects.filter(agency=actor.agency)


def possible_signers(document: Document, *, on: date) -> list[PossibleSigner]:
    """Everyone who may sign that day, the head first; a person may stand there in two capacities."""
    agency = document.agency
    if agency is None:
        return []
    serving = (
        Membership.objects.current(on)
        .filter(Q(role=Role.LEADER) | Q(is_head=True), agency=agency)
        .select_related("user")
    )
    wanted = [(member, _capacity_of_office(member, document, on)) for member in serving]
    delegations = Delegation.objects.filter(
        in_force(on), in_force(on, "holder__"), holder__agency=agency, holder__user__is_active=True
    ).select_related("holder__user")
    wanted += [(one.holder, Capacity(one.capacity)) for one in delegations]
    found = {
        (member.pk, capacity): PossibleSigner(member, capacity) for member, capacity in wanted if capacity
    }
    return [
        one
        for one in found.values()
        if authority(one.member, agency=agency, kind=document.kind, capacity=one.capacity, on=on)
    ]


def _capacity_of_office(member: Membership, document: Document, on: date) -> Capacity | None:
    """The capacity that the office itself gives; exactly one, so no look-up of delegations is needed."""
    assert document.agency is not None  # noqa: S101  (the caller has looked)
    for capacity in (Capacity.OWN, Capacity.TM, Capacity.Q, Capacity.KT):
        if authority(member, agency=document.agency, kind=document.kind, capacity=capacity, on=on):
            return capacity
    return None
