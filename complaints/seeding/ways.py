"""What becomes of one content of a letter: the way that its story names, step by step."""

from datetime import datetime

from complaints.actions.bring_supplement import bring_supplement
from complaints.actions.decide_proposal import send_back
from complaints.actions.reply import note_answer, reply
from complaints.actions.second_filing import note_second_filing
from complaints.actions.take_in_transfer import return_transfer, take_in_transfer
from complaints.enums import Direction, MatterState
from complaints.models import Transfer
from complaints.seeding.clockwork import Year
from complaints.seeding.settling import settle
from complaints.seeding.work import Part, Steps, Work


def live(year: Year, work: Work, at: datetime) -> Steps:
    """From the desk of the intake to where the story ends."""
    way = work.told["way"]
    if work.matter.state == MatterState.TRANSFERRED:
        yield from _at_the_other_door(year, work, at)
    if way == "new" or work.matter.state != MatterState.ENTERED:
        return
    at = yield work.later(at, 1, 8.5)
    work.take(at)
    if "second_of" in work.told:
        first = year.first_matter(work.told["second_of"])
        note_second_filing(work.handler, work.matter, first_id=first.pk, at=at)
    match way:
        case "reading":
            return
        case "waiting" | "sent_back":
            yield from _propose_only(work, at, sent_back=way == "sent_back")
        case "settle":
            yield from settle(work, at)
            yield from _reply(work, at)
        case "complete":
            yield from _complete(work, at)
        case "urge":
            yield from _urge(work, at)
        case "transfer":
            at = yield from work.directed(Direction.TRANSFER, at)
            yield from _at_the_other_door(year, work, at)
        case _:
            at = yield from work.directed(Direction(way), at)
            yield from _reply(work, at)


def _propose_only(work: Work, at: datetime, *, sent_back: bool) -> Steps:
    at = yield work.later(at, 2)
    work.propose(Direction(work.told["direction"]), at)
    if sent_back:
        at = yield work.later(at, 1, 14)
        send_back(work.office.head, work.matter, words=work.told["because"], at=at)


def _complete(work: Work, at: datetime) -> Steps:
    """Something is missing; it is brought and the letter accepted, or it is not and the letter is filed."""
    at = yield from work.directed(Direction.COMPLETE, at)
    if "brought" not in work.told:
        at = yield work.later(at, 30)
        yield from work.directed(Direction.FILE, at)
        return
    at = yield work.later(at, 9, 10)
    bring_supplement(work.handler, work.matter, words=work.told["brought"], at=at)
    yield from settle(work, at)


def _urge(work: Work, at: datetime) -> Steps:
    """The body that is late is urged, and answers."""
    at = yield from work.directed(Direction.URGE, at)
    if "answered" not in work.told:
        return
    at = yield work.later(at, 18, 15)
    note_answer(work.handler, work.matter.urgings.get(), answer=work.told["answered"], at=at)


def _reply(work: Work, at: datetime) -> Part:
    """Whoever sent the letter on is told what came of it."""
    matter = work.matter
    if matter.letter.wants_reply and matter.state in (MatterState.ANSWERED, MatterState.SETTLED):
        at = yield work.later(at, 1, 15)
        reply(work.handler, matter, words="Đã giải quyết và trả lời người gửi đơn theo quy định.", at=at)
    return at


def _at_the_other_door(year: Year, work: Work, at: datetime) -> Steps:
    """The other body enters it and it goes on there, sends it back, or has not looked at it yet."""
    transfer = Transfer.objects.select_related("recipient").filter(matter_id=work.pk).latest("pk")
    office = year.office_of(transfer.recipient_id) if transfer.recipient_id else None
    there = dict(work.told.get("there", {}))
    if office is None or not there:
        return
    at = yield work.later(at, 2, 9.5)
    door = office.keeper if work.is_protected else office.door
    if "returned" in there:
        return_transfer(door, transfer, reason=there["returned"], at=at)
        after = {**work.told, "to": there["then_to"], "there": {"way": "answer", "words": there["words"]}}
        again = Work(work.office, work.hours, work.matter, after, work.turn)
        at = yield from again.directed(Direction.TRANSFER, at)
        yield from _at_the_other_door(year, again, at)
        return
    matter = take_in_transfer(door, transfer, at=at)
    yield from live(year, Work(office, year.hours, matter, there, work.turn), at)
