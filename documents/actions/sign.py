"""The competent person signs with their own key (Decree 30/2020, Art. 13; rules 10 and 36)."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from documents import rules
from documents.actions.announce import announce_to_registry
from documents.actions.batch import BatchResult, each
from documents.actions.ceremony import personal_key, require_owner
from documents.actions.paper import keep_paper, read_paper
from documents.enums import DocumentState
from documents.models import Document
from documents.rules.authority import authority
from egov.organizations.actor import Actor
from egov.signing.providers.interface import OpenKey
from egov.signing.sign import sign_personal
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import NotPermitted


@action("documents.sign", allowed=rules.may_sign)
def sign_with_key(actor: Actor, document: Document, *, key: OpenKey, at: datetime) -> Document:
    """Put the actor's signature on the paper, with a key that is already open.

    Authority comes from the position and the delegations that hold on this day, never from the certificate.
    """
    assert document.agency is not None  # noqa: S101  (the rule let only the chosen signer in)
    verdict = authority(
        actor.membership,
        agency=document.agency,
        kind=document.kind,
        capacity=document.capacity,
        on=timezone.localdate(at),
    )
    if not verdict:
        raise NotPermitted(verdict.reason)
    require_owner(key, user=actor.user)
    signed = sign_personal(
        read_paper(document),
        key,
        at=at,
        name=actor.user.full_name,
        position=actor.membership.position,
        agency=document.agency.name,
    )
    keep_paper(document, signed)
    document.signer_name = actor.user.full_name
    document.signer_position = actor.membership.position
    document.signed_at = at
    document.save(update_fields=["signer_name", "signer_position", "signed_at", "file"])
    move(document, to=DocumentState.SIGNED, by=actor, at=at)
    announce_to_registry(document, event="signed", text=_("Văn bản đã ký, chờ cấp số và đóng dấu"))
    return document


def sign(actor: Actor, document: Document, *, pin: str, at: datetime) -> Document:
    """Sign one document with the actor's PIN. Raises WrongPin, KeyLocked, NotPermitted, NoCertificate."""
    with personal_key(actor, pin=pin, at=at) as key:
        return sign_with_key(actor, document, key=key, at=at)


def sign_batch(actor: Actor, document_ids: Iterable[int], *, pin: str, at: datetime) -> list[BatchResult]:
    """Sign many documents in one ceremony: the key is opened once, each document is a transaction of its own.

    A refused document does not stop the others; the result says for each what happened, in the order given.
    Raises only what concerns the key itself (WrongPin, KeyLocked, NoCertificate): then nothing was signed.
    """
    with personal_key(actor, pin=pin, at=at) as key:
        return each(actor, document_ids, lambda document: sign_with_key(actor, document, key=key, at=at))
