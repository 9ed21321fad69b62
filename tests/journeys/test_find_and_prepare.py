"""Somebody who needs a paper finds it, reads what to bring, prints the checklist and counts the days."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from egov.workdays.limit import Limit, LimitUnit
from onestop.models import LifeEvent, ProcedureVersion
from portal.actions.refresh_index import refresh_index
from tests.factories.cast import Cast
from tests.factories.procedures import ProcedureVersionFactory
from tests.journeys.browser import DESKTOP, PHONE, Windows

KILOBYTE = 1024
HEAVIEST = 100 * KILOBYTE


@pytest.fixture
def birth(cast: Cast) -> ProcedureVersion:
    """A procedure with an event, in the index."""
    version = ProcedureVersionFactory(name="Đăng ký khai sinh", case__limit=Limit(3, LimitUnit.WORKING_DAYS))
    event = LifeEvent.objects.create(code="birth", name="Sinh con", description="Khai sinh", order=1)
    event.procedures.add(version.procedure)
    refresh_index(timezone.localdate())
    return version


def public_pages(version: ProcedureVersion, cast: Cast) -> list[str]:
    service = f"/services/{version.procedure.local_code}/"
    return [
        "/",
        "/find/?q=dang+ki+khai+sin",
        "/find/?q=zzzz",
        "/find/?q=000.00.00.H54-260302-0001",
        "/services/",
        service,
        f"{service}due/?case={version.cases.get().pk}&channel=counter&day=2026-03-02&clock=08:00",
        "/services/life/birth/",
        "/directory/",
        f"/directory/{cast.chi.agency.pk}/",
        "/directory/map/",
    ]


@pytest.mark.journey
@pytest.mark.rule("onestop", 54)
def test_the_keyboard_alone_finds_a_procedure(windows: Windows, birth: ProcedureVersion) -> None:
    page = windows.open()
    page.goto("/")
    tab_to(page, page.get_by_role("searchbox"))
    page.keyboard.type("dang ki khai sin")
    page.keyboard.press("Enter")
    hit = page.get_by_role("link", name="Đăng ký khai sinh")
    tab_to(page, hit)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký khai sinh")
    tab_to(page, page.get_by_role("button", name="Tính ngày"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Có kết quả chậm nhất")).to_be_visible()


@pytest.mark.journey
def test_it_works_without_scripts(windows: Windows, birth: ProcedureVersion) -> None:
    page = windows.open(size=PHONE, java_script_enabled=False)
    page.goto("/")
    page.get_by_role("searchbox").fill("khai sinh")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_role("link", name="Đăng ký khai sinh").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký khai sinh")
    checklist = page.get_by_role("link", name="In phiếu chuẩn bị hồ sơ").get_attribute("href")
    assert checklist is not None
    answer = page.request.get(f"{windows.site}{checklist}")
    assert answer.headers["content-type"] == "application/pdf"
    page.get_by_text("Danh mục", exact=True).click()
    page.get_by_role("navigation", name="Danh mục").get_by_role("link", name="Thủ tục hành chính").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thủ tục hành chính")


@pytest.mark.journey
@pytest.mark.rule("onestop", 54)
def test_nothing_is_lost_at_twice_the_size(windows: Windows, birth: ProcedureVersion, cast: Cast) -> None:
    """A desktop at 200 % is a window of half as many pixels; the largest type on a small phone is worse."""
    halved = {"width": DESKTOP["width"] // 2, "height": DESKTOP["height"] // 2}
    for size, display in ((halved, "normal.normal"), ({"width": 320, "height": 640}, "normal.larger")):
        page = windows.open(size=size)
        page.context.add_cookies([{"name": "display", "value": display, "url": windows.site}])
        for address in public_pages(birth, cast):
            page.goto(address)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], f"{address} at {size}"


@pytest.mark.journey
def test_a_second_visit_weighs_little(windows: Windows, birth: ProcedureVersion, cast: Cast) -> None:
    """What goes over the line when the browser has the style, the type and the script already.

    In a window of its own: one whose requests are looked at keeps nothing.
    """
    page = windows.browser.new_context(base_url=windows.site, viewport=DESKTOP).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    loaded: list[float] = []
    session.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    heavy = {}
    for address in public_pages(birth, cast):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        loaded.clear()
        page.goto(address)
        page.wait_for_load_state("networkidle")
        if sum(loaded) > HEAVIEST:
            heavy[address] = sum(loaded)
    assert heavy == {}


def tab_to(page: Page, target: object, *, most: int = 60) -> None:
    """Press Tab until that is in focus."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("node => node === document.activeElement"):  # type: ignore[attr-defined]
            return
    raise AssertionError(f"{most} times Tab do not lead to {target}")
