"""Give an official a duty for the portal from a day on, or end it."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.organizations.models import Membership
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from portal.content import rules
from portal.content.enums import Duty
from portal.content.models.posts import EditorialPost


class HasDuty(Refusal):
    """The position carries that duty already, or will in that time."""


class HasNoDuty(Refusal):
    """The position does not carry that duty."""


class NotServing(Refusal):
    """The position is not held on that day."""


class NotThoseDays(Refusal):
    """The days lie in the past, or end before they begin."""

    status = 422


@action("content.assign_duty", allowed=rules.may_assign_duty)
def assign_duty(
    actor: Actor, membership: Membership, *, duty: Duty, on: date, until: date | None = None
) -> EditorialPost:
    """Let the holder of a position write, edit or approve for the portal from a day; ``until``: the first day
    on which no more. Never for days gone by: what was done on them would seem to have been allowed.

    Raises NotServing, NotThoseDays, HasDuty.
    """
    _require_to_come(on)
    if until is not None and until <= on:
        raise NotThoseDays(_("Ngày kết thúc phải sau ngày bắt đầu."))
    if not membership.holds_on(on):
        raise NotServing(_("Người này không còn giữ chức vụ đó."))
    if EditorialPost.objects.filter(membership=membership, duty=duty).overlapping(on, until).exists():
        raise HasDuty(_("Người này đã được giao nhiệm vụ đó."))
    return EditorialPost.objects.create(membership=membership, duty=duty, valid_from=on, valid_to=until)


@action("content.end_duty", allowed=rules.may_assign_duty)
def end_duty(
    actor: Actor, membership: Membership, *, duty: Duty, on: date, begun_on: date | None = None
) -> EditorialPost:
    """The duty ends; from that day on the person's doors in the editors' pages are shut.

    One that has not begun never will. ``begun_on`` says which, where another one follows. Raises HasNoDuty,
    NotThoseDays.
    """
    _require_to_come(on)
    posts = EditorialPost.objects.filter(membership=membership, duty=duty).overlapping(on, None)
    if begun_on is not None:
        posts = posts.filter(valid_from=begun_on)
    post = posts.order_by("valid_from").first()
    if post is None:
        raise HasNoDuty(_("Người này không có nhiệm vụ đó."))
    post.valid_to = max(on, post.valid_from)
    post.save(update_fields=["valid_to"])
    return post


def _require_to_come(day: date) -> None:
    if day < timezone.localdate():
        raise NotThoseDays(_("Ngày áp dụng không thể ở trong quá khứ."))
