"""The sweep frees what nothing names, and never what a writer is about to name."""

import io
import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from egov.files.folder import INCOMING
from egov.files.models import StoredFile
from egov.files.store import put, read_checked
from egov.files.sweep import Swept, sweep

NOW = timedelta(0)


def orphan(folder: Path, content: bytes) -> Path:
    """Bytes whose row was rolled back."""
    before = set(folder.rglob("*")) if folder.exists() else set()
    with transaction.atomic():
        put(content, media_type="application/pdf")
        transaction.set_rollback(True)
    (path,) = [path for path in set(folder.rglob("*")) - before if path.is_file()]
    return path


@pytest.mark.django_db(transaction=True)
def test_orphans_go_and_named_content_stays(folder: Path) -> None:
    stored = put(b"kept", media_type="application/pdf")
    path = orphan(folder, b"orphan")
    assert sweep(older_than=NOW) == Swept(1, 6)
    assert not path.exists()
    assert read_checked(stored) == b"kept"


@pytest.mark.django_db(transaction=True)
def test_young_orphans_and_unfinished_files_are_left_alone_for_a_day(folder: Path) -> None:
    path = orphan(folder, b"orphan")
    unfinished = folder / INCOMING / "tmp-killed"
    unfinished.write_bytes(b"half")
    assert sweep() == Swept()
    yesterday = path.stat().st_mtime - 25 * 3600
    for file in (path, unfinished):
        os.utime(file, (yesterday, yesterday))
    assert sweep() == Swept(2, 10)
    assert not unfinished.exists()


@pytest.mark.django_db(transaction=True)
def test_content_that_a_writer_is_about_to_name_is_not_swept(folder: Path) -> None:
    """The bytes are old and no row is visible yet, but a transaction that names them is under way."""
    orphan(folder, b"wanted again")
    named, swept = threading.Event(), threading.Event()

    def name_it() -> None:
        try:
            with transaction.atomic():
                put(b"wanted again", media_type="application/pdf")
                named.set()
                assert swept.wait(10)
        finally:
            connection.close()

    writer = threading.Thread(target=name_it)
    writer.start()
    assert named.wait(10)
    assert sweep(older_than=NOW) == Swept()
    swept.set()
    writer.join()
    assert read_checked(StoredFile.objects.get()) == b"wanted again"


@pytest.mark.django_db(transaction=True)
def test_the_command_tells_what_it_freed(folder: Path) -> None:
    orphan(folder, b"orphan")
    out = io.StringIO()
    call_command("sweep_files", "--older-than-hours=0", stdout=out)
    assert "Đã xóa 1 tệp, 6 byte." in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_an_empty_store_is_swept_without_a_word_of_complaint(folder: Path) -> None:
    assert sweep(older_than=NOW) == Swept()
