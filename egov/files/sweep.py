"""Deletes bytes that no row names: left by transactions rolled back and processes killed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.core.files.storage import Storage
from django.db import connection, transaction
from django.utils import timezone

from egov.files.folder import INCOMING
from egov.files.models.stored_file import StoredFile
from egov.files.store import documents_store, lock_key

GRACE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep freed."""

    files: int = 0
    size: int = 0

    def __add__(self, other: "Swept") -> "Swept":
        return Swept(self.files + other.files, self.size + other.size)


def sweep(*, older_than: timedelta = GRACE) -> Swept:
    """Delete unnamed content and unfinished files that were last written longer ago than ``older_than``."""
    store = documents_store()
    before = timezone.now() - older_than
    folders, _files = store.listdir("")
    swept = Swept()
    for folder in folders:
        names = [f"{folder}/{name}" for name in store.listdir(folder)[1]]
        if folder == INCOMING:
            swept += sum((_delete_if_old(store, name, before) for name in names), Swept())
            continue
        hashes = {PurePosixPath(name).name: name for name in names}
        known = set(StoredFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
        for sha256 in hashes.keys() - known:
            swept += _delete_unnamed(store, sha256, hashes[sha256], before)
    return swept


def _delete_unnamed(store: Storage, sha256: str, name: str, before: datetime) -> Swept:
    """Delete one content, unless a writer is at work on it or has named it since (see :func:`store.put`)."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_key(sha256)])
            free = cursor.fetchone()[0]
        if not free or StoredFile.objects.filter(sha256=sha256).exists():
            return Swept()
        return _delete_if_old(store, name, before)


def _delete_if_old(store: Storage, name: str, before: datetime) -> Swept:
    try:
        if store.get_modified_time(name) >= before:
            return Swept()
        size = store.size(name)
    except FileNotFoundError:
        return Swept()  # finished and renamed, or swept by another
    store.delete(name)
    return Swept(1, size)
