"""What a journey stands on: real time, rows that are committed, a web server, a worker, a browser."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Playwright, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from egov.signing.authority.demo import DemoAuthority
from tests.factories.cast import Cast
from tests.factories.documents import Office
from tests.journeys.browser import Windows, chromium
from tests.journeys.worker import worker


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Its event loop lives in this thread, and Django then takes ordinary code for asynchronous code."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield playwright


@pytest.fixture
def windows(playwright: Playwright, live_server: LiveServer) -> Iterator[Windows]:
    """Windows onto the live server, in a Chromium of their own; a fault in any page fails the journey."""
    with chromium(playwright) as browser:
        windows = Windows(browser, live_server.url)
        yield windows
    assert windows.faults == []


@pytest.fixture(autouse=True)
def own_file_store(settings: Settings, tmp_path: Path) -> Path:
    """Files of a journey go away with it."""
    folder = tmp_path / "files"
    store = {**settings.STORAGES["documents"]}
    store["OPTIONS"] = {**store.get("OPTIONS", {}), "location": str(folder)}
    settings.STORAGES = {**settings.STORAGES, "documents": store}
    return folder


@pytest.fixture(scope="session")
def pki_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A throw-away certificate authority, founded now."""
    folder = tmp_path_factory.mktemp("pki")
    DemoAuthority(folder).establish()
    return folder


@pytest.fixture
def office(
    playwright: Playwright, live_server: LiveServer, cast: Cast, settings: Settings, pki_folder: Path
) -> Office:
    """An's and Bình's office in the province, with keys that hold today; its papers go to Chi's commune."""
    settings.SIGNING_PKI_DIR = pki_folder
    DemoAuthority(pki_folder).trust()
    office = Office(registry=cast.an, signer=cast.binh, recipients=(cast.chi.agency,))
    office.give_keys(at=timezone.now())
    return office


@pytest.fixture
def start_worker(
    live_server: LiveServer, own_file_store: Path, pki_folder: Path, tmp_path: Path
) -> Iterator[Callable[[], None]]:
    """Start a Celery worker on the database of the tests; it ends before that is emptied."""
    environment = {
        **os.environ,
        "DATABASE_URL": _address_of_database(),
        "FILE_STORE_URL": str(own_file_store),
        "SIGNING_PKI_DIR": str(pki_folder),
    }
    with worker(environment, tmp_path / "worker.log") as start:
        yield start


def _address_of_database() -> str:
    """What DATABASE_URL names, with the name of the test database."""
    given = os.environ["DATABASE_URL"]
    address, mark, query = given.partition("?")
    return f"{address.rpartition('/')[0]}/{connection.settings_dict['NAME']}{mark}{query}"
