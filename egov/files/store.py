"""Keeps content under its hash and gives it back; works on a folder or on S3 (setting STORAGES["documents"]).

Order of things in :func:`put`: hash, lock, bytes, row. The row belongs to the caller's transaction; when
that is rolled back the bytes stay behind without a row, which is harmless, and are swept later. A row
without bytes cannot come to be: the sweep deletes bytes only under the exclusive form of the lock that
``put`` holds until its transaction ends.
"""

import errno
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import connection, transaction
from django.utils.translation import gettext as _

from egov.files.models.stored_file import StoredFile, name_of
from egov.files.refusals import DamagedFile, StoreFull, StoreUnavailable

CHUNK = 1024 * 1024
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
FULL_CODES = frozenset({"QuotaExceeded", "XMinioStorageFull", "InsufficientStorage", "ServiceQuotaExceeded"})

Source = bytes | IO[bytes]


def put(source: Source, *, media_type: str) -> StoredFile:
    """Keep the content (from its first byte) and return its row; the same content is kept once.

    A stream must be seekable, as uploads and opened files are; it is not closed.
    Raises :class:`StoreFull` or :class:`StoreUnavailable`, with nothing kept.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    sha256, size = measure(stream)
    name = name_of(sha256)
    store = documents_store()
    with transaction.atomic():
        hold_content(sha256)
        with _store_faults_in_words():
            if not _is_complete(store, name, size):
                stream.seek(0)
                store.save(name, File(stream))
        stored, _created = StoredFile.objects.get_or_create(
            sha256=sha256, defaults={"size": size, "media_type": media_type}
        )
    return stored


def open_stored(stored: StoredFile) -> IO[bytes]:
    """The bytes as a stream, which the caller closes. Raises :class:`DamagedFile` when they are gone."""
    with _store_faults_in_words():
        store = documents_store()
        if not _is_complete(store, stored.name, stored.size):
            raise DamagedFile(_("Tệp không còn nguyên vẹn trong kho. Hãy báo quản trị hệ thống."))
        return cast("IO[bytes]", store.open(stored.name, "rb"))


def read_checked(stored: StoredFile) -> bytes:
    """All bytes, hashed anew: what is returned is what was put. Raises :class:`DamagedFile` otherwise."""
    with open_stored(stored) as stream:
        content = stream.read()
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise DamagedFile(_("Nội dung tệp trong kho đã bị thay đổi. Hãy báo quản trị hệ thống."))
    return content


def measure(stream: IO[bytes]) -> tuple[str, int]:
    """SHA-256 (hexadecimal) and number of bytes of a whole stream, read in pieces."""
    stream.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def documents_store() -> Storage:
    """The store that the settings name."""
    return storages["documents"]


def hold_content(sha256: str) -> None:
    """Keep the sweep away from this content until the transaction ends; writers do not hinder each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [lock_key(sha256)])


def lock_key(sha256: str) -> int:
    """The number under which PostgreSQL knows the lock of this content."""
    return int.from_bytes(bytes.fromhex(sha256)[:8], "big", signed=True)


def _is_complete(store: Storage, name: str, size: int) -> bool:
    try:
        return store.size(name) == size
    except FileNotFoundError:
        return False
    except ClientError as error:
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:  # noqa: PLR2004
            return False
        raise


@contextmanager
def _store_faults_in_words() -> Iterator[None]:
    """Turn a full disk and a silent store into refusals that a clerk understands."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise StoreFull(_("Kho tệp hết chỗ; tệp chưa được lưu. Hãy báo quản trị hệ thống.")) from error
        raise StoreUnavailable(_("Kho tệp không dùng được lúc này; hãy thử lại sau.")) from error
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in FULL_CODES:
            raise StoreFull(_("Kho tệp hết chỗ; tệp chưa được lưu. Hãy báo quản trị hệ thống.")) from error
        raise StoreUnavailable(_("Kho tệp không dùng được lúc này; hãy thử lại sau.")) from error
    except BotoCoreError as error:
        raise StoreUnavailable(_("Kho tệp không dùng được lúc này; hãy thử lại sau.")) from error
