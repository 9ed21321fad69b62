"""The file store on one machine: a folder in which a name appears only with all its bytes on the disk."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

# Unfinished files; whatever a killed process leaves here is swept (egov.files.sweep).
INCOMING = ".incoming"


@deconstructible
class DurableFolder(FileSystemStorage):
    """Writes to a temporary name, then renames: a reader, a crash or a full disk never meets half a file.

    Django's own folder storage writes under the final name, so a crash would leave a truncated file that
    looks complete. A name that is taken is replaced in one step, by the same content, as names are hashes.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002  (Django's signature)
        """Names are hashes of the content: the name asked for is the right one."""
        return name

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Folders and files; a store that nothing was put into yet has none."""
        try:
            folders, files = super().listdir(path)
        except FileNotFoundError:
            return [], []
        return folders, files

    def _save(self, name: str, content: "File[Any]") -> str:
        target = Path(self.path(name))
        incoming = Path(self.path(INCOMING))
        for folder in (incoming, target.parent):
            _make_private(folder)
        descriptor, temporary = tempfile.mkstemp(dir=incoming)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fchmod(file.fileno(), self.file_permissions_mode or 0o400)
                os.fsync(file.fileno())
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
        return name


def _make_private(folder: Path) -> None:
    """Make a folder and those above it that are missing, closed to everyone but the service."""
    missing = [step for step in (folder, *folder.parents) if not step.exists()]
    for step in reversed(missing):
        step.mkdir(mode=0o700, exist_ok=True)


def _sync_folder(folder: Path) -> None:
    """Put the new name itself on the disk, so that it outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
