"""What tests of the portal stand on: files and unfinished uploads of a test go away with it."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.documents.conftest import office, own_file_store, pki_folder, trust  # noqa: F401  (fixtures)
from tests.support.identity_fixture import forger, identities, identity_process  # noqa: F401  (fixtures)
from tests.support.message_fixture import mailbox, sms  # noqa: F401  (fixtures)


@pytest.fixture(autouse=True)
def uploads_folder(settings: Settings, tmp_path: Path) -> Path:
    """Where unfinished uploads of this test lie."""
    settings.UPLOADS_DIR = tmp_path / "uploads"
    return settings.UPLOADS_DIR
