"""Let another person sign, and take that back."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations import rules
from egov.organizations.actor import Actor
from egov.organizations.enums import Capacity, Role
from egov.organizations.models import Delegation, Membership
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class NotPassedOn(Refusal):
    """Only a head delegates; what was delegated is not delegated again (Decree 30/2020, Art. 13)."""


class NotAHolder(Refusal):
    """The person chosen cannot be given this."""


class WithoutEnd(Refusal):
    """TUQ. is limited in time."""


class WithoutKinds(Refusal):
    """A delegation lists the kinds of documents that it covers."""


class OutsideTerm(Refusal):
    """Nobody delegates beyond their own time in office."""


class AlreadyRevoked(Refusal):
    """The delegation was revoked before."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is delegated: in which capacity, which kinds, on the basis of which paper, from when to when."""

    capacity: Capacity
    kinds: tuple[str, ...]
    basis: str
    valid_from: date
    valid_to: date | None = None


@action("organizations.delegate", allowed=rules.may_delegate)
def delegate(actor: Actor, grantor: Membership, *, holder: Membership, terms: Terms) -> Delegation:
    """Let the head of a unit sign for the head of the agency, by order (TL.) or by authorisation (TUQ.)."""
    if not grantor.is_head:
        raise NotPassedOn(rules.NOT_PASSED_ON)
    if holder.agency_id != grantor.agency_id or holder.role != Role.OFFICE_HEAD:
        raise NotAHolder(_("Chỉ giao ký thừa lệnh, thừa ủy quyền cho người đứng đầu đơn vị trong cơ quan."))
    if not terms.kinds:
        raise WithoutKinds(_("Hãy chọn ít nhất một loại văn bản được ký."))
    if terms.capacity == Capacity.TUQ and terms.valid_to is None:
        raise WithoutEnd(_("Thừa ủy quyền phải có ngày kết thúc."))
    if terms.valid_to is not None and terms.valid_to <= terms.valid_from:
        raise OutsideTerm(_("Ngày kết thúc phải sau ngày bắt đầu."))
    if not (grantor.holds_on(terms.valid_from) and holder.holds_on(terms.valid_from)):
        raise OutsideTerm(_("Người giao và người được giao đều phải đang giữ chức vụ vào ngày bắt đầu."))
    return Delegation.objects.create(
        grantor=grantor,
        holder=holder,
        capacity=terms.capacity,
        kinds=list(terms.kinds),
        basis=terms.basis,
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
    )


@action("organizations.revoke_delegation", allowed=rules.may_revoke_delegation)
def revoke_delegation(actor: Actor, delegation: Delegation) -> Delegation:
    """Take a delegation back: from today on it no longer holds; what was signed before stays signed."""
    if delegation.revoked_at is not None:
        raise AlreadyRevoked(_("Việc giao ký này đã được thu hồi trước đó."))
    delegation.revoked_at = timezone.now()
    delegation.save(update_fields=["revoked_at"])
    return delegation
