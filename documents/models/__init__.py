from documents.models.attachment import Attachment
from documents.models.delivery import Delivery, DeliveryChange, Hop
from documents.models.directive import Assignment, Directive
from documents.models.document import Document, DocumentChange
from documents.models.kind import DocumentKind
from documents.models.recipient import Recipient
from documents.models.register import IncomingEntry, OutgoingEntry

__all__ = [
    "Assignment",
    "Attachment",
    "Delivery",
    "DeliveryChange",
    "Directive",
    "Document",
    "DocumentChange",
    "DocumentKind",
    "Hop",
    "IncomingEntry",
    "OutgoingEntry",
    "Recipient",
]
