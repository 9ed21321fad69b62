"""What may follow what for one content of a letter (domain: 10)."""

from complaints.enums import AppointmentState, MatterState, PromiseState, VisitState
from egov.workflow.table import StateTable

M = MatterState
MATTER = StateTable(
    "matter",
    {
        M.ENTERED: frozenset({M.PROCESSING, M.STOPPED}),
        M.PROCESSING: frozenset(
            {
                M.INCOMPLETE,
                M.SETTLING,
                M.REFUSED,
                M.GUIDED,
                M.TRANSFERRED,
                M.RETURNED,
                M.FILED,
                M.ANSWERED,
                M.STOPPED,
            }
        ),
        # The sender brings what was missing, or does not in time.
        M.INCOMPLETE: frozenset({M.PROCESSING, M.FILED, M.STOPPED}),
        M.SETTLING: frozenset({M.SUSPENDED, M.SETTLED, M.ANSWERED, M.STOPPED}),
        M.SUSPENDED: frozenset({M.SETTLING, M.STOPPED}),
        M.SETTLED: frozenset({M.ARCHIVED, M.SETTLING}),
        # A withdrawal that was forced reopens what it stopped (rule 34).
        M.STOPPED: frozenset({M.SETTLING, M.PROCESSING}),
        # Whoever got it by mistake sends it back: the first clock runs on (rule 19).
        M.TRANSFERRED: frozenset({M.PROCESSING}),
        M.ARCHIVED: frozenset(),
        M.REFUSED: frozenset(),
        M.GUIDED: frozenset(),
        M.RETURNED: frozenset(),
        M.FILED: frozenset(),
        M.ANSWERED: frozenset(),
    },
    initial=M.ENTERED,
)
PROCESSED = (M.ENTERED, M.PROCESSING, M.INCOMPLETE)
OPEN = (*PROCESSED, M.SETTLING, M.SUSPENDED)

VISIT = StateTable(
    "visit",
    {VisitState.OPEN: frozenset({VisitState.CLOSED}), VisitState.CLOSED: frozenset()},
    initial=VisitState.OPEN,
)
A = AppointmentState
APPOINTMENT = StateTable(
    "appointment",
    {
        A.ASKED: frozenset({A.AGREED, A.DECLINED, A.WITHDRAWN}),
        # Its day is cancelled: it waits for another one.
        A.AGREED: frozenset({A.MET, A.MISSED, A.ASKED, A.WITHDRAWN}),
        A.DECLINED: frozenset(),
        A.MET: frozenset(),
        A.MISSED: frozenset(),
        A.WITHDRAWN: frozenset(),
    },
    initial=A.ASKED,
)
PROMISE = StateTable(
    "promise",
    {
        PromiseState.OPEN: frozenset({PromiseState.REPORTED, PromiseState.KEPT}),
        PromiseState.REPORTED: frozenset({PromiseState.OPEN, PromiseState.KEPT}),
        PromiseState.KEPT: frozenset(),
    },
    initial=PromiseState.OPEN,
)
