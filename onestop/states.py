"""What may follow what: for versions of procedures, dossiers, legs and steps (domain: 2.5, 3.3)."""

from egov.workflow.table import StateTable
from onestop.enums import DossierState, LegState, StepState, TicketState, VersionState

V = VersionState
VERSION = StateTable(
    "procedure version",
    {
        V.DRAFT: frozenset({V.VERIFIED}),
        # Back to the desk when the second pair of eyes finds an error.
        V.VERIFIED: frozenset({V.DRAFT, V.ACTIVE}),
        V.ACTIVE: frozenset({V.SUPERSEDED, V.ABOLISHED}),
        V.SUPERSEDED: frozenset(),
        V.ABOLISHED: frozenset(),
    },
    initial=V.DRAFT,
)

D = DossierState
DOSSIER = StateTable(
    "dossier",
    {
        D.FILED: frozenset({D.RECEIVED, D.REFUSED, D.SUPPLEMENT, D.WITHDRAWN}),
        D.RECEIVED: frozenset({D.PROCESSING, D.SUPPLEMENT, D.WITHDRAWN, D.STOPPED}),
        D.PROCESSING: frozenset({D.SUPPLEMENT, D.DUTY, D.STOPPED, D.DONE, D.WITHDRAWN}),
        # An online dossier whose papers were asked for before it was taken in comes back to where it was.
        D.SUPPLEMENT: frozenset({D.FILED, D.RECEIVED, D.PROCESSING, D.STOPPED, D.WITHDRAWN}),
        D.DUTY: frozenset({D.PROCESSING, D.STOPPED}),
        D.STOPPED: frozenset({D.PROCESSING}),
        D.DONE: frozenset({D.RETURNED, D.PROCESSING}),
        D.REFUSED: frozenset(),
        D.WITHDRAWN: frozenset(),
        D.RETURNED: frozenset(),
    },
    initial=D.FILED,
)
# A dossier whose status a ministry's system keeps follows that system, also where it skips what we would do
# in between; what is final stays so.
MIRROR = StateTable(
    "mirrored dossier",
    {
        state: frozenset() if state in {D.REFUSED, D.WITHDRAWN, D.RETURNED} else frozenset(set(D) - {state})
        for state in D
    },
    initial=D.FILED,
)
# The clock runs only here; an appointment counts as long as the dossier is open.
RUNNING = (D.RECEIVED, D.PROCESSING)
PAUSED = (D.SUPPLEMENT, D.DUTY, D.STOPPED)
OPEN = (D.FILED, *RUNNING, *PAUSED, D.DONE)

L = LegState
LEG = StateTable(
    "leg",
    {
        L.PLANNED: frozenset({L.SENT, L.RUNNING, L.CANCELLED}),
        # Not accepted: back to whoever sent it, and sent again when mended.
        L.SENT: frozenset({L.RUNNING, L.PLANNED, L.CANCELLED}),
        L.RUNNING: frozenset({L.DONE, L.PLANNED, L.CANCELLED}),
        L.DONE: frozenset({L.RUNNING}),
        L.CANCELLED: frozenset(),
    },
    initial=L.PLANNED,
)

S = StepState
STEP = StateTable(
    "step",
    {
        S.PLANNED: frozenset({S.RUNNING, S.SKIPPED}),
        S.RUNNING: frozenset({S.DONE, S.PLANNED}),
        S.DONE: frozenset({S.RUNNING, S.PLANNED}),
        S.SKIPPED: frozenset({S.RUNNING, S.PLANNED}),
    },
    initial=S.PLANNED,
)

T = TicketState
TICKET = StateTable(
    "ticket",
    {
        # Into another group: it waits there, with the place that its own hour gives it.
        T.WAITING: frozenset({T.CALLED, T.WAITING}),
        T.CALLED: frozenset({T.SERVING, T.ABSENT, T.WAITING}),
        T.SERVING: frozenset({T.FINISHED, T.WAITING}),
        # Came back late on the same day.
        T.ABSENT: frozenset({T.CALLED}),
        T.FINISHED: frozenset(),
    },
    initial=T.WAITING,
)
