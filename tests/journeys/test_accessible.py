"""Anyone can use the pages: no serious fault in any of them, on a desk or on a phone, and by keyboard."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from documents.actions.deliver import deliver_hop
from documents.models import Document
from egov.organizations.actor import Actor
from tests.factories.cast import Cast
from tests.factories.documents import KindFactory, Office
from tests.journeys.browser import DESKTOP, PHONE, Windows
from tests.support.signed_in import signed_in

GRAVE = {"serious", "critical"}
SIZES = pytest.mark.parametrize(
    "size", [pytest.param(DESKTOP, id="desktop"), pytest.param(PHONE, id="phone")]
)


@pytest.mark.journey
@SIZES
def test_no_page_shuts_anyone_out(windows: Windows, office: Office, cast: Cast, size: dict[str, int]) -> None:
    KindFactory(directive=True)
    document = delivered(office)
    delivery = document.deliveries.get()

    door = windows.open(size=size)
    door.goto(reverse("accounts:login"))
    faults = grave_faults(door)
    for actor, address in (
        (cast.an, reverse("documents:today")),
        (cast.an, reverse("documents:document_compose")),
        (cast.an, reverse("documents:draft_edit", args=[office.draft().pk])),
        (cast.an, reverse("documents:document_detail", args=[document.pk])),
        (cast.an, reverse("documents:document_recipients", args=[document.pk])),
        (cast.chi, reverse("documents:today")),
        (cast.chi, reverse("documents:incoming_list")),
        (cast.chi, reverse("documents:incoming_detail", args=[delivery.pk])),
    ):
        page = at_work(windows, actor, size)
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        faults += grave_faults(page)
    assert faults == []


@pytest.mark.journey
@SIZES
def test_nothing_is_wider_than_the_window(
    windows: Windows, office: Office, cast: Cast, size: dict[str, int]
) -> None:
    document = delivered(office)
    page = at_work(windows, cast.an, size)
    names = ("documents:document_detail", "documents:document_recipients")
    for address in (reverse("documents:today"), *(reverse(name, args=[document.pk]) for name in names)):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address


@pytest.mark.journey
def test_the_first_key_leads_past_the_navigation(windows: Windows, cast: Cast) -> None:
    page = at_work(windows, cast.an, DESKTOP)
    page.goto(reverse("documents:today"))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").get_by_role("link", name="Soạn văn bản")).to_be_focused()


def delivered(office: Office) -> Document:
    """An issued document that has reached the commune.

    Made in a thread of its own: checking a certificate runs an event loop, and this one has the browser's.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(_deliver, office).result()


def _deliver(office: Office) -> Document:
    try:
        document = office.issued(at=timezone.now())
        deliver_hop(document.pk, document.agency_id, timezone.now())
    finally:
        connection.close()
    return document


def at_work(windows: Windows, actor: Actor, size: dict[str, int]) -> Page:
    """A window in which the actor has already signed in."""
    page = windows.open(size=size)
    cookie = signed_in(actor).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": windows.site}])
    return page


def grave_faults(page: Page) -> list[str]:
    """What axe finds serious or critical, with the place."""
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url}: {one['id']}: {node['target']} {node['html']}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]
