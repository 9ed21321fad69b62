"""End a person's position."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from egov.organizations import rules
from egov.organizations.actor import Actor
from egov.organizations.models import Delegation, Membership
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class EndsBeforeStart(Refusal):
    """A position is held for a day at least."""


class AlreadyEnded(Refusal):
    """The position has an earlier end."""


@action("organizations.end_appointment", allowed=rules.may_end_appointment)
def end_appointment(actor: Actor, membership: Membership, *, on: date) -> Membership:
    """From that day on the person no longer holds the position; delegations from and to it end too."""
    if on <= membership.valid_from:
        raise EndsBeforeStart(
            _("Chức vụ bắt đầu từ ngày %(day)s; ngày kết thúc phải sau ngày đó.")
            % {"day": f"{membership.valid_from:%d/%m/%Y}"}
        )
    if membership.valid_to and membership.valid_to <= on:
        raise AlreadyEnded(
            _("Chức vụ này đã kết thúc từ ngày %(day)s.") % {"day": f"{membership.valid_to:%d/%m/%Y}"}
        )
    membership.valid_to = on
    membership.save(update_fields=["valid_to"])
    concerned = Delegation.objects.filter(Q(grantor=membership) | Q(holder=membership))
    concerned.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lt=on).update(valid_to=on)
    return membership
