"""The hall: a number by touch, a call by one key, the number on the wall, and who may go first."""

import pytest
from playwright.sync_api import Page, expect

from egov.organizations.actor import Actor
from onestop.models import QueueGroup, Ticket, Window
from tests.factories.one_stop import make_unit
from tests.journeys.browser import DESKTOP, PHONE, WAIT_MILLISECONDS, Windows
from tests.journeys.people import press
from tests.journeys.test_accessible import at_work, grave_faults


@pytest.fixture
def official(windows: Windows, transactional_db: None) -> Actor:
    """Who serves at window 1; nobody sits there yet."""
    official = make_unit().counter
    group = QueueGroup.objects.create(agency=official.agency, letter="A", name="Hộ tịch, chứng thực")
    Window.objects.create(agency=official.agency, number=1).groups.set([group])
    return official


@pytest.mark.journey
@pytest.mark.rule("onestop", 41)
def test_a_number_is_taken_called_and_served(windows: Windows, official: Actor) -> None:
    code = official.agency.code
    wall = windows.open()
    wall.goto(f"/queue/display/{code}/")
    expect(wall.get_by_role("main")).to_contain_text("Chưa gọi số nào.")
    hall = windows.open(size=DESKTOP, has_touch=True)
    assert take(hall, code) == "A001"
    wall.reload()
    expect(wall.get_by_role("main")).to_contain_text("Chưa gọi số nào.")
    faults = grave_faults(hall)

    window = sit_down(windows, official)
    strike(window, "n")
    expect(window.locator(".turn-number")).to_have_text("A001")
    appears(wall, "A001", "Quầy 1")
    # Numbers and windows hang on the wall, never a name (rule 41).
    expect(wall.locator("body")).not_to_contain_text(official.user.full_name)
    expect(hall.locator("#ticket")).to_contain_text("Mời Quý vị đến Quầy 1.", timeout=WAIT_MILLISECONDS)
    faults += grave_faults(wall) + grave_faults(window)

    strike(window, "Enter")
    expect(window.get_by_role("heading", name="Đang phục vụ")).to_be_visible()
    press(window, "Kết thúc lượt")
    expect(window.get_by_role("heading", name="Chưa gọi số nào")).to_be_visible()
    expect(wall.locator(".calls-before")).to_contain_text("A001", timeout=WAIT_MILLISECONDS)
    assert Ticket.objects.get().state == "finished"
    assert faults == []


@pytest.mark.journey
@pytest.mark.rule("onestop", 41)
def test_who_has_priority_goes_first(windows: Windows, official: Actor) -> None:
    code = official.agency.code
    hall = windows.open(has_touch=True)
    assert take(hall, code) == "A001"
    assert take(hall, code, priority="Người cao tuổi") == "A002"

    window = sit_down(windows, official)
    waiting = window.locator("#waits .numbers li strong")
    expect(waiting).to_have_text(["A001", "A002"])
    strike(window, "n")
    expect(window.locator(".turn-number")).to_contain_text("A002")
    expect(waiting).to_have_text(["A001"])
    strike(window, "Enter")
    expect(window.get_by_role("heading", name="Đang phục vụ")).to_be_visible()
    strike(window, "n")
    expect(window.locator(".turn-number")).to_have_text("A001")


@pytest.mark.journey
def test_the_board_shuts_nobody_out(windows: Windows, official: Actor) -> None:
    faults = []
    for size in (DESKTOP, PHONE):
        page = windows.open(size=size)
        page.goto(f"/queue/board/{official.agency.code}/")
        page.get_by_text("Tôi thuộc diện ưu tiên").click()
        faults += grave_faults(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert faults == []


def take(page: Page, code: str, *, priority: str = "") -> str:
    """Touch what one came for; the number that comes."""
    page.goto(f"/queue/board/{code}/")
    if priority:
        page.get_by_text("Tôi thuộc diện ưu tiên").tap()
        page.get_by_role("button", name=priority).tap()
    else:
        page.get_by_role("button", name="Hộ tịch, chứng thực").tap()
    number = page.locator(".ticket-number")
    expect(number).to_be_visible()
    return number.inner_text()


def sit_down(windows: Windows, official: Actor) -> Page:
    """The official's page, at the window."""
    page = at_work(windows, official, DESKTOP)
    page.goto("/queue/")
    page.get_by_role("button", name="Quầy 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quầy 1")
    return page


def strike(page: Page, key: str) -> None:
    """Strike a key once the page listens: its scripts run before it counts as loaded."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def appears(page: Page, number: str, window: str) -> None:
    """On the wall by itself, without anybody loading the page again."""
    call = page.locator(".call-new")
    expect(call.locator(".call-number")).to_have_text(number, timeout=WAIT_MILLISECONDS)
    expect(call.locator(".call-window")).to_have_text(window)
