"""A directive goes from the province to a commune and is carried out there, all in the browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from egov.organizations.actor import Actor
from tests.factories.accounts import UserFactory
from tests.factories.cast import Cast
from tests.factories.documents import BODY, KindFactory, Office
from tests.factories.organizations import MembershipFactory, actor_for
from tests.journeys.browser import Windows
from tests.journeys.people import choose, give_pin, open_waiting, press, sign_in

TITLE = "Về việc rà soát hộ nghèo, hộ cận nghèo"
DIRECTIVE = "Rà soát từng thôn, báo cáo kết quả."
RESULT = "Đã rà soát 12 thôn; 41 hộ nghèo, 63 hộ cận nghèo."


@pytest.mark.journey
def test_document_reaches_commune(
    windows: Windows, office: Office, cast: Cast, start_worker: Callable[[], None]
) -> None:
    KindFactory(directive=True)
    head = colleague(cast.chi, "ha", "Đỗ Thị Hà", leader=True)
    officer = colleague(cast.chi, "khoa", "Vũ Đăng Khoa", specialist=True)

    an = sign_in(windows, cast.an)
    compose(an, to=cast.chi)
    choose(an, "Người ký và tư cách ký", cast.binh)
    press(an, "Trình ký")
    expect(chip(an)).to_have_text("Chờ ký")

    binh = sign_in(windows, cast.binh)
    open_waiting(binh, TITLE)
    give_pin(binh, "Ký số")
    expect(last_step(binh)).to_contain_text("ký số văn bản.")

    open_waiting(an, TITLE)
    press(an, "Cấp số, vào sổ văn bản đi")
    give_pin(an, "Đóng dấu")
    press(an, "Phát hành đến mọi nơi nhận")
    arrives_before_the_eyes(an, start_worker)

    chi = sign_in(windows, cast.chi)
    receive(chi, head)
    ha = sign_in(windows, head)
    direct(ha, officer)
    khoa = sign_in(windows, officer)
    carry_out(khoa)

    an.reload()
    expect(an.locator("#movement")).to_contain_text("Đã tiếp nhận: 1. Trong đó hoàn thành: 1.")
    for step in ("trình ký văn bản", "ký số văn bản", "cấp số", "ký số của cơ quan", "phát hành văn bản"):
        expect(an.locator(".history")).to_contain_text(step)
    an.get_by_role("link", name="Xem từng nơi nhận").click()
    commune = an.get_by_role("row", name="Ủy ban nhân dân xã Thụy Xuân")
    expect(commune.get_by_text("06 – Hoàn thành")).to_be_hidden()
    commune.locator("summary").click()
    told = commune.locator(".history > li")
    for place, status in enumerate(("01 – Đã đến", "03 –", "04 –", "05 –", "06 – Hoàn thành")):
        expect(told.nth(place)).to_be_visible()
        expect(told.nth(place)).to_contain_text(status)


def colleague(actor: Actor, username: str, full_name: str, **role: bool) -> Actor:
    """Somebody else of the same agency."""
    user = UserFactory(username=username, full_name=full_name)
    return actor_for(MembershipFactory(user=user, agency=actor.agency, **role))


def compose(page: Page, *, to: Actor) -> None:
    """Write the directive and choose the one recipient."""
    page.get_by_role("main").get_by_role("link", name="Soạn văn bản").click()
    page.get_by_role("main").get_by_label("Loại văn bản").select_option(label="Chỉ thị")
    page.get_by_role("main").get_by_label("Trích yếu").fill(TITLE)
    page.get_by_role("main").get_by_label("Phần nội dung văn bản").fill(BODY)
    press(page, "Lưu và chọn nơi nhận")
    page.get_by_role("main").get_by_label(to.agency.name).check()
    press(page, "Lưu nơi nhận")
    expect(page.get_by_text("Đã chọn 1 nơi nhận.")).to_be_visible()


def arrives_before_the_eyes(page: Page, start_worker: Callable[[], None]) -> None:
    """The movement tells of the arrival in the page that was open before there was a worker."""
    movement = page.locator("#movement")
    expect(movement).to_contain_text("0/1 đã đến")
    page.evaluate("document.documentElement.dataset.journey = 'same page'")
    start_worker()
    expect(movement).to_contain_text("1/1 đã đến")
    assert page.evaluate("document.documentElement.dataset.journey") == "same page"


def receive(page: Page, head: Actor) -> None:
    """The commune's registry sees who signed, gives number 01 and presents."""
    open_waiting(page, TITLE)
    signatures = page.locator("section", has=page.get_by_role("heading", name="Chữ ký số"))
    expect(signatures.locator("summary")).to_have_count(2)
    expect(signatures).to_contain_text("Trần Văn Bình")
    expect(signatures).to_contain_text("Ủy ban nhân dân tỉnh Thái Bình")
    press(page, "Tiếp nhận, lấy số đến")
    expect(page.get_by_text(f"01/{timezone.localdate():%Y}")).to_be_visible()
    choose(page, "Trình", head)
    press(page, "Trình lãnh đạo")
    expect(last_step(page)).to_contain_text("trình lãnh đạo.")


def direct(page: Page, officer: Actor) -> None:
    """One lead and a deadline."""
    open_waiting(page, TITLE)
    page.get_by_role("main").get_by_label("Ý kiến chỉ đạo").fill(DIRECTIVE)
    choose(page, "Chủ trì", officer)
    due_on = timezone.localdate() + timedelta(days=7)
    page.get_by_role("main").get_by_label("Hạn xử lý").fill(f"{due_on:%d/%m/%Y}")
    press(page, "Cho ý kiến chỉ đạo")
    expect(page.locator("article")).to_contain_text(f"Chủ trì: {officer.user.full_name} {due_on:%d/%m/%Y}")


def carry_out(page: Page) -> None:
    """The lead reads what is asked, begins and ends with a note."""
    open_waiting(page, TITLE)
    expect(page.locator("article")).to_contain_text(DIRECTIVE)
    press(page, "Bắt đầu xử lý")
    page.get_by_role("main").get_by_label("Kết quả xử lý").fill(RESULT)
    press(page, "Kết thúc xử lý")
    expect(last_step(page)).to_contain_text("kết thúc xử lý (06).")
    expect(last_step(page)).to_contain_text(RESULT)


def chip(page: Page) -> Locator:
    """The document's state."""
    return page.locator(".title-note .chip").first


def last_step(page: Page) -> Locator:
    """The newest line of the history."""
    return page.locator(".history > li").last
