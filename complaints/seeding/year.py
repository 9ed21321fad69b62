"""A year of letters and visits in the demo: a few hundred steps of officials, each at its own time."""

from datetime import datetime, timedelta

from django.db import transaction

from complaints.models import Letter
from complaints.seeding.clockwork import Year
from complaints.seeding.letters import letter
from complaints.seeding.offices import PROVINCE, open_offices
from complaints.seeding.stories import read_stories
from complaints.seeding.timetable import DAYS, timetable
from complaints.seeding.visits import Visits, close_last_year

# Duties are given before the first letter arrives.
BEGIN = timedelta(days=380)


@transaction.atomic
def play_letters(now: datetime) -> int:
    """Play the year before ``now``, whole or not at all; none when there are letters. Returns how many."""
    if Letter.objects.exists():
        return 0
    begin = now - BEGIN
    year = Year(now, begin, open_offices(begin))
    for turn, story in enumerate(read_stories()):
        year.start(letter(year, story, turn))
    visits = Visits(year)
    visits.start()
    for name in DAYS:
        year.start(timetable(year, year.offices[name], visits))
    year.start(close_last_year(year, year.offices[PROVINCE]))
    year.run()
    return Letter.objects.count()
