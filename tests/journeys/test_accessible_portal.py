"""Axe finds nothing on any page of the portal: both languages, desk and phone, high contrast."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from portal.urls import urlpatterns
from tests.factories.cast import Cast
from tests.journeys.browser import DESKTOP, PHONE, Windows, fits, picture
from tests.journeys.people import at_home
from tests.journeys.portal_pages import ELSEWHERE, FILES, STEPS, Place, Portal, make_portal

LOOKS = [
    pytest.param(("vi", "normal", DESKTOP), id="vi-desktop"),
    pytest.param(("en", "normal", PHONE), id="en-phone"),
    pytest.param(("vi", "high", PHONE), id="high-contrast-phone"),
]


@pytest.fixture
def portal(windows: Windows, cast: Cast, settings: Settings) -> Portal:
    return make_portal(cast, settings)


@pytest.mark.journey
@pytest.mark.rule("onestop", 54)
@pytest.mark.timeout(600)
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(windows: Windows, portal: Portal, look: tuple[str, str, dict[str, int]]) -> None:
    language, contrast, size = look
    visitor, citizen = windows.open(size=size), at_home(windows, portal.citizen, size=size)
    for page in (visitor, citizen):
        display = {"name": "display", "value": f"{contrast}.normal", "url": windows.site}
        page.context.add_cookies([display])
    found, wide = {}, []
    with translation.override(language):
        for place in portal.places():
            page = citizen if place.own else visitor
            go(page, place)
            expect(page.locator("html")).to_have_attribute("lang", language)
            expect(page.locator("html")).to_have_attribute("data-contrast", contrast)
            page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
            picture(page, f"{language}-{contrast}-{len(found)}-{place.name}")
            found[f"{len(found)} {place.name} {place.path}"] = faults(page)
            if not fits(page):
                wide.append(place.path)
    # Two of them are forms sent back.
    windows.forget("status of 422")
    note(f"{language}-{contrast}-{size['width']}", found)
    assert {name: these for name, these in found.items() if these} == {}
    assert wide == []


@pytest.mark.journey
@pytest.mark.rule("onestop", 54)
def test_every_address_of_the_portal_is_looked_at(portal: Portal) -> None:
    """A new page is red here until it is in the list."""
    named = {one.name for one in urlpatterns if hasattr(one, "name")}
    looked_at = {one.name for one in portal.places()} - {"wagtail_serve"}
    assert looked_at | FILES | STEPS | ELSEWHERE == named
    assert looked_at.isdisjoint(FILES | STEPS | ELSEWHERE)


def go(page: Page, place: Place) -> None:
    """There, by its form if it is the answer to one; and it is that page, not a refusal or a sign-in."""
    answer = page.goto(place.path)
    assert answer is not None
    assert (answer.status, page.url.partition("?")[0].endswith(place.path.partition("?")[0])) == (200, True)
    for name, text in place.typed.items():
        page.locator(f"main [name={name}]").fill(text)
    for name in list(place.typed)[:1]:
        page.locator(f"main form:has([name={name}]) button:not([type=button])").first.click()
    expect(page.locator(place.shows).first).to_be_visible()


def note(look: str, found: dict[str, list[str]]) -> None:
    """A table of pages for whoever wants it: set AXE_TABLE to a folder."""
    folder = os.environ.get("AXE_TABLE")
    if folder:
        lines = [f"{name}\t{len(these)}\n" for name, these in found.items()]
        Path(folder, f"{look}.tsv").write_text("".join(lines), encoding="utf-8")


def faults(page: Page) -> list[str]:
    """Whatever axe finds, of any weight."""
    return [
        f"{one['id']}: {node['target']} {node['html'][:160]}"
        for one in Axe().run(page).response["violations"]
        for node in one["nodes"]
    ]
