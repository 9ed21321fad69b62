"""Tell the next person that an outgoing document waits for them, or what became of it."""

from documents.models import Document
from egov.notifications.send import Message, ToRole, tell_members, tell_roles
from egov.organizations.enums import Role
from egov.organizations.models import Membership


def announce_to(member: Membership, document: Document, *, event: str, text: str) -> None:
    """Put a line into one person's inbox, once for each step of the document."""
    tell_members([member], _message(document, event, text))


def announce_to_registry(document: Document, *, event: str, text: str) -> None:
    """Put a line into the inbox of the registry of the document's agency."""
    assert document.agency_id is not None  # noqa: S101  (only paper from outside has no agency)
    tell_roles([ToRole(document.agency_id, Role.REGISTRY, _message(document, event, text))])


def _message(document: Document, event: str, text: str) -> Message:
    step = document.changes.latest("pk")
    named = f"{document.notation} – {document.abstract}" if document.notation else document.abstract
    return Message(
        event=f"documents.{event}", text=f"{text}: {named}", key=f"{document.pk}.{step.pk}", about=document
    )
