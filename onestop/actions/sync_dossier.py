"""Tell the national portal of a dossier's statuses, in their order, until it has acknowledged each (rule 48).

No database transaction is open while the portal is spoken to. Each thing that it acknowledged is kept at
once, so whoever goes on after a crash repeats at most one call, and every call may be repeated.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from egov.exchange.conversation import Rejected, Unavailable
from egov.exchange.lease import delay, hold, release
from egov.files.models import StoredFile
from egov.files.refusals import DamagedFile, StoreUnavailable
from egov.files.store import read_checked
from egov.taskqueue.enqueue import enqueue
from onestop.enums import SyncState
from onestop.exchange.national_portal import content
from onestop.exchange.national_portal.interface import NationalPortal
from onestop.models import Dossier, NationalFile, NationalRecord, Paper, Result, SyncEvent

AT_ONCE = 500
ERROR_LENGTH = 500


def sync_dossier(portal: NationalPortal, dossier_id: int, at: datetime) -> int:
    """Tell what is due, first things first; how many events were acknowledged.

    Does nothing while another worker speaks of the same dossier. Stops at the first event that is not
    acknowledged: one that failed is tried later, one that was rejected waits for an operator.
    """
    lease = uuid.uuid4().hex
    record, _made = NationalRecord.objects.get_or_create(dossier_id=dossier_id)
    if not hold(record, lease):
        return 0
    told = 0
    try:
        while (event := _first_due(dossier_id, at)) is not None and hold(record, lease):
            if not _tell(portal, record, event, at):
                break
            told += 1
    finally:
        release(record, lease)
    return told


def sweep_sync(at: datetime) -> int:
    """Send a task for every dossier of which something is due, longest waiting first; how many."""
    earlier = SyncEvent.objects.filter(
        dossier=OuterRef("dossier"), sequence__lt=OuterRef("sequence")
    ).exclude(state=SyncState.SENT)
    held = NationalRecord.objects.filter(dossier=OuterRef("dossier"), held_until__gt=Now())
    due = (
        SyncEvent.objects.filter(~Exists(earlier), ~Exists(held), state=SyncState.PENDING)
        .filter(next_try_at__lte=at)
        .order_by("next_try_at")
        .values_list("dossier_id", flat=True)[:AT_ONCE]
    )
    found = list(due)
    for dossier_id in found:
        enqueue("onestop.sync_dossier", dossier_id=dossier_id)
    return len(found)


def _first_due(dossier_id: int, at: datetime) -> SyncEvent | None:
    waiting = SyncEvent.objects.filter(dossier_id=dossier_id).exclude(state=SyncState.SENT)
    event = waiting.order_by("sequence").first()
    if event is None or event.state == SyncState.REJECTED or event.next_try_at > at:
        return None
    return event


def _tell(portal: NationalPortal, record: NationalRecord, event: SyncEvent, at: datetime) -> bool:
    waiting = SyncEvent.objects.filter(pk=event.pk, state=SyncState.PENDING)
    try:
        dossier = _read(event.dossier_id)
        number = _open(portal, record, dossier, at)
        told = _content(portal, record, event, dossier)
        portal.tell_progress(number, event.sequence, told["progress"])
        remote_id = portal.tell_status(number, event.sequence, told["status"])
    except Rejected as refusal:
        waiting.update(
            state=SyncState.REJECTED, attempts=event.attempts + 1, last_error=str(refusal)[:ERROR_LENGTH]
        )
        return False
    except (Unavailable, StoreUnavailable, DamagedFile) as fault:
        wait = delay(event.attempts, asked=getattr(fault, "wait", 0))
        waiting.update(
            attempts=event.attempts + 1, last_error=str(fault)[:ERROR_LENGTH], next_try_at=at + wait
        )
        return False
    sent = waiting.update(
        state=SyncState.SENT, attempts=event.attempts + 1, last_error="", sent_at=at, remote_id=remote_id
    )
    return sent == 1


def _read(dossier_id: int) -> Dossier:
    return Dossier.objects.select_related(
        "version__procedure", "receiving_agency", "deciding_agency", "current_agency", "owner", "submitter"
    ).get(pk=dossier_id)


def _open(portal: NationalPortal, record: NationalRecord, dossier: Dossier, at: datetime) -> str:
    """The dossier's number at the portal, which knows the dossier afterwards."""
    if record.number is None:
        record.number = portal.next_number(content.reference_of(dossier), known_as=dossier.external_code)
        record.save(update_fields=["number"])
    if record.opened_at is None:
        if record.opened_with is None:
            papers = content.papers_of(dossier)
            record.opened_with = content.opening(dossier, papers, _handed_over(portal, record, papers))
            record.save(update_fields=["opened_with"])
        portal.open_dossier(record.number, record.opened_with)
        record.opened_at = at
        record.save(update_fields=["opened_at"])
    return record.number


def _content(
    portal: NationalPortal, record: NationalRecord, event: SyncEvent, dossier: Dossier
) -> dict[str, content.Content]:
    """What is told, fixed before it is told for the first time."""
    told: dict[str, content.Content] = event.content or {}
    if told.keys() != {"progress", "status"}:
        results = content.results_of(event, dossier)
        status = content.status(event, dossier, results, _handed_over(portal, record, results))
        told = event.content = {"progress": content.progress(status)} | told | {"status": status}
        event.save(update_fields=["content"])
    return told


def _handed_over(
    portal: NationalPortal, record: NationalRecord, items: Iterable[Paper | Result]
) -> dict[int, str]:
    """The portal's ids of these files; each is sent once."""
    ids = dict(record.files.values_list("file_id", "remote_id"))
    for item in items:
        if item.file is not None and item.file.pk not in ids:
            ids[item.file.pk] = _upload(portal, record, item.file, item.file_name or item.name)
    return ids


def _upload(portal: NationalPortal, record: NationalRecord, file: StoredFile, name: str) -> str:
    remote_id = portal.upload(
        read_checked(file), sha256=file.sha256, name=name[:255], media_type=file.media_type
    )
    NationalFile.objects.get_or_create(record=record, file=file, defaults={"remote_id": remote_id})
    return remote_id
