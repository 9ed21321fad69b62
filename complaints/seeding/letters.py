"""The letters of the demo's year: each comes in at its office, and each of its contents goes its way."""

from datetime import datetime

from django.utils import timezone

from complaints.actions.enter import enter
from complaints.actions.letter_people import withdraw_person
from complaints.actions.link import link_duplicate
from complaints.actions.open_seal import answer_opening, ask_opening
from complaints.enums import Channel, SealedKind
from complaints.models import Letter
from complaints.seeding.clockwork import Year
from complaints.seeding.desk import visit_with_letter
from complaints.seeding.offices import Office
from complaints.seeding.stories import Story, entry_of
from complaints.seeding.ways import live
from complaints.seeding.work import Steps, Work

# What is found in the morning was put there the day before.
FOUND_LATER = (Channel.POST, Channel.BOX, Channel.TRANSFERRED)


def letter(year: Year, story: Story, turn: int) -> Steps:
    """Handed in, entered the same or the next day, and on from there."""
    office = year.offices[story.office]
    clerk = office.keeper if story.denounces else office.door
    arrived = yield year.days_ago(story.days, 7.5 + turn % 7 / 2)
    at = arrived
    if story.channel in FOUND_LATER:
        at = yield year.hours.after(arrived, 1, 8)
    entry = entry_of(story, year.random, office.agency, arrived)
    if story.channel == Channel.VISIT:
        entered = visit_with_letter(office.door, entry, at=at)
    else:
        entered = enter(clerk, entry, at=at)
    told = story.contents[0]
    if story.key:
        year.letters[story.key] = entered
    if "same_as" in told:
        link_duplicate(clerk, entered, year.letters[told["same_as"]], at=at)
    for place, (matter, words) in enumerate(
        zip(entered.matters.order_by("ordinal"), story.contents, strict=True)
    ):
        year.start(live(year, Work(office, year.hours, matter, words, turn + place), at))
    if "opening" in told:
        year.start(_opening(year, office, entered, told["opening"], at))
    if "one_leaves" in told:
        at = yield year.hours.after(at, told["one_leaves"], 10)
        person = entered.participants.order_by("-pk")[0]
        withdraw_person(clerk, entered, person, on=timezone.localdate(at), at=at)


def _opening(year: Year, office: Office, letter: Letter, reason: str, at: datetime) -> Steps:
    """The keeper asks to know who denounces, a deputy agrees; the custodian's turn is the newcomer's."""
    at = yield year.hours.after(at, 2, 9)
    asked = ask_opening(office.keeper, letter, kind=SealedKind.PERSON, reason=reason, at=at)
    at = yield year.hours.after(at, 1, 10)
    answer_opening(office.deputy, asked, agrees=True, at=at)
