"""What nobody goes on with: drafts are announced to end and end, parts of uploads are deleted."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from egov.files.sweep import GRACE
from portal.actions.draft import erase_draft
from portal.actions.partial_file import drop_partial
from portal.models import Draft, Upload

AT_A_TIME = 500


def drafts_to_warn(at: datetime) -> list[Draft]:
    """Drafts whose end is near and whose citizens were not told; noted in the caller's transaction."""
    near = Draft.objects.alive(at).filter(warned_at=None, expires_at__lte=at + settings.DRAFT_WARNING)
    drafts = list(near.select_for_update(skip_locked=True).select_related("citizen")[:AT_A_TIME])
    Draft.objects.filter(pk__in=[draft.pk for draft in drafts]).update(warned_at=at)
    return drafts


def end_drafts(at: datetime) -> int:
    """Delete drafts that have expired, with their files; each in its own transaction."""
    ended = 0
    for pk in Draft.objects.unfinished().filter(expires_at__lte=at).values_list("pk", flat=True)[:AT_A_TIME]:
        with transaction.atomic():
            draft = Draft.objects.select_for_update().filter(pk=pk, submitted_at=None).first()
            # Gone on with since, or filed: then it has not expired.
            if draft is not None and draft.expires_at <= at:
                erase_draft(draft)
                ended += 1
    return ended


def sweep_uploads(at: datetime) -> int:
    """Delete parts of uploads that nobody goes on with, and parts that no row names (a process was killed).

    Returns how many parts were deleted.
    """
    swept = 0
    for upload in Upload.objects.abandoned(at)[:AT_A_TIME]:
        # Whoever has just gone on with it has moved its end.
        if Upload.objects.abandoned(at).filter(pk=upload.pk).delete()[0]:
            drop_partial(upload)
            swept += 1
    folder = settings.UPLOADS_DIR
    if not folder.exists():
        return swept
    known = {upload.hex for upload in Upload.objects.open().values_list("pk", flat=True)}
    for part in folder.glob("*.part"):
        old = part.stat().st_mtime < (at - GRACE).timestamp()
        if part.stem not in known and old:
            part.unlink(missing_ok=True)
            swept += 1
    return swept
