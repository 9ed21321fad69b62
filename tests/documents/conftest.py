"""What tests of documents stand on: a file store and a certificate authority of their own, an office."""

from pathlib import Path

import pytest
import time_machine
from pytest_django.fixtures import Settings

from egov.signing.authority.demo import DemoAuthority
from tests.conftest import MONDAY_MORNING
from tests.factories.cast import Cast
from tests.factories.documents import Office


@pytest.fixture(autouse=True)
def own_file_store(settings: Settings, tmp_path: Path) -> None:
    """Files of a test go away with it."""
    store = {**settings.STORAGES["documents"]}
    store["OPTIONS"] = {**store.get("OPTIONS", {}), "location": str(tmp_path / "files")}
    settings.STORAGES = {**settings.STORAGES, "documents": store}


@pytest.fixture(scope="session")
def pki_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A throw-away certificate authority, founded a moment before the fixed clock stands still."""
    folder = tmp_path_factory.mktemp("pki")
    with time_machine.travel(MONDAY_MORNING, tick=False):
        DemoAuthority(folder).establish()
    return folder


@pytest.fixture
def trust(db: None, clock: object, settings: Settings, pki_folder: Path) -> DemoAuthority:
    """The system believes the throw-away authority."""
    settings.SIGNING_PKI_DIR = pki_folder
    authority = DemoAuthority(pki_folder)
    authority.trust()
    return authority


@pytest.fixture
def office(cast: Cast, trust: DemoAuthority) -> Office:
    """An's and Bình's office in the province, with keys; its papers go to Chi's commune."""
    office = Office(registry=cast.an, signer=cast.binh, recipients=(cast.chi.agency,))
    office.give_keys(at=MONDAY_MORNING)
    return office
