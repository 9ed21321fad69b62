"""The counter in a real browser: a dossier by keyboard alone, and a line that breaks while one types."""

import re

import pytest
from playwright.sync_api import Page, expect

from egov.organizations.actor import Actor
from onestop.models import Dossier, IntakeDraft
from onestop.seeding.standard_forms import load_standard_forms
from tests.factories.one_stop import make_unit
from tests.factories.procedures import ProcedureVersionFactory
from tests.journeys.browser import DESKTOP, PHONE, Windows
from tests.journeys.test_accessible import at_work, grave_faults

CARD = "034190001234|151234567|Vũ Thị Em|03051990|Nữ|Thôn Bắc, xã Thụy Xuân|01012022"


@pytest.fixture
def counter(windows: Windows, transactional_db: None) -> Actor:
    load_standard_forms()
    unit = make_unit()
    ProcedureVersionFactory(name="Đăng ký khai sinh")
    return unit.counter


def begin(page: Page) -> None:
    """Three keystrokes and Enter."""
    page.goto("/counter/")
    page.keyboard.type("kha")
    expect(page.locator("[data-hit]")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/counter/intake/\d+/$"))


@pytest.mark.journey
def test_a_dossier_is_taken_in_by_keyboard_alone(windows: Windows, counter: Actor) -> None:
    page = at_work(windows, counter, DESKTOP)
    begin(page)
    expect(page.locator("#id_card")).to_be_focused()
    page.keyboard.type(CARD)
    page.keyboard.press("Enter")
    expect(page.locator("#id_person_phone")).to_be_focused()
    expect(page.locator("#id_person_name")).to_have_value("Vũ Thị Em")
    page.keyboard.type("0912345678")
    page.keyboard.press("F2")
    expect(page.locator("#papers [type=checkbox]:checked")).to_have_count(3)
    page.keyboard.press("F9")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã tiếp nhận")
    expect(page.get_by_role("link", name="In giấy hẹn")).to_be_focused()
    dossier = Dossier.objects.get()
    expect(page.locator(".received-code")).to_have_text(dossier.code)
    page.keyboard.press("F9")
    expect(page.locator("#id_q")).to_be_focused()


@pytest.mark.journey
@pytest.mark.rule("onestop", 50)
def test_a_broken_line_is_told_and_nothing_typed_is_lost(windows: Windows, counter: Actor) -> None:
    page = at_work(windows, counter, DESKTOP)
    begin(page)
    page.locator("#id_person_name").fill("Vũ Thị Em")
    expect(page.locator("#saved-note")).to_contain_text("Đã lưu lúc")
    page.context.set_offline(True)
    page.locator("#id_person_address").fill("Thôn Bắc, xã Thụy Xuân")
    expect(page.locator("#saved-note")).to_contain_text("Mất kết nối")
    expect(page.locator("#saved-note")).not_to_contain_text("Đã lưu lúc")
    assert "person_address" not in IntakeDraft.objects.get().typed
    page.context.set_offline(False)
    expect(page.locator("#saved-note")).to_contain_text("Đã lưu lúc")
    assert IntakeDraft.objects.get().typed["person_address"] == "Thôn Bắc, xã Thụy Xuân"
    page.reload()
    expect(page.locator("#id_person_address")).to_have_value("Thôn Bắc, xã Thụy Xuân")
    # The browser itself tells the console that a request did not get out.
    of_the_line = ("ERR_INTERNET_DISCONNECTED", "htmx:afterRequest", "htmx:sendError")
    windows.faults[:] = [one for one in windows.faults if not any(word in one for word in of_the_line)]


@pytest.mark.journey
@pytest.mark.parametrize("size", [pytest.param(DESKTOP, id="desktop"), pytest.param(PHONE, id="phone")])
def test_the_counter_shuts_nobody_out(windows: Windows, counter: Actor, size: dict[str, int]) -> None:
    page = at_work(windows, counter, size)
    page.goto("/counter/?q=kha")
    faults = grave_faults(page)
    page.locator("[data-hit]").click()
    page.wait_for_url(re.compile(r"/counter/intake/\d+/$"))
    page.locator("#id_apart").check()
    faults += grave_faults(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    for address in ("/counter/online/", "/counter/register/"):
        page.goto(address)
        faults += grave_faults(page)
    assert faults == []
