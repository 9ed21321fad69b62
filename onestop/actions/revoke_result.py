"""A result that should not have been given is revoked; it opens no door any more (rule 45)."""

from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.keep_in_store import end_validity
from onestop.models import Result, StoredPaper

REASON_LENGTH = 300


class RevocationNeedsReason(Refusal):
    """Why, and on which decision, must be said in words."""


@action("onestop.revoke_result", allowed=rules.may_revoke_result)
def revoke_result(actor: Actor, result: Result, *, reason: str, at: datetime) -> Result:  # noqa: ARG001
    """End the result and its copy in the owner's store from this moment; both stay readable.

    :param reason: the decision of revocation and its ground, in words
    Raises RevocationNeedsReason.
    """
    words = clean_line(reason)[:REASON_LENGTH]
    if not words:
        raise RevocationNeedsReason(_("Hãy ghi số quyết định thu hồi và lý do."))
    end_validity(result, StoredPaper.Validity.REVOKED, reason=words, at=at)
    return result
