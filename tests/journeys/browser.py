"""A Chromium that may not leave this machine, and what went wrong in its pages."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Route, expect

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Not the browser's own pages, such as its viewer of PDF files.
NETWORK = re.compile(r"^https?://")
# A slow machine renders a PDF and checks its signatures in one request.
WAIT_MILLISECONDS = 20_000
DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The Chromium that ``CHROMIUM`` names, else the one on the path.

    One that does not end is killed after half a minute; a single window would be waited for without end.
    """
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    expect.set_options(timeout=WAIT_MILLISECONDS)
    assert path, "no Chromium: set CHROMIUM, or apt-get install chromium"
    browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield browser
    browser.close()


@dataclass
class Windows:
    """Windows onto one site: one for each person, with cookies of its own."""

    browser: Browser
    site: str
    faults: list[str] = field(default_factory=list)

    def open(self, *, size: dict[str, int] | None = None, **options: Any) -> Page:
        """An empty window of a person who has not signed in; ``page.goto("/")`` is the site."""
        context = self.browser.new_context(
            base_url=self.site, locale="vi-VN", viewport=size or DESKTOP, service_workers="block", **options
        )
        context.set_default_timeout(WAIT_MILLISECONDS)
        context.route(NETWORK, self._only_the_site)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", self._listen)
        return page

    def forget(self, *words: str) -> None:
        """Leave out what the browser tells the console of something that a journey did on purpose."""
        self.faults[:] = [one for one in self.faults if not any(word in one for word in words)]

    def _only_the_site(self, route: Route) -> None:
        url = route.request.url
        if url.startswith(f"{self.site}/"):
            route.continue_()
        else:
            self.faults.append(f"a page asked for {url}")
            route.abort()

    def _listen(self, message: ConsoleMessage) -> None:
        """Scripts that fail, files that are missing, and whatever the content security policy refused."""
        if message.type == "error":
            self.faults.append(f"{message.location.get('url')}: {message.text}")


def picture(page: Page, name: str) -> None:
    """A picture for whoever wants to look: set SCREENSHOTS to a folder."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window."""
    assert page.viewport_size is not None
    # By a locator: a page that is being replaced has no root for a moment.
    widest: int = page.locator("html").evaluate("root => root.scrollWidth")
    return widest <= page.viewport_size["width"]
