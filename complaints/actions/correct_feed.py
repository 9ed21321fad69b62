"""Put a corrected content in the place of one that the national database rejected, and tell it (rule 51)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from complaints import rules
from complaints.enums import FeedGround, FeedState
from complaints.exchange.national_feed.content import checked, drafted
from complaints.exchange.national_feed.schema import fields_of
from complaints.models import FeedEntry
from egov.exchange.conversation import Rejected
from egov.organizations.actor import Actor
from egov.taskqueue.enqueue import enqueue
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class ContentNotAcceptable(Refusal):
    """A value that is no code, day or count, or a field that nobody may set."""


@action("complaints.correct_feed", allowed=rules.may_correct_feed)
def correct_feed(
    actor: Actor, entry: FeedEntry, corrections: dict[str, Any], *, ground: FeedGround, at: datetime
) -> FeedEntry:
    """Tell the same event by the registers as they are now, with these fields set or, where empty, left out.

    The rejected one stays as it was, beside what was answered to it. Raises ContentNotAcceptable.
    """
    entry.revision += 1
    fresh = drafted(entry)
    fields = fields_of(fresh["subject"], guarded=entry.record.is_guarded)
    odd = [name for name in corrections if name not in fields or not fields[name].correctable]
    if odd:
        raise ContentNotAcceptable(_("Không được sửa các trường: %(names)s.") % {"names": ", ".join(odd)})
    try:
        content = checked(fresh | corrections, entry.record)
    except Rejected as refusal:
        raise ContentNotAcceptable(str(refusal)) from refusal
    FeedEntry.objects.filter(pk=entry.pk).update(state=FeedState.CORRECTED)
    corrected = FeedEntry.objects.create(
        record=entry.record,
        sequence=entry.sequence,
        revision=entry.revision,
        event=entry.event,
        after=entry.after,
        at=entry.at,
        content=content,
        next_try_at=at,
        corrects_id=entry.pk,
        ground=ground,
        corrected_by=actor.membership,
        corrected_at=at,
    )
    enqueue("complaints.tell_feed", record_id=entry.record_id)
    return corrected
