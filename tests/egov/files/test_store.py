"""Keeping content once by its hash: two writers at once, a full disk, bytes that were tampered with."""

import hashlib
import io
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import InternalError, connection, transaction

from egov.files.folder import INCOMING
from egov.files.models import StoredFile
from egov.files.refusals import DamagedFile, StoreFull, StoreUnavailable
from egov.files.store import open_stored, put, read_checked
from tests.egov.files.conftest import use_folder

CONTENT = "Chỉ thị của Ủy ban nhân dân tỉnh".encode() * 1000


def kept(folder: Path) -> list[Path]:
    """Every file in the store, finished or not."""
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


@pytest.mark.django_db
def test_content_is_found_again_by_its_hash(folder: Path) -> None:
    stored = put(CONTENT, media_type="application/pdf")
    assert stored.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert stored.size == len(CONTENT)
    assert read_checked(stored) == CONTENT
    with open_stored(stored) as stream:
        assert stream.read() == CONTENT


@pytest.mark.django_db
@pytest.mark.rule("documents", 46)
def test_the_same_content_is_kept_once(folder: Path) -> None:
    first = put(CONTENT, media_type="application/pdf")
    second = put(io.BytesIO(CONTENT), media_type="application/pdf")
    assert first == second
    assert len(kept(folder)) == 1
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db
def test_a_stream_is_kept_whole_wherever_it_stands_and_stays_open(folder: Path) -> None:
    stream = io.BytesIO(CONTENT)
    stream.seek(500)
    assert read_checked(put(stream, media_type="application/pdf")) == CONTENT
    assert not stream.closed


@pytest.mark.django_db
def test_only_the_service_may_read_the_files(folder: Path) -> None:
    put(CONTENT, media_type="application/pdf")
    (path,) = kept(folder)
    assert path.stat().st_mode & 0o777 == 0o400
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.rule("documents", 46)
def test_many_writers_of_the_same_content_at_once_keep_one(folder: Path) -> None:
    def write(_number: int) -> int:
        try:
            return put(CONTENT, media_type="application/pdf").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(write, range(24)))
    assert len(keys) == 1
    assert len(kept(folder)) == 1
    assert read_checked(StoredFile.objects.get()) == CONTENT


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_transaction_leaves_no_row(folder: Path) -> None:
    def fail() -> None:
        with transaction.atomic():
            put(CONTENT, media_type="application/pdf")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not StoredFile.objects.exists()
    assert read_checked(put(CONTENT, media_type="application/pdf")) == CONTENT


@pytest.mark.django_db
def test_a_full_disk_is_told_in_words_and_nothing_is_kept(small_disk: Path, settings: object) -> None:
    use_folder(settings, small_disk / "store")
    small = put(b"x" * 1000, media_type="application/pdf")
    with pytest.raises(StoreFull, match="Kho tệp hết chỗ"):
        put(os.urandom(4 * 1024 * 1024), media_type="application/pdf")
    assert [path.name for path in kept(small_disk / "store")] == [small.sha256]
    assert StoredFile.objects.count() == 1
    # Room again: the store goes on as if nothing had been.
    assert put(b"y" * 1000, media_type="application/pdf").size == 1000


@pytest.mark.django_db
def test_a_store_that_cannot_be_written_is_told_in_words(tmp_path: Path, settings: object) -> None:
    blocked = tmp_path / "no-folder"
    blocked.write_text("")
    use_folder(settings, blocked)
    with pytest.raises(StoreUnavailable, match="Kho tệp không dùng được"):
        put(CONTENT, media_type="application/pdf")
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_altered_bytes_are_never_given_out(folder: Path) -> None:
    stored = put(CONTENT, media_type="application/pdf")
    (path,) = kept(folder)
    path.chmod(0o600)
    path.write_bytes(CONTENT[:-1] + b"!")
    with pytest.raises(DamagedFile, match="bị thay đổi"):
        read_checked(stored)


@pytest.mark.django_db
@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_bytes_cut_or_gone_are_told_and_mended_by_sending_the_file_again(folder: Path, damage: str) -> None:
    stored = put(CONTENT, media_type="application/pdf")
    (path,) = kept(folder)
    path.unlink() if damage == "gone" else (path.chmod(0o600), path.write_bytes(CONTENT[:10]))
    with pytest.raises(DamagedFile, match="không còn nguyên vẹn"):
        open_stored(stored)
    assert read_checked(put(CONTENT, media_type="application/pdf")) == CONTENT


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_change_a_row() -> None:
    stored = StoredFile.objects.create(sha256="0" * 64, size=1, media_type="application/pdf")
    with pytest.raises(InternalError, match="Cannot update"):
        StoredFile.objects.filter(pk=stored.pk).update(sha256="1" * 64)


@pytest.mark.django_db
def test_nothing_unfinished_is_left_behind(folder: Path) -> None:
    put(CONTENT, media_type="application/pdf")
    assert list((folder / INCOMING).iterdir()) == []
