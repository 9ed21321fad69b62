"""The registry sends an incoming document back (Decree 30/2020, Art. 21)."""

from datetime import datetime

from django.utils.translation import gettext as _

from documents import rules
from documents.enums import DeliveryState
from documents.exchange.inspection import inspect
from documents.models import Delivery
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.signing.verify import keep_report
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal


class ReasonMissing(Refusal):
    """A return (02) tells the sender why (rule 14)."""


@action("documents.return", allowed=rules.may_return)
def return_(actor: Actor, delivery: Delivery, *, reason: str, at: datetime) -> Delivery:
    """Return a document to its sender (02): wrong addressee, altered, unreadable. No number is taken.

    What the check of the file found is kept beside the reason. Raises ReasonMissing.
    """
    text = clean_line(reason)
    if not text:
        raise ReasonMissing(_("Hãy nêu lý do trả lại để nơi gửi biết cần sửa gì."))
    verification = inspect(delivery).verification
    if verification is not None:
        delivery.validation = keep_report(verification)
        delivery.save(update_fields=["validation"])
    move(delivery, to=DeliveryState.RETURNED, by=actor, at=at, note=text)
    return delivery
