"""Take an unsigned or unnumbered document back to its drafter (Decree 30/2020, Art. 10-11)."""

from datetime import datetime

from django.utils.translation import gettext as _

from documents import rules
from documents.actions.announce import announce_to
from documents.enums import DocumentState
from documents.models import Document
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal

REASON_LENGTH = 1000


class ReasonMissing(Refusal):
    """A return needs its reason in words."""


@action("documents.withdraw", allowed=rules.may_withdraw)
def withdraw(actor: Actor, document: Document, *, at: datetime) -> Document:
    """The drafter takes the document back before it is signed."""
    return _back_to_draft(actor, document, at=at, note="")


@action("documents.return_to_drafter", allowed=rules.may_return_to_drafter)
def return_to_drafter(actor: Actor, document: Document, *, reason: str, at: datetime) -> Document:
    """The signer, or the registry after signing, sends the document back with a reason.

    A signature already given lapses with its paper: the signed revision stays in the file store and the
    history, and the document begins anew from what the drafter wrote or uploaded.
    """
    words = clean_line(reason)[:REASON_LENGTH]
    if not words:
        raise ReasonMissing(_("Hãy ghi lý do trả lại để người soạn thảo biết cần sửa gì."))
    _back_to_draft(actor, document, at=at, note=words)
    announce_to(
        document.drafter,
        document,
        event="returned_to_drafter",
        text=_("Văn bản được trả lại (%(reason)s)") % {"reason": words},
    )
    return document


def _back_to_draft(actor: Actor, document: Document, *, at: datetime, note: str) -> Document:
    move(document, to=DocumentState.DRAFT, by=actor, at=at, note=note)
    document.file = document.uploaded_file
    document.signed_at = None
    document.signer_name = document.signer_position = ""
    document.save(update_fields=["file", "signed_at", "signer_name", "signer_position"])
    return document
