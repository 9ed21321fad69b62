"""The touch board, upright and lying: its own keyboard, a number, a rating, and everything forgotten."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from onestop.actions.receive import receive
from onestop.models import Dossier, QueueGroup, Rating, Ticket
from onestop.seeding.figures import load_figures
from onestop.seeding.standard_forms import load_standard_forms
from tests.factories.filings import filing
from tests.factories.one_stop import make_unit
from tests.factories.procedures import ProcedureVersionFactory
from tests.journeys.browser import Windows
from tests.journeys.test_accessible import grave_faults

UPRIGHT = {"width": 1080, "height": 1920}
LYING = {"width": 1920, "height": 1080}
POSITIONS = pytest.mark.parametrize(
    "size", [pytest.param(UPRIGHT, id="upright"), pytest.param(LYING, id="lying")]
)
SMALLEST_TARGET = 48
TOUCHED = "a, button, summary, textarea, input:not([type=hidden], [type=radio])"
TARGETS = """([touched, smallest]) => [...document.querySelectorAll(touched)]
  .filter(one => one.checkVisibility())
  .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.width < smallest || box.height < smallest)
  .map(([words, box]) => [words, box.width, box.height])"""


@pytest.fixture
def dossier(windows: Windows, transactional_db: None, settings: Settings) -> Dossier:
    """At an agency whose hall gives out numbers for one row."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}
    load_figures()
    load_standard_forms()
    unit = make_unit()
    QueueGroup.objects.create(agency=unit.agency, letter="A", name="Hộ tịch, chứng thực")
    version = ProcedureVersionFactory(name="Đăng ký khai sinh")
    at = timezone.now() - timedelta(hours=3)
    return receive(unit.counter, filing(version, unit.agency), at=at)


def board(windows: Windows, dossier: Dossier, size: dict[str, int]) -> Page:
    """The board as it waits for the next person; its clock can be set forward."""
    page = windows.open(size=size, has_touch=True)
    page.clock.install()
    page.goto(f"/kiosk/{dossier.receiving_agency.code}/")
    page.wait_for_load_state()
    return page


def touch(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name, exact=True)).first.tap()


def strike(page: Page, *keys: str) -> None:
    """Touch keys of the board's own keyboard by what is printed on them."""
    for key in keys:
        page.locator("#keys").get_by_role("button", name=key, exact=True).tap()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


@pytest.mark.journey
@POSITIONS
def test_a_person_finds_a_procedure_and_takes_a_number(
    windows: Windows, dossier: Dossier, size: dict[str, int]
) -> None:
    page = board(windows, dossier, size)
    faults = grave_faults(page)
    small = too_small(page)
    touch(page, "Tìm thủ tục")
    page.locator("#q").tap()
    strike(page, "đ", "ă", "n", "g", "Dấu cách", "k", "y", "Sắc")
    expect(page.locator("#q")).to_have_value("đăng ký")
    faults += grave_faults(page)
    small += too_small(page)
    strike(page, "Xóa hết", "k", "h", "a", "i", "Dấu cách", "s", "i", "n", "h")
    hit = page.locator("#hits").get_by_role("link", name="Đăng ký khai sinh")
    expect(page.locator("#hits")).to_contain_text("“khai sinh”")
    strike(page, "Xong")
    hit.tap()
    heading(page, "Đăng ký khai sinh")
    expect(page.get_by_role("main")).to_contain_text("Giấy chứng sinh")
    expect(page.get_by_role("img", name="Mã QR của thủ tục")).to_be_visible()
    faults += grave_faults(page)
    small += too_small(page)

    touch(page, "Trang đầu")
    touch(page, "Lấy số thứ tự")
    page.get_by_role("button", name="Hộ tịch, chứng thực").tap()
    expect(page.locator(".kiosk-number")).to_have_text("A001")
    faults += grave_faults(page)
    small += too_small(page)
    assert Ticket.objects.get().channel == "board"
    # One page from the first touch to the last: there is no way back to anything.
    assert page.evaluate("history.length") == 2
    expect(page).to_have_url(f"{windows.site}/kiosk/{dossier.receiving_agency.code}/")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert (faults, small) == ([], [])


@pytest.mark.journey
@pytest.mark.rule("onestop", 58)
@POSITIONS
def test_after_a_minute_without_a_touch_nothing_of_the_person_is_left(
    windows: Windows, dossier: Dossier, size: dict[str, int]
) -> None:
    page = board(windows, dossier, size)
    page.context.add_cookies([{"name": "display", "value": "high.large", "url": windows.site}])
    page.evaluate("localStorage.setItem('left', 'behind')")
    touch(page, "Tương phản cao")
    touch(page, "Hồ sơ của tôi đến đâu rồi?")
    page.locator("#id_code").tap()
    strike(page, *dossier.code[:3].upper())
    page.locator("#id_code").fill(dossier.code)
    page.locator("#id_secret").fill(dossier.secret)
    strike(page, "Xong")
    touch(page, "Tra cứu")
    heading(page, f"Hồ sơ {dossier.code}")
    expect(page.get_by_role("main")).to_contain_text("V*** T*** E***")
    faults = grave_faults(page)

    page.clock.fast_forward(46_000)
    warning = page.get_by_role("dialog")
    expect(warning).to_contain_text("Quý vị còn dùng màn hình không?")
    faults += grave_faults(page)
    touch(page, "Tôi vẫn dùng")
    expect(warning).to_be_hidden()
    expect(page.get_by_role("main")).to_contain_text("V*** T*** E***")

    page.clock.fast_forward(46_000)
    expect(warning).to_be_visible()
    page.clock.fast_forward(16_000)
    heading(page, "Quý vị cần làm gì?")
    expect(page.locator("body")).not_to_contain_text(dossier.code)
    expect(page.locator("html")).to_have_attribute("data-contrast", "normal")
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length") == 0
    page.go_back()
    assert dossier.code not in page.content()
    assert faults == []


@pytest.mark.journey
@pytest.mark.rule("onestop", 57)
def test_a_slip_before_the_scanner_and_a_touch_to_rate(windows: Windows, dossier: Dossier) -> None:
    page = board(windows, dossier, UPRIGHT)
    # The scanner is a keyboard that types fast and ends with Enter; nothing has been touched before.
    page.keyboard.type(f"https://portal.example/lookup/#{dossier.code}/{dossier.secret}")
    page.keyboard.press("Enter")
    heading(page, f"Hồ sơ {dossier.code}")
    expect(page.get_by_role("main")).to_contain_text("V*** T*** E***")
    touch(page, "Đánh giá sự phục vụ")
    heading(page, "Quý vị có hài lòng không?")
    touch(page, "Tương phản cao")
    page.get_by_label("Rất hài lòng").first.tap()
    assert grave_faults(page) == []
    touch(page, "Gửi đánh giá")
    heading(page, "Cảm ơn Quý vị đã đánh giá")
    assert Rating.objects.get().level == "very_satisfied"
    touch(page, "Xong, xóa màn hình")
    heading(page, "Quý vị cần làm gì?")


@pytest.mark.journey
def test_marks_stand_where_vietnamese_puts_them(windows: Windows, dossier: Dossier) -> None:
    page = board(windows, dossier, LYING)
    words = {
        ("hoa", "grave"): "hòa", ("toan", "acute"): "toán", ("thuy", "hook"): "thủy",
        ("quy", "acute"): "quý", ("gia", "acute"): "giá", ("giêng", "acute"): "giếng", ("gi", "grave"): "gì",
        ("ngươi", "grave"): "người", ("chưng", "acute"): "chứng", ("tiêu", "hook"): "tiểu",
        ("ngoai", "dot"): "ngoại", ("mua", "grave"): "mùa", ("khai tư", "hook"): "khai tử",
        ("quyên", "grave"): "quyền", ("nghia", "tilde"): "nghĩa", ("Đ", "acute"): "Đ", ("", "dot"): "",
        ("má", "acute"): "ma", ("má", "plain"): "ma", ("má", "grave"): "mà",
    }  # fmt: skip
    typed = page.evaluate(
        """async (pairs) => {
            const { marked } = await import('/static/js/kiosk_tones.js');
            return pairs.map(([word, mark]) => marked(word, mark));
        }""",
        [list(pair) for pair in words],
    )
    assert dict(zip(words, typed, strict=True)) == words


def too_small(page: Page) -> list[list[object]]:
    """What a finger would miss: links, buttons and fields under 48 px."""
    return page.evaluate(TARGETS, [TOUCHED, SMALLEST_TARGET])
