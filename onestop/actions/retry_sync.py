"""Let the national portal be told again what it rejected, once an operator has mended the cause."""

from datetime import datetime

from egov.organizations.actor import Actor
from egov.taskqueue.enqueue import enqueue
from egov.workflow.action import action
from onestop import rules
from onestop.enums import SyncState
from onestop.models import NationalRecord, SyncEvent


@action("onestop.retry_sync", allowed=rules.may_retry_sync)
def retry_sync(actor: Actor, event: SyncEvent, *, at: datetime) -> SyncEvent:  # noqa: ARG001
    """Tell it again, now. What was rejected is put into words anew, as what was wrong with it may be mended;
    what only failed is told as it was, since the portal may have heard it."""
    if event.state == SyncState.REJECTED:
        # The line of the history may have been taken in before the status was not.
        event.content = {"progress": event.content["progress"]} if event.content else None
        NationalRecord.objects.filter(dossier=event.dossier_id, opened_at=None).update(opened_with=None)
    event.state = SyncState.PENDING
    event.next_try_at = at
    event.save(update_fields=["content", "state", "next_try_at"])
    enqueue("onestop.sync_dossier", dossier_id=event.dossier_id)
    return event
