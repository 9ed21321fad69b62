"""Bytes of an upload that has not ended, in a folder: written piece by piece, by one request at a time.

The row says how many bytes are surely there; whatever a killed process wrote beyond that is cut off again
before the next piece.
"""

import errno
import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from egov.files.refusals import StoreFull
from egov.files.store import FULL
from egov.workflow.refusal import Refusal
from portal.models import Upload

CHUNK = 256 * 1024


# The protocol asks every server for SHA-1 at least: it finds slips of the line and proves nothing. What a
# file is known by is the SHA-256 of the whole.
CHECKSUMS = ("sha256", "sha1")


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the sender of a piece says that it hashes to."""

    algorithm: str
    digest: bytes


class UploadBusy(Refusal):
    """Another request is writing this very upload: two tabs, or a line that has just broken."""

    status = 423

    def __init__(self) -> None:
        super().__init__(_("Tệp này đang được gửi từ một cửa sổ khác. Hệ thống sẽ thử lại sau ít giây."))


class PartialLost(Refusal):
    """The bytes that the row tells of are not in the folder: only beginning anew helps."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("Phần tệp đã gửi không còn trên máy chủ. Hãy tải tệp này lên lại từ đầu."))


class ChecksumWrong(Refusal):
    """The piece is not what its sender hashed; nothing of it was kept."""

    # As the tus protocol numbers it.
    status = 460

    def __init__(self) -> None:
        super().__init__(_("Phần tệp vừa gửi bị sai lệch trên đường truyền và đã bỏ; hãy gửi lại phần này."))


def begin_partial(upload: Upload) -> None:
    """Make the empty file. Raises StoreFull."""
    with _full_in_words():
        settings.UPLOADS_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path_of(upload), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextmanager
def held_partial(upload: Upload) -> Iterator[IO[bytes]]:
    """The file for reading and writing, by nobody else meanwhile. Raises UploadBusy, PartialLost."""
    try:
        file = path_of(upload).open("r+b", buffering=0)
    except FileNotFoundError as error:
        raise PartialLost from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in {errno.EAGAIN, errno.EACCES}:
                raise UploadBusy from error
            raise
        yield file


def append(
    file: IO[bytes],
    pieces: Iterator[bytes],
    *,
    offset: int,
    most: int,
    checksum: Checksum | None = None,
) -> int:
    """Write the pieces from ``offset`` on, at most ``most`` bytes; the new length, all of it on the disk.

    A line that breaks is not an error here: what came is kept. With ``checksum`` a piece that differs from
    it, or that broke off, is cut off again. Raises ChecksumWrong, StoreFull, PartialLost.
    """
    if file.seek(0, os.SEEK_END) < offset:
        raise PartialLost
    with _full_in_words():
        file.truncate(offset)
        file.seek(offset)
        try:
            written = _copy(file, pieces, most, checksum)
            os.fsync(file.fileno())
        except (OSError, ChecksumWrong):
            file.truncate(offset)
            raise
    return offset + written


def drop_partial(upload: Upload) -> None:
    """Delete the file; one that is gone already is no fault."""
    path_of(upload).unlink(missing_ok=True)


def path_of(upload: Upload) -> Path:
    """Where the bytes lie; the name is the upload's own key, never anything that was sent in."""
    return settings.UPLOADS_DIR / f"{upload.pk.hex}.part"


def _copy(file: IO[bytes], pieces: Iterator[bytes], most: int, checksum: Checksum | None) -> int:
    digest = hashlib.new(checksum.algorithm if checksum else "sha256", usedforsecurity=False)
    written = 0
    for piece in pieces:
        part = piece[: most - written]
        _write_all(file, part)
        digest.update(part)
        written += len(part)
    if checksum is not None and digest.digest() != checksum.digest:
        raise ChecksumWrong
    return written


def _write_all(file: IO[bytes], part: bytes) -> None:
    """Unbuffered, so that a full disk is told here and not when the file is closed."""
    left = memoryview(part)
    while left:
        left = left[file.write(left) :]


@contextmanager
def _full_in_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise StoreFull(
                _("Máy chủ hết chỗ nhận tệp; phần đã gửi trước đó vẫn còn. Hãy thử lại sau.")
            ) from error
        raise
