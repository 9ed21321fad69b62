"""What may follow what for one content of a letter (domain: 10)."""

from complaints.enums import MatterState
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
