"""Give an official a duty for the portal, or end it."""

from datetime import date

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.organizations.models import Membership
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from portal.content import rules
from portal.content.enums import Duty
from portal.content.models.posts import EditorialPost


class HasDuty(Refusal):
    """The position carries that duty already."""


class HasNoDuty(Refusal):
    """The position does not carry that duty."""


class NotServing(Refusal):
    """The position is not held on that day."""


@action("content.assign_duty", allowed=rules.may_assign_duty)
def assign_duty(actor: Actor, membership: Membership, *, duty: Duty, on: date) -> EditorialPost:
    """Let the holder of a position write, edit or approve for the portal from a day."""
    if not membership.holds_on(on):
        raise NotServing(_("Người này không còn giữ chức vụ đó."))
    if EditorialPost.objects.filter(membership=membership, duty=duty, valid_to__isnull=True).exists():
        raise HasDuty(_("Người này đã được giao nhiệm vụ đó."))
    return EditorialPost.objects.create(membership=membership, duty=duty, valid_from=on)


@action("content.end_duty", allowed=rules.may_assign_duty)
def end_duty(actor: Actor, membership: Membership, *, duty: Duty, on: date) -> EditorialPost:
    """The duty ends; from that day on the person's doors in the editors' pages are shut."""
    post = EditorialPost.objects.filter(membership=membership, duty=duty, valid_to__isnull=True).first()
    if post is None:
        raise HasNoDuty(_("Người này không có nhiệm vụ đó."))
    post.valid_to = max(on, post.valid_from)
    post.save(update_fields=["valid_to"])
    return post
