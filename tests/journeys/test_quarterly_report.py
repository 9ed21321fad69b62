"""The report of a quarter: on the page, as .xlsx and as PDF the same numbers, whenever it is asked for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from complaints.actions.accept import accept
from complaints.actions.enter import enter
from complaints.actions.link import link_duplicate
from complaints.actions.take_in_hand import assign
from complaints.actions.withdraw import WithdrawalPaper, withdraw
from complaints.enums import Direction, DutyKind, MatterKind
from complaints.models import Letter, Matter
from egov.organizations.actor import Actor
from egov.workdays.load_holidays import load_holidays
from tests.factories.entries import content, entry, group
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory
from tests.factories.processing import LetterOffice, make_letter_office
from tests.factories.sealing import make_sealed_office
from tests.factories.settlements import vn
from tests.factories.visits import LAN, heard, make_desk
from tests.journeys.browser import Windows
from tests.journeys.letter_steps import fill_in, law_in_force, on_matter, opened, take_page
from tests.journeys.people import press
from tests.support.pdf_text import text_of

TABLES = {
    "reception": "Kết quả tiếp công dân",
    "letters": "Đơn vào sổ trong kỳ",
    "processing": "Kết quả xử lý, giải quyết theo loại nội dung",
    "results": "Kết quả giải quyết",
}
DAYS = "Quý III 2026, số liệu từ ngày 15/06/2026 đến hết ngày 14/09/2026 (ngày chốt số liệu)."
Cells = list[list[str]]


@pytest.fixture
def clock(windows: Windows) -> Iterator[time_machine.Traveller]:
    """The third quarter as it runs; the holidays of 2026 and the law are known."""
    with time_machine.travel(vn(2026, 8, 3, 8), tick=True) as traveller:
        load_holidays([2026])
        law_in_force()
        yield traveller


@pytest.fixture
def clerk(clock: time_machine.Traveller) -> Actor:
    """Who keeps the registers of a commune, and reports on them."""
    agency = AgencyFactory(name="Ủy ban nhân dân xã Thụy Xuân")
    make_sealed_office(agency, at=vn(2026, 6, 1))
    return appointed(agency, DutyKind.INTAKE, DutyKind.PROTECTED, DutyKind.HANDLING)


@pytest.mark.journey
@pytest.mark.rule("complaints", 46)
@pytest.mark.rule("complaints", 48)
@pytest.mark.rule("complaints", 50)
def test_a_quarter_is_reported_the_same_twice(
    windows: Windows, clock: time_machine.Traveller, clerk: Actor
) -> None:
    letter = quarter(clerk)
    clock.move_to(vn(2026, 9, 16))
    page = report_of(opened(windows, clerk, "letter_figures"), "Quý III")
    first = {name: on_page(page, title) for name, title in TABLES.items()}
    says_what_happened(first)
    for name, title in TABLES.items():
        assert in_sheet(page, name, title) == numbers_of(first[name]), name
        printed_rows(page, title, first[name])

    happens_later(windows, clerk, letter)
    clock.move_to(vn(2026, 10, 5))
    page = report_of(opened(windows, clerk, "letter_figures"), "Quý III")
    assert {name: on_page(page, title) for name, title in TABLES.items()} == first
    assert in_sheet(page, "processing", TABLES["processing"]) == numbers_of(first["processing"])
    after = on_page(report_of(page, "Quý IV", open_ended=True), TABLES["letters"])
    assert value(after, "Đơn", "Số lượng") == "1"


def quarter(clerk: Actor) -> Letter:
    """Two visits; letters carried over, of a group, denouncing, sent twice; and a complaint taken back."""
    desk = make_desk(clerk.agency)
    desk.closed(at=vn(2026, 8, 3))
    desk.closed(heard(people=20, visitors=(LAN, replace(LAN, name="Vũ Văn Hải"))), at=vn(2026, 8, 4))
    came(clerk, date(2026, 6, 12))
    came(clerk, date(2026, 8, 3), group(6, representatives=1))
    came(clerk, date(2026, 8, 4), entry(content(MatterKind.DENUNCIATION, subject="Trần Văn Đối")))
    repeated, again = (came(clerk, date(2026, 8, day)) for day in (5, 6))
    link_duplicate(clerk, again, repeated, at=vn(2026, 8, 6, 10))
    withdrawn(make_letter_office(clerk.agency), came(clerk, date(2026, 8, 7)))
    return repeated


def withdrawn(office: LetterOffice, letter: Letter) -> None:
    """Proposed, approved and accepted; then its sender takes it back, and it is stopped by decision."""
    matter, at = letter.matters.get(), vn(2026, 8, 10)
    assign(office.leader, matter, to=office.handler.membership, at=at)
    office.decide(Matter.objects.get(pk=matter.pk), Direction.ACCEPT, at=at)
    accept(office.leader, Matter.objects.get(pk=matter.pk), at=at)
    paper = WithdrawalPaper(is_whole=True, received_on=date(2026, 8, 20), is_signed=True)
    withdraw(office.handler, Matter.objects.get(pk=matter.pk), paper, at=vn(2026, 8, 20))


def came(clerk: Actor, day: date, typed: object = None) -> Letter:
    """A letter that arrived on that morning and was entered an hour later."""
    at = vn(day.year, day.month, day.day, 9)
    arrived = vn(day.year, day.month, day.day, 8)
    return enter(clerk, replace(typed or entry(), received_at=arrived, written_on=day), at=at)


def report_of(page: Page, period: str, *, open_ended: bool = False) -> Page:
    """The report of a period of 2026, chosen on the page; it says of which days it is (rule 50)."""
    fill_in(page.locator("form.filters"), {"Năm": "2026", "Kỳ báo cáo": period})
    press(page, "Xem")
    notes = page.locator(".title-note")
    expect(notes.nth(0)).to_have_text("Ủy ban nhân dân xã Thụy Xuân")
    expect(notes.nth(1)).to_contain_text(f"{period} 2026")
    expect(page.get_by_text("Kỳ báo cáo chưa chốt")).to_have_count(int(open_ended))
    if not open_ended:
        expect(notes.nth(1)).to_have_text(DAYS)
    return page


def on_page(page: Page, title: str) -> Cells:
    """Headings, lines and totals of one table as they stand on the page."""
    table = page.get_by_role("region", name=title, exact=True).locator("table")
    rows = table.locator("tr").all()
    return [[" ".join(cell.split()) for cell in row.locator("th, td").all_inner_texts()] for row in rows]


def value(table: Cells, row: str, column: str) -> str:
    """What one line says under one heading."""
    line = next(cells for cells in table[1:] if cells[0] == row)
    return line[table[0].index(column)]


def says_what_happened(told: dict[str, Cells]) -> None:
    """A group is one visit, its people and one group; a letter sent twice is two letters and one case."""
    row = "Tất cả (mỗi vụ việc tính một lần)"
    counted = [value(told["reception"], row, one) for one in ("Lượt tiếp", "Người", "Vụ việc")]
    assert counted == ["2", "21", "2"]
    groups = [value(told["reception"], row, one) for one in ("Đoàn đông người", "Người trong đoàn")]
    assert groups == ["1", "20"]
    letters = {line[0]: line[1] for line in told["letters"][1:]}
    assert letters["Đơn"] == "5"
    assert letters["trong đó đơn trong sổ tố cáo"] == "1"
    assert letters["trong đó đơn nhiều người"] == "1"
    assert (letters["Đơn trùng"], letters["Vụ việc"]) == ("1", "4")
    heads, *lines = told["processing"]
    for line in lines:
        came = [int(cell) for cell in line[1:4]]
        went = [int(cell) for cell in line[5:]]
        assert sum(came) == int(line[4]) == sum(went), (heads, line)
    assert value(told["processing"], "Khiếu nại", "Kỳ trước chuyển sang") == "1"
    assert value(told["processing"], "Tố cáo", "Nhận trong kỳ") == "1"
    assert value(told["processing"], "Khiếu nại", "Đình chỉ") == "1"
    assert value(told["results"], "Đình chỉ do rút toàn bộ đơn", "Số văn bản") == "1"


def numbers_of(table: Cells) -> Cells:
    """The same without what stands for nothing."""
    return [["" if cell == "–" else cell for cell in line] for line in table]


def in_sheet(page: Page, name: str, title: str) -> Cells:
    """The table of the downloaded spreadsheet, below its title and its days."""
    link = page.locator(f"a[href*='as=xlsx'][href$='table={name}']")
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == f"{name}.xlsx"
    sheet = load_workbook(BytesIO(download.value.path().read_bytes())).active
    rows = [[_word(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row[0] for row in rows[:3]] == [title, "Ủy ban nhân dân xã Thụy Xuân", DAYS]
    return rows[3:]


def _word(cell: object) -> str:
    if cell is None:
        return ""
    return f"{cell:g}" if isinstance(cell, int | float) else str(cell)


def printed_rows(page: Page, title: str, told: Cells) -> None:
    """The PDF has the days and every line of the page, in its order."""
    name = next(key for key, words in TABLES.items() if words == title)
    link = page.locator(f"a[href*='as=pdf'][href$='table={name}']")
    answer = page.request.get(f"{page.url.partition('?')[0]}{link.get_attribute('href')}")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    text = text_of(answer.body())
    assert title.upper() in text.upper()
    assert DAYS in text
    place = 0
    for line in told[1:]:
        words = " ".join(cell for cell in line if cell)
        found = text.find(words, place)
        assert found >= place, (name, words, text)
        place = found


def happens_later(windows: Windows, clerk: Actor, letter: Letter) -> None:
    """After the cut-off a letter comes, entered on the page, and another is said to be of another kind."""
    page = opened(windows, clerk, "letter_enter")
    fill_in(
        page.get_by_role("main"),
        {
            "Họ tên, tên tổ chức": "Vũ Thị Lan",
            "Địa chỉ": "Thôn Tân An",
            "Tóm tắt nội dung": "Đường vào thôn bị rào",
        },
    )
    press(page, "Vào sổ F9")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã vào sổ")
    page = on_matter(windows, clerk, letter.matters.get())
    changed = {"Loại": "Tranh chấp đất đai", "Lý do sửa": "Phân loại lại"}
    take_page(page, "Sửa nội dung", changed, told="Đã sửa; nội dung cũ vẫn được giữ.")
    assert Matter.objects.get(letter=letter).kind == MatterKind.LAND_DISPUTE
