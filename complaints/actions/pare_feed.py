"""A letter turns out to denounce: of what was fixed or told of it, only what names nobody stays (rule 51)."""

from django.db.models import Q

from complaints.exchange.national_feed.content import pared
from complaints.models import FeedEntry, Letter


def pare_feed(letter: Letter) -> None:
    """Take the rest out of every content; what the national database has heard, it has heard.

    A record that is told again afterwards says less than before, which that database may refuse: the refusal
    is then on the page, for whoever keeps the protected register.
    """
    of_letter = Q(record__matter__letter=letter) | Q(record__visit__letter=letter)
    for entry in FeedEntry.objects.filter(of_letter):
        if entry.content is not None:
            entry.content = pared(entry.content, guarded=True)
            entry.save(update_fields=["content"])
