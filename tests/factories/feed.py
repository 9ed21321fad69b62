"""A letter on its way to the national database, and the worker that tells of it."""

from complaints.actions.enter import enter
from complaints.actions.entry import Sender
from complaints.actions.tell_feed import tell_record
from complaints.enums import MatterState
from complaints.exchange.national_feed.http import HttpNationalDatabase
from complaints.models import ContentField, FeedEntry, Matter
from egov.organizations.actor import Actor
from egov.workflow.move import move
from egov.workflow.performer import SYSTEM
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.entries import content, entry

# Whose name is planted.
WHO = Sender(
    name="Khuất Thị Huyền Trâm",
    address="Ngách 83/17 đường Kỳ Bá, phường Trần Lãm",
    personal_number="034188917305",
    phone="0987173055",
)


def land() -> ContentField:
    """A field of content."""
    return ContentField.objects.get(code="admin.land")


def entered(clerk: Actor) -> Matter:
    """Of a letter about land, entered this morning: its first event is queued."""
    return enter(clerk, entry(content(field=land()), at=NOW), at=NOW).matters.get()


def go(matter: Matter, *states: MatterState, at=NOW) -> None:
    """Through these states."""
    for state in states:
        move(matter, to=state, by=SYSTEM, at=at)


def tell(thing, at=NOW) -> int:
    """One run of the worker for a matter or a visit."""
    with HttpNationalDatabase.configured() as database:
        return tell_record(database, thing.feed_record.pk, at)


def queued(thing) -> list[tuple[int, int, str, str]]:
    """Number, revision, state told, and how far each entry is."""
    rows = FeedEntry.objects.filter(record=thing.feed_record).order_by("sequence", "revision")
    return list(rows.values_list("sequence", "revision", "after", "state"))
