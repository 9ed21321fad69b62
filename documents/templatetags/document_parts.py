"""Chips of documents: the state in words with its tone, the urgency when there is one."""

from typing import Any

from django import template

from documents.enums import DeliveryState, DocumentState
from documents.models import Delivery, Document
from egov.signing.verification import Status

register = template.Library()

D, V = DocumentState, DeliveryState
DOCUMENT_TONES = {D.DRAFT: "", D.ISSUED: "done", D.RECEIVED: "done"}
DELIVERY_TONES = {
    V.PENDING: "moving",
    V.ARRIVED: "waiting",
    V.RETURNED: "stopped",
    V.REGISTERED: "moving",
    V.PRESENTED: "waiting",
    V.ASSIGNED: "moving",
    V.IN_PROGRESS: "moving",
    V.FINISHED: "done",
}
CHECK_CLASSES = {
    Status.VALID: "check-yes",
    Status.INVALID: "check-no",
    Status.NOT_DETERMINED: "check-unknown",
}


@register.inclusion_tag("components/c_chip.html")
def state_chip(thing: Document | Delivery) -> dict[str, Any]:
    """The state of a document or of an incoming document in words."""
    if isinstance(thing, Document):
        tone = DOCUMENT_TONES.get(DocumentState(thing.state), "waiting")
    else:
        tone = DELIVERY_TONES[DeliveryState(thing.state)]
    return {"text": thing.get_state_display(), "tone": tone}


@register.inclusion_tag("components/c_chip_if.html")
def urgency(document: Document) -> dict[str, Any]:
    """Khẩn, thượng khẩn, hỏa tốc; nothing for an ordinary document."""
    text = document.get_urgency_display() if document.urgency else ""
    return {"text": text, "tone": "urgent"}


@register.filter
def check_class(status: str) -> str:
    """The mark beside the answer to one question about a signature; the words say the same."""
    return CHECK_CLASSES[Status(status)]
