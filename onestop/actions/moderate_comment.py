"""Decide whether the free words of a rating are shown, and take personal data out of them (rule 57)."""

from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.enums import CommentState
from onestop.models import RatingComment


class CommentDecided(Refusal):
    """Somebody has decided before."""


class ReasonMissing(Refusal):
    """Withholding somebody's words needs a reason."""


@action("onestop.moderate_comment", allowed=rules.may_moderate_comment)
def moderate_comment(
    actor: Actor,
    comment: RatingComment,
    *,
    show: bool,
    shown_text: str = "",
    reason: str = "",
    at: datetime,
) -> RatingComment:
    """Show the words, as they are or with ``shown_text`` in their place, or withhold them with a reason.

    The rating itself counts either way. Raises CommentDecided, ReasonMissing.
    """
    if comment.state != CommentState.WAITING:
        raise CommentDecided(_("Ý kiến này đã được kiểm duyệt."))
    if not show and not reason.strip():
        raise ReasonMissing(_("Hãy ghi lý do không công bố ý kiến."))
    comment.state = CommentState.SHOWN if show else CommentState.WITHHELD
    comment.shown_text = shown_text.strip() if show and shown_text.strip() != comment.text else ""
    comment.reason = "" if show else reason.strip()
    comment.moderated_at = at
    comment.moderated_by = actor.membership
    comment.save(update_fields=["state", "shown_text", "reason", "moderated_at", "moderated_by"])
    return comment
