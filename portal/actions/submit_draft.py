"""A draft becomes a dossier: once, however often it is sent, and its receipt is written down with it."""

from datetime import datetime

from egov.taskqueue.enqueue import enqueue
from egov.workflow.action import action
from egov.workflow.refusal import NotPermitted
from onestop import public as onestop
from portal import rules
from portal.actions.tell_filing import tell_filed
from portal.models import Citizen, Draft, FilingReceipt
from portal.queries.filing_receipt import FiledWords, receipt_content


@action("portal.submit_draft", allowed=rules.may_submit_draft)
def submit_draft(
    citizen: Citizen,
    draft: Draft,
    *,
    submitted: onestop.Submitted,
    words: FiledWords,
    at: datetime,
) -> FilingReceipt:
    """File it. Dossier, receipt and the end of the draft are one transaction: all of them, or none.

    The draft's row is held, so of two clicks the second one waits and gets the first one's receipt.
    Raises what ``onestop.submit_online`` raises; the draft stays as it is then.
    """
    earlier = FilingReceipt.objects.filter(draft=draft).first()
    if earlier is not None:
        return earlier
    verdict = rules.may_write_draft(citizen, draft)
    if not verdict:
        raise NotPermitted(verdict.reason)
    identity = onestop.Identity(
        personal_number=citizen.personal_number,
        name=citizen.name,
        level=citizen.level,
        address=citizen.address,
    )
    filed = onestop.submit_online(identity, submitted, at=at)
    receipt = FilingReceipt.objects.create(
        draft=draft,
        number=filed.number,
        secret=filed.secret,
        filed_at=filed.submitted_at,
        pay_first=filed.pay_first,
        content=receipt_content(words, number=filed.number, filed_at=filed.submitted_at),
    )
    draft.submitted_at = filed.submitted_at
    draft.save(update_fields=["submitted_at"])
    tell_filed(receipt, at=at)
    enqueue("portal.sign_receipt", receipt_id=receipt.pk)
    return receipt
