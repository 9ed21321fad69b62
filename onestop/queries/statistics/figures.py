"""The columns of the period report, how they add up, and the shares that are taken of them."""

from dataclasses import dataclass, fields
from typing import Self


@dataclass(slots=True)
class Figures:
    """Counts of dossiers of some unit, sector or procedure in a period.

    Every dossier stands once on each side: ``taken_in`` = ``accounted_for`` (rule 25). Those without an
    appointment have columns of their own and are in no share (rule 23).
    """

    # Received before the period and open at its start, or opened again within it.
    carried: int = 0
    reopened: int = 0  # of carried
    received_online: int = 0
    received_counter: int = 0
    received_post: int = 0
    solved_early: int = 0
    solved_on_time: int = 0
    solved_late: int = 0
    solved_unpromised: int = 0
    apologised: int = 0  # of solved_late: the applicant had been told in time
    late_by_law: int = 0  # of all solved: later than the law alone would have allowed
    running_in_time: int = 0
    running_late: int = 0
    running_unpromised: int = 0
    paused_in_time: int = 0
    paused_late: int = 0
    paused_unpromised: int = 0
    refused: int = 0
    withdrawn: int = 0
    # Filed and neither taken in nor refused by the end: on no side yet.
    waiting: int = 0

    def __add__(self, other: Self) -> Self:
        return type(self)(*(getattr(self, name) + getattr(other, name) for name in COLUMNS))

    @property
    def received(self) -> int:
        return self.received_online + self.received_counter + self.received_post

    @property
    def taken_in(self) -> int:
        """Left side of the identity."""
        return self.carried + self.received

    @property
    def solved(self) -> int:
        return self.solved_early + self.solved_on_time + self.solved_late + self.solved_unpromised

    @property
    def running(self) -> int:
        return self.running_in_time + self.running_late + self.running_unpromised

    @property
    def paused(self) -> int:
        return self.paused_in_time + self.paused_late + self.paused_unpromised

    @property
    def unpromised(self) -> int:
        """Without an appointment, whatever became of them: outside every share."""
        return self.solved_unpromised + self.running_unpromised + self.paused_unpromised

    @property
    def accounted_for(self) -> int:
        """Right side of the identity."""
        return self.solved + self.running + self.paused + self.refused + self.withdrawn

    @property
    def solved_promised(self) -> int:
        """Solved, and with an appointment to compare with."""
        return self.solved_early + self.solved_on_time + self.solved_late

    @property
    def on_time_share(self) -> float | None:
        """Early or on the day, of all solved with an appointment; None when there are none."""
        return share(self.solved_early + self.solved_on_time, self.solved_promised)

    @property
    def late_now(self) -> int:
        """Open and past the appointment."""
        return self.running_late + self.paused_late

    @property
    def online_share(self) -> float | None:
        return share(self.received_online, self.received)

    @property
    def is_empty(self) -> bool:
        return not self.taken_in and not self.accounted_for and not self.waiting


COLUMNS = tuple(field.name for field in fields(Figures))


def share(part: int, whole: int) -> float | None:
    """Part of a whole between 0 and 1; None of nothing."""
    return part / whole if whole else None
