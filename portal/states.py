"""What may follow what: for inquiries (domain: 4.2)."""

from egov.workflow.table import StateTable
from portal.enums import InquiryState

S = InquiryState
INQUIRY = StateTable(
    "inquiry",
    {
        S.RECEIVED: frozenset({S.ASSIGNED, S.CLOSED}),
        # Passed on again when it lies with the wrong agency.
        S.ASSIGNED: frozenset({S.ASSIGNED, S.ANSWERED, S.CLOSED}),
        S.ANSWERED: frozenset({S.PROPOSED}),
        S.PROPOSED: frozenset({S.PUBLISHED, S.ANSWERED}),
        S.PUBLISHED: frozenset({S.WITHDRAWN}),
        S.WITHDRAWN: frozenset({S.PROPOSED}),
        S.CLOSED: frozenset(),
    },
    initial=S.RECEIVED,
)
WAITING = (S.RECEIVED, S.ASSIGNED)
