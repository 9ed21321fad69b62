"""The registry signs for the agency, over the competent person's signature (Decree 30/2020, Art. 17, 32)."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from documents import rules
from documents.actions.batch import BatchResult, each
from documents.actions.ceremony import agency_key, require_owner
from documents.actions.paper import PDF, keep_paper, read_paper
from documents.actions.signatures import require_personal_signature
from documents.enums import DocumentState
from documents.models import Document
from egov.files.store import put, read_checked
from egov.organizations.actor import Actor
from egov.signing.providers.interface import OpenKey
from egov.signing.sign import sign_attachment, sign_seal
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal


class AgencyEnded(Refusal):
    """The agency may not sign from the day on which its end takes effect."""


@action("documents.seal", allowed=rules.may_seal)
def seal_with_key(actor: Actor, document: Document, *, key: OpenKey, at: datetime) -> Document:
    """Put the agency's signature and seal on the paper and sign its PDF attachments, with a key already open.

    Only over a valid signature, on the same bytes, of who was competent on the day of signing (rule 7). An
    attachment in a file of its own is signed top right, without a picture (rule 13).
    """
    if not actor.agency.exists_on(timezone.localdate(at)):
        raise AgencyEnded(_("Cơ quan đã kết thúc hoạt động nên không ký số văn bản được nữa."))
    require_owner(key, agency_id=document.agency_id)
    checked = require_personal_signature(document, at=at)
    sealed = sign_seal(
        read_paper(document),
        key,
        at=at,
        agency_name=actor.agency.name,
        picture=bytes(actor.agency.seal_picture or b""),
        checked=checked,
    )
    keep_paper(document, sealed)
    _sign_attachments(document, key, at=at)
    document.sealed_at = at
    document.save(update_fields=["sealed_at", "file"])
    move(document, to=DocumentState.SEALED, by=actor, at=at)
    return document


def seal(actor: Actor, document: Document, *, pin: str, at: datetime) -> Document:
    """Seal one document with the PIN of the agency's key. Raises WrongPin, PersonalSignatureMissing …"""
    with agency_key(actor, pin=pin, at=at) as key:
        return seal_with_key(actor, document, key=key, at=at)


def seal_batch(actor: Actor, document_ids: Iterable[int], *, pin: str, at: datetime) -> list[BatchResult]:
    """Seal many documents with the key opened once; a refused one does not stop the others."""
    with agency_key(actor, pin=pin, at=at) as key:
        return each(actor, document_ids, lambda document: seal_with_key(actor, document, key=key, at=at))


def _sign_attachments(document: Document, key: OpenKey, *, at: datetime) -> None:
    for attachment in document.attachments.select_related("file").filter(file__media_type=PDF):
        signed = sign_attachment(read_checked(attachment.file), key, notation=document.notation, at=at)
        attachment.file = put(signed, media_type=PDF)
        attachment.save(update_fields=["file"])
