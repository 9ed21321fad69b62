"""The clock of a dossier in a real browser: Tết inside a stop, three agencies, an apology.

The site runs in this process, so moving time moves the site; the browser's own time stays real. Whoever comes
on another day signs in anew, as in life. Work is from 07:00 to 11:30 and from 13:30 to 17:00.
"""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Page, expect

from egov.workdays.load_holidays import load_holidays
from onestop.actions.forward import forward
from onestop.models import Dossier
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import ProcedureVersionFactory
from tests.factories.work import Desk, linked_version, make_desk, taken_in, vn
from tests.journeys.browser import DESKTOP, Windows
from tests.journeys.dossier_page import clock_panel, fact, form_of, legs, on_dossier, told, told_days
from tests.journeys.people import press
from tests.journeys.test_accessible import at_work
from tests.support.pdf_text import text_of

BUSY = "Nhiều hồ sơ dồn lại sau Tết"


@pytest.fixture
def clock(windows: Windows) -> Iterator[time_machine.Traveller]:
    """Time that runs on from wherever a step moves it; the holidays of 2026 are known."""
    with time_machine.travel(vn(2026, 2, 11, 9), tick=True) as traveller:
        load_holidays([2026])
        yield traveller


@pytest.fixture
def desk(clock: time_machine.Traveller) -> Desk:
    return make_desk()


@pytest.mark.journey
@pytest.mark.rule("onestop", 18)
def test_a_paper_asked_for_before_tet_is_brought_after_it(
    windows: Windows, clock: time_machine.Traveller, desk: Desk
) -> None:
    dossier = taken_in(ProcedureVersionFactory(), desk, at=vn(2026, 2, 11, 9))
    page = on_dossier(windows, desk.counter, dossier)
    expect(fact(page, "Hẹn trả")).to_have_text("09:00 23/02/2026")
    form_of(page, "forward").get_by_label("Giao cho").select_option(str(desk.specialist.membership.pk))
    press(page, "Chuyển bước tiếp theo")

    asked_at = vn(2026, 2, 12, 15)
    clock.move_to(asked_at)
    page = on_dossier(windows, desk.specialist, dossier)
    ask_for_paper(page, "Giấy chứng sinh", clock, at=asked_at)
    expect(clock_panel(page)).to_contain_text("Đang tạm dừng tính thời gian")
    expect(clock_panel(page)).to_contain_text("15:00 12/02/2026 → nay")

    # Kept of three days: two hours of Thursday, the eight of Friday, two of the Monday after Tết.
    brought_at = vn(2026, 2, 24, 10)
    clock.move_to(brought_at)
    page = on_dossier(windows, desk.counter, dossier)
    expect(clock_panel(page)).to_contain_text("Đang tạm dừng tính thời gian")
    clock.move_to(brought_at)
    press(page, "Nhận giấy tờ bổ sung")
    expect(told(page)).to_contain_text("thời gian giải quyết tính tiếp từ bây giờ")
    expect(clock_panel(page)).not_to_contain_text("Đang tạm dừng")
    expect(fact(page, "Hẹn trả")).to_have_text("16:00 25/02/2026")
    expect(fact(page, "Hẹn lần đầu")).to_have_text("09:00 23/02/2026")
    days = told_days(page)
    assert [one.day for one in days] == [f"{day}/02/2026" for day in range(11, 26)]
    counted = [(one.day[:2], one.so_far) for one in days if one.counted]
    assert counted == [("12", "1 ngày 4 giờ"), ("25", "3 ngày")]
    why = {one.day[:2]: one.why for one in days}
    assert why["11"] == "Ngày tiếp nhận, lúc 09:00"
    assert why["12"] == "Hồ sơ tạm dừng từ 15:00"
    assert why["13"] == "Hồ sơ tạm dừng"
    assert all("Tết Nguyên Đán" in why[str(day)] for day in range(16, 21)), why
    assert why["24"] == "Hết tạm dừng lúc 10:00, ngày sau mới tính tiếp"
    assert why["25"] == "Hạn trả kết quả lúc 16:00"


@pytest.mark.journey
def test_three_agencies_settle_one_dossier(
    windows: Windows, clock: time_machine.Traveller, desk: Desk
) -> None:
    land = make_desk(agency=AgencyFactory(department=True, name="Sở Nông nghiệp và Môi trường"))
    tax = make_desk(agency=AgencyFactory(department=True, name="Thuế tỉnh Thái Bình"))
    version = linked_version(
        (1, desk.agency, ()), (2, land.agency, (1,)), (3, tax.agency, (1,)), (4, desk.agency, (2, 3))
    )
    clock.move_to(vn(2026, 3, 2, 8))
    dossier = taken_in(version, desk, at=vn(2026, 3, 2, 8))

    page = ends_leg(windows, clock, desk, dossier, at=vn(2026, 3, 2, 14))
    for agency, leg in ((land.agency, 2), (tax.agency, 3)):
        expect(page.get_by_role("main")).to_contain_text(
            f"{agency.name} chưa nhận công đoạn “Công đoạn {leg}”."
        )
    takes_over(windows, clock, land, dossier, at=vn(2026, 3, 3, 8))
    takes_over(windows, clock, tax, dossier, at=vn(2026, 3, 3, 10))
    ends_leg(windows, clock, land, dossier, at=vn(2026, 3, 4, 9))
    # The last leg waits for both.
    waiting = legs(on_dossier(windows, desk.specialist, dossier)).nth(3)
    expect(waiting).to_contain_text("Công đoạn 4")
    expect(waiting).not_to_contain_text("chuyển đến")
    ends_leg(windows, clock, tax, dossier, at=vn(2026, 3, 5, 10))
    page = takes_over(windows, clock, desk, dossier, at=vn(2026, 3, 5, 15))

    expect(legs(page)).to_have_count(4)
    times = (
        (desk, "chuyển đến 08:00 02/03/2026 – xong 14:00 02/03/2026"),
        (land, "chuyển đến 14:00 02/03/2026 – xong 09:00 04/03/2026"),
        (tax, "chuyển đến 14:00 02/03/2026 – xong 10:00 05/03/2026"),
        (desk, "chuyển đến 10:00 05/03/2026 – hạn"),
    )
    for place, (holder, moments) in enumerate(times):
        expect(legs(page).nth(place)).to_contain_text(f"{holder.agency.name} – {moments}")
    expect(legs(page).nth(3)).to_contain_text("15:00 05/03/2026 – đang xử lý")
    expect(legs(page).nth(3)).to_contain_text(desk.counter.user.full_name)


@pytest.mark.journey
@pytest.mark.rule("onestop", 22)
@pytest.mark.rule("onestop", 24)
def test_one_apology_does_not_make_a_late_result_timely(
    windows: Windows, clock: time_machine.Traveller, desk: Desk
) -> None:
    dossier = before_the_leader(desk)
    clock.move_to(vn(2026, 3, 4, 8))
    first, second = (on_dossier(windows, desk.leader, dossier) for _window in range(2))
    apologize(first, days=2)
    expect(told(first)).to_contain_text("hẹn lại 09:00 09/03/2026")
    expect(clock_panel(first)).to_contain_text("Đã xin lỗi và hẹn lại")
    letter = first.get_by_role("link", name="xin lỗi").get_attribute("href")
    printed = text_of(first.request.get(letter).body())
    assert "xin lỗi" in printed
    assert BUSY in printed
    assert "09/03/2026" in printed

    apologize(second, days=5)
    expect(told(second)).to_contain_text("chỉ được hẹn lại một lần")
    expect(fact(second, "Hẹn trả")).to_have_text("09:00 09/03/2026")
    # A refusal has its own status, of which the browser tells the console.
    windows.faults[:] = [one for one in windows.faults if "422" not in one]

    decided_at = vn(2026, 3, 6, 8)
    clock.move_to(decided_at)
    forward(desk.leader, dossier, to=4, holder=desk.counter.membership, at=decided_at)
    page = on_dossier(windows, desk.counter, dossier)
    record_result(page)
    press(page, "Xác nhận đã có kết quả")
    expect(fact(page, "Có kết quả lúc")).to_contain_text("06/03/2026")
    expect(fact(page, "Hẹn lần đầu")).to_have_text("09:00 05/03/2026")
    expect(clock_panel(page)).to_contain_text(BUSY)

    page = at_work(windows, desk.leader, DESKTOP)
    page.goto(reverse("onestop:figures_report"))
    figures = page.get_by_role("row", name=desk.agency.name)
    for column, count in (("Xong quá hạn", "1"), ("trong đó có xin lỗi", "1"), ("Xong đúng hạn", "0")):
        expect(figures.locator(f"[data-label='{column}']")).to_have_text(count)


def ask_for_paper(page: Page, paper: str, clock: time_machine.Traveller, *, at: datetime) -> None:
    """Request one paper until 10 March; the button is pressed at that moment."""
    form = form_of(page, "request_supplement")
    form.get_by_label(paper, exact=True).check()
    form.get_by_label("Lý do phải bổ sung").fill("Bản chụp không đọc được")
    form.get_by_label("Người nộp bổ sung trước hết ngày").fill("10/03/2026")
    clock.move_to(at)
    form.get_by_role("button").click()
    expect(told(page)).to_contain_text("Đã lập phiếu yêu cầu bổ sung")


def takes_over(
    windows: Windows, clock: time_machine.Traveller, desk: Desk, dossier: Dossier, *, at: datetime
) -> Page:
    """The counter of the agency takes in at that moment what was sent to it."""
    clock.move_to(at)
    page = on_dossier(windows, desk.counter, dossier)
    clock.move_to(at)
    press(page, "Nhận hồ sơ")
    expect(told(page)).to_contain_text("Đã nhận hồ sơ.")
    return page


def ends_leg(
    windows: Windows, clock: time_machine.Traveller, desk: Desk, dossier: Dossier, *, at: datetime
) -> Page:
    """The agency's specialist ends its part at that moment."""
    clock.move_to(at)
    page = on_dossier(windows, desk.specialist, dossier)
    form = form_of(page, "finish_leg")
    clock.move_to(at)
    form.get_by_role("button").click()
    expect(told(page)).to_contain_text("Đã xong công đoạn")
    return page


def before_the_leader(desk: Desk) -> Dossier:
    """Received on Monday 2 March at 09:00, promised for Thursday at 09:00, appraised on Tuesday."""
    dossier = taken_in(ProcedureVersionFactory(), desk, at=vn(2026, 3, 2, 9))
    forward(desk.counter, dossier, to=2, holder=desk.specialist.membership, at=vn(2026, 3, 2, 10))
    forward(desk.specialist, dossier, to=3, holder=desk.leader.membership, at=vn(2026, 3, 3, 16))
    return dossier


def apologize(page: Page, *, days: int) -> None:
    """Say why, and put the day off."""
    form = form_of(page, "apologize")
    form.get_by_label("Lý do chậm trả kết quả").fill(BUSY)
    form.get_by_label("Hẹn thêm (ngày làm việc)").fill(str(days))
    form.get_by_role("button").click()


def record_result(page: Page) -> None:
    """A paper result, entered in the register."""
    page.get_by_role("main").get_by_role("link", name="Lập kết quả").click()
    press(page, "Lấy số")
    expect(told(page)).to_contain_text("Đã lấy số")
    press(page, "Ghi nhận kết quả")
    expect(told(page)).to_contain_text("Đã ghi nhận kết quả")
