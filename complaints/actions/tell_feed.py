"""Tell the national database what happened to one matter or visit, in order, until it has acknowledged each.

No database transaction is open while it is spoken to. What it acknowledged is kept at once, so whoever goes
on after a crash repeats at most one call, and every call may be repeated (rule 51).
"""

import uuid
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from complaints.enums import FeedState
from complaints.exchange.national_feed.content import checked, content_of
from complaints.exchange.national_feed.interface import NationalDatabase
from complaints.models import FeedEntry, FeedRecord
from egov.exchange.conversation import Rejected, Unavailable
from egov.exchange.lease import delay, hold, release
from egov.taskqueue.enqueue import enqueue

AT_ONCE = 500
ANSWER_LENGTH = 500


def tell_record(database: NationalDatabase, record_id: int, at: datetime) -> int:
    """Tell what is due, first things first; how many entries were acknowledged.

    Does nothing while another worker speaks of the same record. Stops at the first entry that is not
    acknowledged: one that failed is tried later, one that was rejected waits for a person.
    """
    record = FeedRecord.objects.get(pk=record_id)
    lease = uuid.uuid4().hex
    if not hold(record, lease):
        return 0
    told = 0
    try:
        if record.resend_at is not None and record.resend_at <= at:
            _tell_again(database, record, lease, at)
        while (entry := _first_due(record, at)) is not None and hold(record, lease):
            if not _tell(database, entry, at):
                break
            told += 1
    finally:
        release(record, lease)
    return told


def sweep_feed(at: datetime) -> int:
    """Send a task for every record of which something is due, longest waiting first; how many."""
    earlier = FeedEntry.objects.unsent().filter(record=OuterRef("record"), sequence__lt=OuterRef("sequence"))
    held = FeedRecord.objects.filter(pk=OuterRef("record"), held_until__gt=Now())
    due = (
        FeedEntry.objects.filter(~Exists(earlier), ~Exists(held), state=FeedState.QUEUED)
        .filter(next_try_at__lte=at)
        .order_by("next_try_at")
        .values_list("record_id", flat=True)[:AT_ONCE]
    )
    again = FeedRecord.objects.filter(resend_at__lte=at).order_by("resend_at").values_list("pk", flat=True)
    found = list(dict.fromkeys([*due, *again[:AT_ONCE]]))
    for record_id in found:
        enqueue("complaints.tell_feed", record_id=record_id)
    return len(found)


def _first_due(record: FeedRecord, at: datetime) -> FeedEntry | None:
    entry = (
        FeedEntry.objects.unsent()
        .filter(record=record)
        .select_related(
            "record__matter__letter__root",
            "record__matter__agency",
            "record__matter__field",
            "record__visit__letter",
            "record__visit__field",
            "record__visit__root",
            "record__visit__corrects",
        )
        .order_by("sequence", "revision")
        .first()
    )
    if entry is None or entry.state == FeedState.REJECTED or entry.next_try_at > at:
        return None
    return entry


def _tell(database: NationalDatabase, entry: FeedEntry, at: datetime) -> bool:
    queued = FeedEntry.objects.filter(pk=entry.pk, state=FeedState.QUEUED)
    attempts = entry.attempts + 1
    try:
        if entry.content is None:
            entry.content = content_of(entry)
            queued.update(content=entry.content)
        # Also what was fixed earlier: since then the letter may have gone under seal, or be another's word.
        remote_id = database.tell(checked(entry.content, entry.record))
    except Rejected as refusal:
        queued.update(state=FeedState.REJECTED, attempts=attempts, answer=str(refusal)[:ANSWER_LENGTH])
        return False
    except Unavailable as fault:
        wait = delay(entry.attempts, asked=fault.wait)
        queued.update(attempts=attempts, answer=str(fault)[:ANSWER_LENGTH], next_try_at=at + wait)
        return False
    sent = queued.update(state=FeedState.SENT, attempts=attempts, answer="", sent_at=at, remote_id=remote_id)
    return sent == 1


def _tell_again(database: NationalDatabase, record: FeedRecord, lease: str, at: datetime) -> None:
    """Everything that was acknowledged, once more word for word: whoever has it all changes nothing, and who
    has lost it gets it back in order. Whether the two now agree is for the next comparison to say."""
    try:
        for entry in FeedEntry.objects.filter(record=record, state=FeedState.SENT).order_by("sequence"):
            # A long history takes longer than one lease.
            if not hold(record, lease):
                return
            database.tell(checked(entry.content or {}, record))
    except Rejected as refusal:
        _note_again(record, resend_at=None, resend_problem=str(refusal)[:ANSWER_LENGTH])
    except Unavailable as fault:
        due = at + delay(0, asked=fault.wait)
        _note_again(record, resend_at=due, resend_problem=str(fault)[:ANSWER_LENGTH])
    else:
        _note_again(record, resend_at=None, resend_problem="", resent_at=at)


def _note_again(record: FeedRecord, **fields: object) -> None:
    FeedRecord.objects.filter(pk=record.pk).update(**fields)
