"""Two people behind one cache: what it keeps is the same for everybody, and nobody is shown another's."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.factories.cast import Cast
from tests.factories.citizens import CitizenFactory, signed_in_citizen
from tests.factories.procedures import ProcedureVersionFactory
from tests.journeys.browser import Windows
from tests.support.signed_in import signed_in

PUBLIC = ("/", "/services/", "/directory/", "/find/?q=khai+sinh", "/en/")


@dataclass(frozen=True)
class SharedCache:
    """A running cache in front of the site, and the folder of what it keeps."""

    url: str
    folder: Path

    def kept(self) -> dict[str, bytes]:
        """What it keeps, by address."""
        contents = [path.read_bytes() for path in self.folder.iterdir()]
        return {content.split(b"\n", 1)[0].decode(): content for content in contents}


@pytest.fixture
def shared_cache(live_server: LiveServer, tmp_path: Path) -> Iterator[SharedCache]:
    """A process of its own."""
    folder = tmp_path / "kept"
    folder.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "tests.support.shared_cache", str(port), live_server.url, str(folder)]
    with subprocess.Popen(words) as process:
        try:
            _wait_for(port)
            yield SharedCache(f"http://127.0.0.1:{port}", folder)
        finally:
            process.terminate()


@pytest.mark.journey
def test_nothing_of_a_person_is_ever_kept(windows: Windows, shared_cache: SharedCache, cast: Cast) -> None:
    ProcedureVersionFactory(name="Đăng ký khai sinh")
    windows.site = shared_cache.url
    people = {name: CitizenFactory(name=name) for name in ("Phạm Thị Ngọc Lan", "Hoàng Văn Quyết")}
    pages = {name: citizen_window(windows, person) for name, person in people.items()}
    official = windows.open()
    cookie = signed_in(cast.an).cookies[settings.SESSION_COOKIE_NAME]
    official.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": windows.site}])
    # Chosen before anything is kept: high contrast is one reader's, not everybody's.
    pages["Hoàng Văn Quyết"].context.add_cookies(
        [{"name": "display", "value": "high.large", "url": windows.site}]
    )
    visitor = windows.open()
    # Twice, and in turns, so that whatever one leaves behind the next would be given.
    for _round in range(2):
        for page in (*pages.values(), official, visitor):
            for address in (*PUBLIC, "/my/"):
                page.goto(address)
                shown = page.content()
                others = [name for name, theirs in pages.items() if theirs is not page]
                assert [name for name in others if name in shown] == [], address
                high = 'data-contrast="high"' in shown
                assert high == (page is pages["Hoàng Văn Quyết"]), address
        official.goto("/today/")
        assert cast.an.user.full_name in official.content()

    kept = shared_cache.kept()
    assert set(PUBLIC) <= set(kept)
    assert not [address for address in kept if address.startswith(("/my/", "/citizen/", "/today/"))]
    secrets = [
        *people,
        *(person.personal_number for person in people.values()),
        cast.an.user.full_name,
        cookie.value,
        *(one["value"] for page in pages.values() for one in page.context.cookies()),
    ]
    for address, content in kept.items():
        assert b"set-cookie" not in content.lower(), address
        assert [secret for secret in secrets if secret.encode() in content] == [], address


@pytest.mark.journey
def test_a_second_visitor_is_served_from_the_cache(windows: Windows, shared_cache: SharedCache) -> None:
    windows.site = shared_cache.url
    assert [visit(windows.open(), "/") for _visitor in range(2)] == ["miss", "hit"]


def visit(page: Page, address: str) -> str | None:
    # With its pictures: the cache ends with the test, and what is still on its way would be a fault.
    answer = page.goto(address, wait_until="networkidle")
    assert answer is not None
    return answer.headers.get("x-cache")


def citizen_window(windows: Windows, citizen: object) -> Page:
    """A window of a citizen who has signed in."""
    page = windows.open()
    cookie = signed_in_citizen(Client(), citizen).cookies[settings.CITIZEN_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": windows.site}])
    return page


def _wait_for(port: int) -> None:
    for _attempt in range(100):
        try:
            with urlopen(f"http://127.0.0.1:{port}/health/", timeout=10):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the shared cache does not answer")
