"""A file store of its own for each test."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """The folder in which the documents store of this test lies."""
    use_folder(settings, tmp_path / "store")
    return tmp_path / "store"


def use_folder(settings: Any, location: Path) -> None:
    """Point the documents store at a folder."""
    store = settings.STORAGES["documents"]
    options = {**store["OPTIONS"], "location": str(location)}
    settings.STORAGES = {**settings.STORAGES, "documents": {**store, "OPTIONS": options}}
