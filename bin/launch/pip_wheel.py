"""Fetches pip itself, for a Python that came without: Debian's python3 has neither ensurepip nor pip.

The file is known by its hash, so it does not matter who hands it over; a system without a list of certificate
authorities (also missing from a bare Debian) still gets the right one or none.
"""

import configparser
import hashlib
import os
import ssl
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from pathlib import Path

from launch.steps import Refusal

NAME = "pip-26.3-py3-none-any.whl"
SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
DEFAULT_INDEX = "https://pypi.org/simple"
CONFIGURATIONS = ("/etc/pip.conf", "~/.config/pip/pip.conf", "~/.pip/pip.conf")
SECONDS = 30

WAY_OUT = "Install pip (Debian, Ubuntu: apt-get install python3-venv) and run the command again."


def fetch(folder: Path) -> Path:
    """The pip wheel in this folder; a wheel is a program that Python runs as it is."""
    wheel = folder / NAME
    if not (wheel.exists() and hashlib.sha256(wheel.read_bytes()).hexdigest() == SHA256):
        content = _download()
        if hashlib.sha256(content).hexdigest() != SHA256:
            raise Refusal(
                f"This Python has no pip, and the index handed over another file than {NAME}. {WAY_OUT}"
            )
        folder.mkdir(exist_ok=True)
        wheel.write_bytes(content)
    return wheel


def index_addresses() -> list[str]:
    """The package indexes, in the order in which pip's own settings name them."""
    given = [os.environ.get("PIP_INDEX_URL", ""), *os.environ.get("PIP_EXTRA_INDEX_URL", "").split()]
    for path in CONFIGURATIONS:
        settings = configparser.RawConfigParser()
        settings.read(Path(path).expanduser(), encoding="utf-8")
        given.append(settings.get("global", "index-url", fallback=""))
        given.extend(settings.get("global", "extra-index-url", fallback="").split())
    return [*(address for address in given if address), DEFAULT_INDEX]


class _Links(HTMLParser):
    """Collects the addresses of a page's links."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address:
            self.addresses.append(address)


def _download() -> bytes:
    reasons = []
    for index in index_addresses():
        page = f"{index.rstrip('/')}/pip/"
        try:
            links = _Links()
            links.feed(_read(page + "index.html" if page.startswith("file:") else page).decode())
            for address in links.addresses:
                if urllib.parse.unquote(urllib.parse.urlsplit(address).path).endswith(f"/{NAME}"):
                    return _read(urllib.parse.urljoin(page, address))
            reasons.append(f"it has no {NAME}")
        except (urllib.error.URLError, TimeoutError, ValueError) as error:
            reasons.append(str(getattr(error, "reason", error)))
    raise Refusal(
        f"This Python has no pip, and none could be fetched from the package index ({reasons[0]}). {WAY_OUT}"
    )


def _read(address: str) -> bytes:
    unchecked = ssl.create_default_context()
    unchecked.check_hostname = False
    unchecked.verify_mode = ssl.CERT_NONE
    with urllib.request.urlopen(address, timeout=SECONDS, context=unchecked) as answer:
        content: bytes = answer.read()
        return content
