"""Tell the people whom a step of an incoming document concerns."""

from collections.abc import Iterable

from documents.models import Delivery
from egov.notifications.send import Message, tell_members
from egov.organizations.models import Membership


def tell(members: Iterable[Membership], delivery: Delivery, *, event: str, text: str, key: str = "") -> None:
    """Put a line with the document's number and abstract into their inboxes, once for each occasion."""
    document = delivery.document
    tell_members(
        members,
        Message(
            event=f"documents.{event}",
            text=f"{text}: {document.notation} – {document.abstract}",
            key=f"{delivery.pk}.{key}" if key else str(delivery.pk),
            about=delivery,
        ),
    )
