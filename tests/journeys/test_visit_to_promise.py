"""A visit at the desk leads to the head's own reception, to a promise with its day, and to its keeping."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Page, expect

from complaints.models import Appointment, Promise, Visit
from egov.organizations.actor import Actor
from egov.workdays.load_holidays import load_holidays
from tests.factories.organizations import MembershipFactory, actor_for
from tests.factories.settlements import vn
from tests.factories.visits import Desk, make_desk
from tests.journeys.browser import PHONE, Windows
from tests.journeys.letter_steps import cells_of, fill_in, fits_loaded, law_in_force, opened, pdf_behind, says
from tests.journeys.people import press

CAME_AT, RECEIVED_AT = vn(2026, 8, 4), vn(2026, 8, 6)
ROAD = "Đề nghị làm rõ vì sao đường vào thôn Tân An bị rào"
WORD = "Kiểm tra hàng rào và trả lời bằng văn bản"
FOUND = "Đã kiểm tra: hàng rào dựng không phép, đã tháo dỡ."


@pytest.fixture
def clock(windows: Windows) -> Iterator[time_machine.Traveller]:
    """Time that runs on from wherever a step moves it; the holidays of 2026 are known."""
    with time_machine.travel(CAME_AT, tick=True) as traveller:
        load_holidays([2026])
        law_in_force()
        yield traveller


@pytest.fixture
def desk(clock: time_machine.Traveller) -> Desk:
    return make_desk()


@pytest.mark.journey
@pytest.mark.rule("complaints", 8)
@pytest.mark.rule("complaints", 42)
def test_a_visit_leads_to_a_promise_that_is_kept(
    windows: Windows, clock: time_machine.Traveller, desk: Desk
) -> None:
    keeper = actor_for(MembershipFactory(agency=desk.agency, user__full_name="Vũ Đăng Khoa"))
    officer = opened(windows, desk.officer, "visit_list")
    first = comes_to_the_desk(officer)
    # The desk refused twice, on purpose.
    windows.forget("status of 422")
    publish_day(officer, RECEIVED_AT, desk.head)
    ask_for_the_leader(officer)
    agree(opened(windows, desk.head, "appointment_list", size=PHONE))

    clock.move_to(RECEIVED_AT)
    head = opened(windows, desk.head, "visit_list", size=PHONE)
    second = is_received_by_the_head(head, first)
    make_promise(head, second, keeper, due="20/08/2026")

    report_on(opened(windows, keeper, "promise_list", size=PHONE))
    officer = opened(windows, desk.officer, "promise_list")
    keep(officer, keeper)
    read_register(officer, desk, first, second)
    assert Promise.objects.get().kept_by == "Văn bản số 15/UBND-VP"


def comes_to_the_desk(page: Page) -> Visit:
    """Somebody shows a card and hands over papers; they want to see the head, and go home with a slip."""
    page.get_by_role("main").get_by_role("link", name="Tiếp người mới đến").click()
    press(page, "Bắt đầu tiếp")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lượt tiếp số 1/2026")
    fill_in(page.locator("#desk"), {"Loại vụ việc": "Kiến nghị", "Tóm tắt nội dung": ROAD})
    press(page, "Vào sổ")
    expect(page.locator(".error-summary")).to_contain_text("chưa chọn hướng xử lý")
    fill_in(page.locator("#desk"), {"Hướng xử lý": "Đề nghị gặp lãnh đạo"})
    press(page, "Vào sổ")
    expect(page.locator(".error-summary")).to_contain_text("phải ghi số định danh")
    visitor = page.locator("#desk section", has=page.get_by_role("heading", name="Người đến"))
    fill_in(visitor.locator("> div").first, {"Họ tên": "Vũ Thị Lan", "Số định danh": "034178000001"})
    fill_in(visitor.locator("> div").first, {"Địa chỉ": "Thôn Tân An, xã Thụy Xuân"})
    page.locator("summary", has_text="Giấy tờ mang theo").click()
    papers = page.locator("#desk details", has_text="Giấy tờ mang theo").locator(".field-row")
    fill_in(papers.nth(0), {"Tên giấy tờ": "Đơn kiến nghị", "Số bản": "1", "Bản chính": True})
    fill_in(papers.nth(1), {"Tên giấy tờ": "Ảnh chụp hàng rào", "Số bản": "3"})
    press(page, "Vào sổ")
    expect(says(page)).to_contain_text("Đã vào sổ tiếp công dân.")
    slip = pdf_behind(page, "In giấy biên nhận")
    assert [one for one in ("Vũ Thị Lan", "Đơn kiến nghị", "Ảnh chụp hàng rào") if one not in slip] == []
    return Visit.objects.get()


def publish_day(page: Page, day: datetime, head: Actor) -> None:
    """The head's next day goes into the timetable, and then everybody reads it."""
    page.goto(reverse("complaints:timetable"))
    fill_in(
        page.get_by_role("main"),
        {
            "Ngày": f"{day:%d/%m/%Y}",
            "Từ giờ": "08:00",
            "Đến giờ": "11:00",
            "Nơi tiếp": "Phòng tiếp công dân",
            "Người tiếp": head,
        },
    )
    press(page, "Đưa vào lịch")
    expect(says(page)).to_contain_text(f"Đã đưa vào lịch ngày {day:%d/%m/%Y}.")
    press(page, "Công bố lịch tháng 08/2026")
    expect(says(page)).to_contain_text("Đã công bố 1 ngày tiếp.")
    page.goto(reverse("portal:reception_detail", args=[head.agency.code]))
    expect(page.get_by_role("main")).to_contain_text(f"{day:%d/%m/%Y}")


def ask_for_the_leader(page: Page) -> None:
    """The officer writes down who wants to meet the head about what."""
    page.goto(reverse("complaints:appointment_ask"))
    fill_in(page.get_by_role("main"), {"Họ tên": "Vũ Thị Lan", "Điện thoại": "0912345678"})
    fill_in(page.get_by_role("main"), {"Nội dung muốn gặp": ROAD})
    press(page, "Ghi đề nghị")
    expect(says(page)).to_contain_text("chờ lãnh đạo trả lời")


def agree(page: Page) -> None:
    """The head names the day and the time; the slip says them."""
    page.get_by_role("main").get_by_role("link", name="1 đề nghị chờ trả lời").click()
    page.get_by_role("main").locator("#results a").first.click()
    assert fits_loaded(page)
    agreed = page.locator("section", has=page.get_by_role("heading", name="Đồng ý, hẹn ngày"))
    day = agreed.locator("option", has_text=f"{RECEIVED_AT:%d/%m/%Y}").get_attribute("value")
    agreed.locator("select").select_option(day)
    fill_in(agreed, {"Giờ hẹn": "09:00"})
    press(page, "Hẹn")
    expect(says(page)).to_contain_text("Đã ghi trả lời.")
    slip = pdf_behind(page, "In phiếu hẹn")
    assert "Vũ Thị Lan" in slip
    assert "6 tháng 8 năm 2026" in slip or "06/08/2026" in slip


def is_received_by_the_head(page: Page, earlier: Visit) -> Visit:
    """The head receives on their own day, on a phone; it is the same case as the visit before."""
    page.get_by_role("main").get_by_role("link", name="Tiếp người mới đến").click()
    fill_in(page.get_by_role("main"), {"Loại hình tiếp": "Định kỳ của người đứng đầu"})
    assert fits_loaded(page)
    press(page, "Bắt đầu tiếp")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lượt tiếp số 2/2026")
    fill_in(
        page.locator("#desk"),
        {
            "Loại vụ việc": "Kiến nghị",
            "Tóm tắt nội dung": ROAD,
            "Mã lượt tiếp trước về cùng vụ việc": earlier.code,
            "Hướng xử lý": "Giải thích, trả lời tại chỗ",
            "Nội dung trả lời, hướng dẫn": "Sẽ kiểm tra và trả lời bằng văn bản.",
        },
    )
    visitor = page.locator("#desk section", has=page.get_by_role("heading", name="Người đến"))
    fill_in(visitor.locator("> div").first, {"Họ tên": "Vũ Thị Lan", "Số định danh": "034178000001"})
    assert fits_loaded(page)
    press(page, "Vào sổ")
    expect(says(page)).to_contain_text("Đã vào sổ tiếp công dân.")
    expect(page.get_by_role("main")).to_contain_text(earlier.code)
    return Visit.objects.get(number=2)


def make_promise(page: Page, visit: Visit, keeper: Actor, *, due: str) -> None:
    """The head gives their word with a day, and somebody to see to it."""
    page.locator("summary", has_text="Ghi việc đã hứa").click()
    fill_in(page.get_by_role("main"), {"Việc đã hứa, giao việc": WORD, "Hạn": due, "Người thực hiện": keeper})
    press(page, "Ghi và giao việc")
    expect(says(page)).to_contain_text("Đã ghi việc đã hứa")
    expect(page.locator("section", has=page.locator("#promises"))).to_contain_text("20/08/2026")
    assert fits_loaded(page)
    assert visit.promises.get().keeper == keeper.membership


def report_on(page: Page) -> None:
    """Whoever sees to it finds it in their list with its day, without any duty of reception."""
    row = page.locator("#results tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("20/08/2026")
    expect(row).to_contain_text("còn 14 ngày")
    assert fits_loaded(page)
    row.get_by_role("link", name=WORD).click()
    fill_in(page.get_by_role("main"), {"Báo cáo kết quả, đề xuất": FOUND})
    press(page, "Báo cáo")
    expect(says(page)).to_contain_text("Đã ghi nhận.")
    expect(page.get_by_role("button", name="Đã thực hiện, đã báo công dân")).to_have_count(0)
    assert fits_loaded(page)


def keep(page: Page, keeper: Actor) -> None:
    """The officer reads the report, has told the visitor, and ends it; it leaves the list of open ones."""
    row = page.locator("#results tbody tr")
    told = cells_of(row)
    assert told["Trạng thái"] == "Đơn vị đã báo cáo"
    assert told["Người thực hiện"] == keeper.user.full_name
    row.get_by_role("link", name=WORD).click()
    expect(page.locator(".history")).to_contain_text(FOUND)
    fill_in(page.get_by_role("main"), {"Đã trả lời công dân bằng văn bản, việc nào": "Văn bản số 15/UBND-VP"})
    press(page, "Đã thực hiện, đã báo công dân")
    expect(page.get_by_role("main")).to_contain_text("Đã thực hiện ngày 06/08/2026: Văn bản số 15/UBND-VP")
    page.goto(reverse("complaints:promise_list"))
    expect(page.get_by_role("main")).to_contain_text("Không có việc đã hứa nào chưa xong.")
    page.get_by_role("link", name="Việc đã xong").click()
    expect(page.locator("#results tbody tr")).to_contain_text(WORD)


def read_register(page: Page, desk: Desk, first: Visit, second: Visit) -> None:
    """Form 03 has both lines, also in print: two visits, one case, one of them the head's own."""
    page.get_by_role("main").get_by_role("link", name="Sổ tiếp công dân").click()
    expect(page.get_by_role("main")).to_contain_text("Trong năm: 2 lượt, 2 người, 1 vụ việc")
    expect(page.get_by_role("main")).to_contain_text("Người đứng đầu tiếp định kỳ 1 lượt")
    rows = page.locator("#results tbody tr")
    expect(rows).to_have_count(2)
    told = [cells_of(rows.nth(place)) for place in range(2)]
    assert [(one["STT"], one["Ngày tiếp"]) for one in told] == [("1", "04/08/2026"), ("2", "06/08/2026")]
    assert told[0]["Họ tên, địa chỉ"] == "Vũ Thị Lan, Thôn Tân An, xã Thụy Xuân"
    assert told[1]["CMND, hộ chiếu, giấy tờ tùy thân"] == "034178000001"
    assert {one["Nội dung vụ việc"] for one in told} == {ROAD}
    assert told[0]["Ghi chú"] == "Đề nghị gặp lãnh đạo"
    assert desk.head.user.full_name in told[1]["Ghi chú"]
    printed = pdf_behind(page, "In sổ (PDF)")
    assert "Mẫu số 03" in printed
    assert printed.count("034178000001") == 2
    page.goto(reverse("complaints:visit_list"))
    expect(page.get_by_role("main")).to_contain_text("Người đứng đầu đã trực tiếp tiếp 1/2 ngày")
    assert (first.root, second.root) == (None, first)
    assert Appointment.objects.get().day is not None
