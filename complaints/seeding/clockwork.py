"""Runs the stories of a year side by side, each step at its own time and all in the order of time.

Numbers of registers and papers follow the days then, as in life. A story is a generator: it gives the moment
of its next step and is woken up then; what would come after today never happens.
"""

import heapq
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count
from random import Random

from django.utils import timezone

from complaints.models import Letter, Matter
from complaints.seeding.hours import Hours
from complaints.seeding.offices import Office
from complaints.seeding.work import Steps

SEED = 2013


class Year:
    """The time, the offices, and what has been told so far."""

    def __init__(self, now: datetime, begin: datetime, offices: Mapping[str, Office]) -> None:
        self.now, self.offices = now, offices
        self.random = Random(SEED)  # noqa: S311  (stories, no secrets)
        self.hours = Hours(next(iter(offices.values())).agency, timezone.localdate(begin))
        # The letters of stories that others refer to, by the stories' keys.
        self.letters: dict[str, Letter] = {}
        self._waiting: list[tuple[datetime, int, Steps]] = []
        self._order = count()

    def days_ago(self, days: int, hour: float) -> datetime:
        """That hour of an open day so long ago; before the day has come so far, of one before it."""
        day = timezone.localdate(self.now) - timedelta(days=days)
        while (at := self.hours.on(day, hour)) > self.now:
            day -= timedelta(days=1)
        return at

    def start(self, story: Steps) -> None:
        """Let a story begin at the moment that it gives first."""
        self._wait(story, next(story, None))

    def run(self) -> None:
        """All of them, until now."""
        while self._waiting:
            at, _order, story = heapq.heappop(self._waiting)
            try:
                following = story.send(at)
            except StopIteration:
                continue
            self._wait(story, following)

    def first_matter(self, key: str) -> Matter:
        """The first content of a story that was told before."""
        return self.letters[key].matters.order_by("ordinal")[0]

    def office_of(self, agency_id: int) -> Office | None:
        """The office of an agency, if it plays a part."""
        return next((one for one in self.offices.values() if one.agency.pk == agency_id), None)

    def _wait(self, story: Steps, at: datetime | None) -> None:
        if at is not None and at <= self.now:
            heapq.heappush(self._waiting, (at, next(self._order), story))
