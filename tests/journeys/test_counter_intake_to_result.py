"""A dossier from the counter by keyboard, over appraisal and approval, back to its owner's hands."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, Response, expect

from onestop.models import Collection, Dossier
from onestop.seeding.standard_forms import load_standard_forms
from tests.factories.one_stop import Unit, make_unit
from tests.factories.procedures import ProcedureVersionFactory
from tests.journeys.browser import Windows
from tests.journeys.people import press, sign_in
from tests.journeys.test_accessible import grave_faults
from tests.support.pdf_text import text_of

CARD = "034190001234||Vũ Thị Em|15061990|Nữ|Thôn Bắc, xã Thụy Xuân|01012022"
APPRAISED = "Hồ sơ đủ điều kiện đăng ký khai sinh."


@pytest.fixture
def unit(windows: Windows, transactional_db: None) -> Unit:
    """A commune with two procedures that cost nothing and end in a paper signed by hand."""
    load_standard_forms()
    unit = make_unit()
    for name in ("Đăng ký kết hôn", "Đăng ký khai sinh"):
        ProcedureVersionFactory(name=name, case__amount=None)
    return unit


@pytest.mark.journey
@pytest.mark.rule("onestop", 24)
def test_a_dossier_goes_from_the_counter_to_its_owner(windows: Windows, unit: Unit) -> None:
    counter = sign_in(windows, unit.counter, home="Bàn làm việc một cửa")
    faults = take_in_by_keyboard(counter)
    dossier = Dossier.objects.get()
    faults += read_what_was_promised(counter, dossier)
    print_the_slip(counter, dossier)
    open_on_desk(counter, dossier)
    forward(counter, to="Thẩm định", note="")

    specialist = sign_in(windows, unit.specialist)
    faults += open_on_desk(specialist, dossier)
    press(specialist, "Nhận xử lý")
    forward(specialist, to="Phê duyệt", note=APPRAISED)

    leader = sign_in(windows, unit.leader)
    open_on_desk(leader, dossier)
    expect(leader.get_by_role("main")).to_contain_text(APPRAISED)
    press(leader, "Nhận xử lý")
    number = record_result(leader, unit)
    forward(leader, to="Trả kết quả", note="")

    open_on_desk(counter, dossier)
    expect(counter.locator("#results-of-dossier")).to_contain_text(number)
    press(counter, "Xác nhận đã có kết quả")
    expect(state(counter)).to_have_text("Đã xử lý xong")
    hand_over(counter)
    assert Collection.objects.get().masked_number == "034******234"

    counter.get_by_role("link", name="Mở hồ sơ").click()
    expect(state(counter)).to_have_text("Đã trả kết quả")
    expect(counter.locator(".title-note")).to_contain_text("Vũ Thị Em")
    faults += grave_faults(counter)
    assert faults == []


def take_in_by_keyboard(page: Page) -> list[str]:
    """Find the procedure, read the card, tick the papers, receive: no mouse from the counter's page on."""
    page.goto("/counter/")
    page.keyboard.type("khai")
    expect(page.locator("[data-hit]")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/counter/intake/\d+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký khai sinh")
    expect(page.locator("#id_card")).to_be_focused()
    page.keyboard.type(CARD)
    page.keyboard.press("Enter")
    expect(page.locator("#id_person_phone")).to_be_focused()
    expect(page.locator("#id_person_name")).to_have_value("Vũ Thị Em")
    expect(page.locator("#id_person_personal_number")).to_have_value("034190001234")
    expect(page.locator("#id_person_born_on")).to_have_value("15/06/1990")
    page.keyboard.press("F2")
    expect(page.locator("#papers [type=checkbox]:checked")).to_have_count(3)
    faults = grave_faults(page)
    page.keyboard.press("F9")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã tiếp nhận")
    return faults


def read_what_was_promised(page: Page, dossier: Dossier) -> list[str]:
    """The code, the appointment, and every day that led to it: three of them count."""
    assert dossier.due_at is not None
    expect(page.locator(".received-code")).to_have_text(dossier.code)
    due = timezone.localtime(dossier.due_at)
    expect(page.locator(".appointment")).to_contain_text(f"{due:%H:%M}")
    expect(page.locator(".appointment")).to_contain_text(f"{due:%d/%m/%Y}")
    counted = page.locator(".counted-days li:not(.not-counted)")
    expect(counted).to_have_count(3)
    expect(counted.last).to_contain_text(f"{due:%d/%m/%Y}")
    return grave_faults(page)


def print_the_slip(page: Page, dossier: Dossier) -> None:
    """Enter opens the slip beside the page; it bears the code that the applicant goes home with."""
    slip = page.get_by_role("link", name="In giấy hẹn")
    expect(slip).to_be_focused()
    address = slip.get_attribute("href")

    def is_slip(response: Response) -> bool:
        return response.url.endswith(str(address))

    with page.context.expect_event("response", is_slip) as opened:
        page.keyboard.press("Enter")
    assert opened.value.status == 200
    assert opened.value.headers["content-type"] == "application/pdf"
    assert dossier.code in text_of(page.request.get(str(address)).body())
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã tiếp nhận")


def open_on_desk(page: Page, dossier: Dossier) -> list[str]:
    """From the desk into the dossier that waits there."""
    page.goto("/desk/")
    waiting = page.get_by_role("main").get_by_role("link", name=dossier.code)
    expect(waiting).to_be_visible()
    faults = grave_faults(page)
    waiting.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký khai sinh")
    return faults


def forward(page: Page, *, to: str, note: str) -> None:
    """Give the dossier on to whoever of that step takes it first."""
    step = page.locator("form", has=page.get_by_role("button", name="Chuyển bước tiếp theo"))
    step.get_by_label("Bước tiếp theo").select_option(label=to)
    step.get_by_label("Ý kiến").fill(note)
    press(page, "Chuyển bước tiếp theo")
    expect(page.get_by_text(f"Đã chuyển sang bước “{to}”.")).to_be_visible()


def record_result(page: Page, unit: Unit) -> str:
    """Take the number, sign the paper with it outside the system, put it on record; the number."""
    page.get_by_role("link", name="Lập kết quả").click()
    press(page, "Lấy số")
    number = page.get_by_role("main").get_by_label("Số trên kết quả")
    expect(number).not_to_have_value("")
    taken = number.input_value()
    page.get_by_role("main").get_by_label(re.compile("^Người ký")).fill(unit.leader.user.full_name)
    page.get_by_role("main").get_by_label("Chức vụ người ký").fill("Chủ tịch")
    press(page, "Ghi nhận kết quả")
    expect(page.get_by_text(f"Đã ghi nhận kết quả {taken}.")).to_be_visible()
    return taken


def hand_over(page: Page) -> None:
    """The owner shows the card, Enter gives the result out."""
    page.locator("#results-of-dossier").get_by_role("link", name="Trả kết quả").click()
    expect(page.locator("#id_number")).to_be_focused()
    page.keyboard.type(CARD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Đã trả kết quả")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Vũ Thị Em (chủ hồ sơ) nhận lúc")


def state(page: Page) -> Locator:
    """The dossier's state as its page shows it."""
    return page.locator(".title-note .chip")
