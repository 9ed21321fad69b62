"""Lets go of content that nobody refers to any more: personal papers of a filing that was never made."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import ProtectedError

from egov.files.models.stored_file import StoredFile
from egov.files.store import lock_key


def forget_unused(files: Iterable[StoredFile]) -> int:
    """Delete the rows of these files that nothing refers to; the sweep then deletes their bytes.

    The lock that writers share is taken alone, so nobody who is just keeping the same content loses it: they
    have either named it already, or keep it anew. Returns how many were let go.
    """
    let_go = 0
    for file in sorted(set(files), key=lambda one: lock_key(one.sha256)):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_key(file.sha256)])
            try:
                with transaction.atomic():
                    StoredFile.objects.filter(pk=file.pk).delete()
            except ProtectedError:
                continue
            let_go += 1
    return let_go
