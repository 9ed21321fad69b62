"""Take an article from the public."""

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from portal.content import rules
from portal.content.models.editorial import EditorialPage


class WithoutReason(Refusal):
    """Nobody said why."""

    status = 422


class NotPublic(Refusal):
    """There is nothing to withdraw."""


@action("content.withdraw_article", allowed=rules.may_withdraw)
def withdraw(actor: Actor, page: EditorialPage, *, reason: str) -> EditorialPage:
    """End the publication of a page; its text, the reason and the person are kept for good (rule 51)."""
    if not reason.strip():
        raise WithoutReason(_("Hãy ghi lý do gỡ bài."))
    if not page.live:
        raise NotPublic(_("Bài này hiện không đăng trên cổng."))
    page.unpublish(user=actor.user, reason=reason.strip())
    return page
