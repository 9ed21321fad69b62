"""Pages of reception and letters shut nobody out: axe finds nothing, and nothing is wider than the window."""

from collections.abc import Iterator

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from complaints.urls import urlpatterns
from egov.workdays.load_holidays import load_holidays
from tests.factories.settlements import vn
from tests.journeys.browser import DESKTOP, PHONE, Windows, fits, picture
from tests.journeys.letter_pages import Place, letter_pages
from tests.journeys.letter_steps import law_in_force
from tests.journeys.test_accessible import at_work

NOW = vn(2026, 9, 1)
# Addresses that show no page of their own: papers and files, and steps that lead to another.
FILES = {
    "letter_register_print", "letter_slip", "letter_file", "evidence_file", "order_print", "matter_paper",
    "visit_register_print", "visit_slip", "visit_notice", "visit_minutes_print", "appointment_print",
    "sealed_copy",
}  # fmt: skip
STEPS = {
    "letter_detail", "settlement_step", "processing_step", "telling_step", "duty_end", "kin_end",
    "transfer_return", "visit_register_close", "timetable_publish", "appointment_end", "appointment_told",
    "visit_follow", "visit_link", "visit_promise", "visit_step", "sealing_step", "recovery_step",
    "annex_send", "opening_answer", "opening_release", "opening_read", "sealed_ask", "sealed_copy_add",
    "sealed_original_add", "feed_resend", "transfer_take_in",
}  # fmt: skip


@pytest.fixture
def places(windows: Windows) -> Iterator[list[Place]]:
    """Every page, on one day of the commune."""
    with time_machine.travel(NOW, tick=True):
        load_holidays([2026])
        law_in_force()
        yield letter_pages(NOW)


@pytest.mark.journey
@pytest.mark.timeout(300)
def test_axe_finds_nothing(windows: Windows, places: list[Place]) -> None:
    """Each page at the desk's width; at a phone's it must fit."""
    pages: dict[int, Page] = {}
    found, wide = {}, []
    for number, place in enumerate(places):
        key = place.actor.membership.pk
        page = pages[key] = pages.get(key) or at_work(windows, place.actor, DESKTOP)
        go(page, place)
        found[f"{number} {place.name} {place.keys}"] = faults(page)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            picture(page, f"{number}-{place.name}")
            if not fits(page):
                wide.append((place.name, size["width"]))
        page.set_viewport_size(DESKTOP)
    assert {name: these for name, these in found.items() if these} == {}
    assert wide == []
    looked_at = {place.name for place in places}
    assert looked_at | FILES | STEPS == {one.name for one in urlpatterns}
    assert looked_at.isdisjoint(FILES | STEPS)


def go(page: Page, place: Place) -> None:
    """There, everything that can be folded out opened; and it is that page, not a refusal or a sign-in."""
    address = reverse(f"complaints:{place.name}", args=place.keys)
    answer = page.goto(address + place.query)
    assert answer is not None
    assert (answer.status, page.url.partition("?")[0].endswith(address)) == (200, True), (place, page.url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")


def faults(page: Page) -> list[str]:
    """Whatever axe finds, of any weight."""
    return [
        f"{one['id']}: {node['target']} {node['html'][:160]}"
        for one in Axe().run(page).response["violations"]
        for node in one["nodes"]
    ]
