"""A file store of its own for each test."""

import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """The folder in which the documents store of this test lies."""
    use_folder(settings, tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte; where nobody may mount one, a process that may write no file above 64 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    if not mounted:
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, limits[1]))
    yield disk
    if mounted:
        subprocess.run(["umount", str(disk)], check=True)
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def use_folder(settings: Any, location: Path) -> None:
    """Point the documents store at a folder."""
    store = settings.STORAGES["documents"]
    options = {**store["OPTIONS"], "location": str(location)}
    settings.STORAGES = {**settings.STORAGES, "documents": {**store, "OPTIONS": options}}
