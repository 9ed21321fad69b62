"""What may follow what: one table for documents, one for deliveries."""

from documents.enums import DeliveryState, DocumentState
from egov.workflow.table import StateTable

D = DocumentState
DOCUMENT = StateTable(
    "document",
    {
        D.DRAFT: frozenset({D.SUBMITTED}),
        D.SUBMITTED: frozenset({D.DRAFT, D.SIGNED}),
        # Back to the drafter only as long as no number was given: a number is never taken back.
        D.SIGNED: frozenset({D.NUMBERED, D.DRAFT}),
        D.NUMBERED: frozenset({D.SEALED}),
        D.SEALED: frozenset({D.ISSUED}),
        D.ISSUED: frozenset(),
        D.RECEIVED: frozenset(),
    },
    initial=D.DRAFT,
)

V = DeliveryState
DELIVERY = StateTable(
    "delivery",
    {
        V.PENDING: frozenset({V.ARRIVED}),
        V.ARRIVED: frozenset({V.REGISTERED, V.RETURNED}),
        V.RETURNED: frozenset(),
        V.REGISTERED: frozenset({V.PRESENTED, V.ASSIGNED, V.FINISHED}),
        V.PRESENTED: frozenset({V.ASSIGNED, V.FINISHED}),
        V.ASSIGNED: frozenset({V.IN_PROGRESS, V.FINISHED}),
        V.IN_PROGRESS: frozenset({V.FINISHED}),
        V.FINISHED: frozenset(),
    },
    initial=V.PENDING,
)
