"""A citizen files from home over a bad line, holds a signed receipt, and anybody checks it; one acts for
another. At phone and desktop size."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, Route, expect
from pytest_django.fixtures import Settings

from egov.organizations.models import Agency
from egov.signing.authority.demo import issue_certificate
from egov.signing.authority.hierarchy import DemoAuthority
from onestop.models import Dossier
from onestop.seeding.standard_forms import load_standard_forms
from portal.models import Citizen, Draft, FilingReceipt, Upload
from tests.factories.citizens import CitizenFactory, signed_in_citizen
from tests.factories.documents import pdf_of
from tests.factories.one_stop import make_unit
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import ProcedureVersionFactory
from tests.journeys.browser import DESKTOP, PHONE, Windows
from tests.journeys.people import press
from tests.journeys.test_accessible import grave_faults

SIZES = [pytest.param(DESKTOP, id="desktop"), pytest.param(PHONE, id="phone")]
OF_THE_LINE = (
    "ERR_INTERNET_DISCONNECTED",
    "ERR_CONNECTION_RESET",
    "ERR_FAILED",
    "htmx:afterRequest",
    "htmx:sendError",
)
pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]


@pytest.fixture
def commune(
    windows: Windows, transactional_db: None, settings: Settings, pki_folder: Path, tmp_path: Path
) -> Agency:
    """A commune that takes in births, in an installation that signs receipts."""
    settings.SIGNING_PKI_DIR = pki_folder
    settings.UPLOADS_DIR = tmp_path / "uploads"
    DemoAuthority(pki_folder).trust()
    load_standard_forms()
    unit = make_unit(AgencyFactory(name="Ủy ban nhân dân xã Thụy Xuân"))
    AgencyFactory(name="Ủy ban nhân dân xã Vũ Thư")
    ProcedureVersionFactory(name="Đăng ký khai sinh")
    issue_certificate(pin=settings.SIGNING_SYSTEM_PIN, agency=unit.agency, is_system=True)
    return unit.agency


@pytest.fixture
def papers(tmp_path: Path) -> dict[str, Path]:
    """Files on the citizen's own machine; the first is of more than one piece."""
    files = {}
    for name in ("Tờ khai", "Giấy chứng sinh", "Căn cước", "Giấy ủy quyền"):
        files[name] = tmp_path / f"{name}.pdf"
        files[name].write_bytes(pdf_of(name).read())
    with pikepdf.open(files["Tờ khai"], allow_overwriting_input=True) as pdf:
        pdf.Root.Filler = pikepdf.Stream(pdf, os.urandom(2_600_000))
        pdf.save()
    return files


def at_home(windows: Windows, citizen: Citizen, size: dict[str, int]) -> Page:
    """A window in which the citizen has signed in."""
    page = windows.open(size=size)
    cookie = signed_in_citizen(Client(), citizen).cookies[settings.CITIZEN_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": windows.site}])
    return page


def picture(page: Page, name: str) -> None:
    """A picture for whoever wants to look: set SCREENSHOTS to a folder."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def forget(windows: Windows, *words: str) -> None:
    """What the browser itself tells the console of a line that was cut on purpose."""
    windows.faults[:] = [one for one in windows.faults if not any(word in one for word in words)]


def paper(page: Page, name: str):
    return page.locator(".apply-paper").filter(has=page.get_by_role("heading", name=name, exact=True))


@pytest.mark.rule("onestop", 50)
@pytest.mark.parametrize("size", SIZES)
def test_filed_over_a_line_that_drops_and_the_receipt_is_checked(
    windows: Windows, commune: Agency, papers: dict[str, Path], size: dict[str, int], tmp_path: Path
) -> None:
    em = CitizenFactory(name="Vũ Thị Em", personal_number="034190001234")
    page = at_home(windows, em, size)
    code = ProcedureVersionFactory._meta.model.objects.get(name="Đăng ký khai sinh").procedure.local_code
    page.goto(f"/apply/{code}/")
    picture(page, "apply")
    faults = grave_faults(page)
    press(page, "Bắt đầu")
    faults += say_what_is_wanted(windows, page, commune)
    faults += say_who(page)
    faults += bring_papers(windows, page, papers, tmp_path)
    expect(page.get_by_text("50.000 đ").first).to_be_visible()
    picture(page, "payment")
    press(page, "Lưu và tiếp tục")
    faults += file_over_a_broken_line(windows, page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải giấy xác nhận có chữ ký số").click()
    receipt = tmp_path / "xac-nhan.pdf"
    download.value.save_as(receipt)
    check_receipt_as_a_stranger(windows, receipt, papers, size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert faults == []


def say_what_is_wanted(windows: Windows, page: Page, commune: Agency) -> list[str]:
    page.get_by_label("Cơ quan nhận hồ sơ").select_option(label=commune.name)
    page.get_by_label("Nhận tại quầy").check()
    expect(page.locator("#saved-note")).to_contain_text("Đã lưu lúc")
    # The line drops while one types: it is told, and what was typed goes out when it is back.
    page.context.set_offline(True)
    page.get_by_label("Nội dung yêu cầu giải quyết").fill("Khai sinh cho cháu Vũ Minh Anh")
    expect(page.locator("#saved-note")).to_contain_text("Mất kết nối")
    assert Draft.objects.get().said("content") == ""
    page.context.set_offline(False)
    expect(page.locator("#saved-note")).to_contain_text("Đã lưu lúc")
    assert Draft.objects.get().said("content") == "Khai sinh cho cháu Vũ Minh Anh"
    forget(windows, *OF_THE_LINE)
    picture(page, "case")
    faults = grave_faults(page)
    press(page, "Lưu và tiếp tục")
    return faults


def say_who(page: Page) -> list[str]:
    expect(page.get_by_text("034190001234")).to_be_visible()
    page.get_by_label("Số điện thoại").fill("0912345678")
    page.get_by_label("Cho chính tôi").check()
    picture(page, "applicant")
    faults = grave_faults(page)
    press(page, "Lưu và tiếp tục")
    return faults


def bring_papers(windows: Windows, page: Page, papers: dict[str, Path], tmp_path: Path) -> list[str]:
    upload_over_a_bad_line(page, papers["Tờ khai"])
    paper(page, "Giấy chứng sinh").locator("[type=file]").set_input_files(papers["Giấy chứng sinh"])
    expect(paper(page, "Giấy chứng sinh").get_by_text("đã có")).to_be_visible()
    page.get_by_label("Tôi xuất trình bản chính khi đến nhận kết quả").check()
    expect(page.locator("#saved-note")).to_contain_text("Đã lưu lúc")
    forget(windows, *OF_THE_LINE)
    # A file that is not what it says is refused in words, and nothing else is lost.
    fake = tmp_path / "gia.pdf"
    fake.write_bytes(b"MZ" * 500)
    paper(page, "Giấy tờ khác (nếu có)").locator("[type=file]").set_input_files(fake)
    expect(page.locator(".apply-file-refused")).to_contain_text("không phải tệp PDF")
    forget(windows, "422")
    picture(page, "papers")
    faults = grave_faults(page)
    press(page, "Bỏ tệp gia.pdf")
    press(page, "Lưu và tiếp tục")
    return faults


def file_over_a_broken_line(windows: Windows, page: Page) -> list[str]:
    # The line drops at the button itself: nothing says that it was filed.
    picture(page, "check")
    faults = grave_faults(page)
    check_page = page.url
    page.get_by_label("Tôi xác nhận nội dung đã khai").check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Nộp hồ sơ", exact=True).click()
    page.wait_for_url(re.compile("chrome-error"))
    assert not Dossier.objects.exists()
    page.context.set_offline(False)
    forget(windows, *OF_THE_LINE)
    page.goto(check_page)
    page.get_by_label("Tôi xác nhận nội dung đã khai").check()
    press(page, "Nộp hồ sơ")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nộp hồ sơ")
    dossier = Dossier.objects.get()
    expect(page.locator(".filed-number").first).to_have_text(dossier.filing_number)
    picture(page, "filed")
    return faults + grave_faults(page)


def upload_over_a_bad_line(page: Page, file: Path) -> None:
    """The second piece is lost on the way; the browser goes on by itself from where the server is."""
    cut = {"pieces": 0}

    def lose_the_second(route: Route) -> None:
        cut["pieces"] += 1
        if cut["pieces"] == 2:
            route.abort("connectionreset")
        else:
            route.continue_()

    def patched(route: Route) -> None:
        lose_the_second(route) if route.request.method == "PATCH" else route.continue_()

    page.route(re.compile(r"/uploads/[0-9a-f-]{36}/$"), patched)
    row = paper(page, "Tờ khai đăng ký khai sinh")
    row.locator("[type=file]").set_input_files(file)
    expect(row.get_by_text("đã có")).to_be_visible(timeout=60_000)
    page.unroute(re.compile(r"/uploads/[0-9a-f-]{36}/$"))
    upload = Upload.objects.get()
    assert upload.size == file.stat().st_size
    # As many pieces as the file has, and the lost one once more; nothing was sent from the beginning.
    assert cut["pieces"] == -(-upload.size // (1024 * 1024)) + 1


def check_receipt_as_a_stranger(
    windows: Windows, receipt: Path, papers: dict[str, Path], size: dict[str, int]
) -> None:
    """Without a sign-in and without scripts."""
    page = windows.open(size=size, java_script_enabled=False)
    page.goto("/receipts/check/")
    page.get_by_label("Giấy xác nhận (PDF)").set_input_files(receipt)
    page.get_by_label("Các tệp cần so sánh").set_input_files([papers["Tờ khai"], papers["Giấy ủy quyền"]])
    press(page, "Kiểm tra")
    expect(page.get_by_text("Giấy xác nhận hợp lệ")).to_be_visible()
    expect(page.get_by_text("có trong giấy xác nhận, tệp số 1")).to_be_visible()
    expect(page.get_by_text("KHÔNG có trong giấy xác nhận")).to_be_visible()
    picture(page, "receipt-check")


@pytest.mark.rule("onestop", 54)
def test_by_keyboard_alone_and_on_a_page_twice_as_large(windows: Windows, commune: Agency) -> None:
    em = CitizenFactory()
    page = at_home(windows, em, {"width": 683, "height": 384})  # 1366 × 768 at 200 %
    code = ProcedureVersionFactory._meta.model.objects.get(name="Đăng ký khai sinh").procedure.local_code
    page.goto(f"/apply/{code}/")
    walk_to(page, lambda: focused(page) == "Bắt đầu")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/step/case/"))
    walk_to(page, lambda: page.locator("#id_agency").evaluate("it => it === document.activeElement"))
    page.keyboard.press("ArrowDown")
    walk_to(page, lambda: focused(page) == "Lưu và tiếp tục")
    assert page.evaluate("document.documentElement.scrollWidth") <= 683
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/step/applicant/"))
    assert Draft.objects.get().said("agency")


def walk_to(page: Page, there: Callable[[], bool]) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if there():
            return
    raise AssertionError("the keyboard does not lead there")


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.innerText || ''").strip()


@pytest.mark.parametrize("size", SIZES)
def test_acting_for_another_without_scripts_and_gone_on_with_on_another_device(
    windows: Windows, commune: Agency, papers: dict[str, Path], size: dict[str, int]
) -> None:
    em = CitizenFactory(name="Vũ Thị Em", personal_number="034190001234")
    code = ProcedureVersionFactory._meta.model.objects.get(name="Đăng ký khai sinh").procedure.local_code
    phone = windows.open(size=size, java_script_enabled=False)
    cookie = signed_in_citizen(Client(), em).cookies[settings.CITIZEN_COOKIE_NAME]
    phone.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": windows.site}])
    phone.goto(f"/apply/{code}/")
    press(phone, "Bắt đầu")
    phone.get_by_label("Cơ quan nhận hồ sơ").select_option(label=commune.name)
    phone.get_by_label("Nhận tại quầy").check()
    press(phone, "Lưu và tiếp tục")
    phone.get_by_label("Số điện thoại").fill("0912345678")
    phone.get_by_label("Thay người khác").check()
    press(phone, "Lưu và tiếp tục")
    expect(phone.get_by_role("link", name="Hãy ghi tên chủ hồ sơ")).to_be_visible()
    picture(phone, "applicant-errors")
    forget(windows, "422")
    phone.get_by_label("Họ tên hoặc tên tổ chức").fill("Đỗ Văn Phụ")
    phone.get_by_label("Số định danh cá nhân của chủ hồ sơ").fill("034085009999")
    press(phone, "Lưu, để soạn sau")

    page = at_home(windows, em, size)
    page.goto(f"/apply/{code}/")
    expect(page.get_by_text("Chủ hồ sơ: Đỗ Văn Phụ.")).to_be_visible()
    picture(page, "apply-resume")
    page.get_by_role("link", name="Soạn tiếp").click()
    page.goto(re.sub("/case/$", "/papers/", page.url))
    for label, file in (
        ("Tờ khai đăng ký khai sinh", "Giấy chứng sinh"),
        ("Giấy chứng sinh", "Căn cước"),
        ("Giấy tờ ủy quyền, hoặc giấy tờ chứng minh quan hệ với chủ hồ sơ", "Giấy ủy quyền"),
    ):
        paper(page, label).locator("[type=file]").set_input_files(papers[file])
        expect(paper(page, label).get_by_text("đã có")).to_be_visible()
    page.get_by_label("Tôi xuất trình bản chính khi đến nhận kết quả").check()
    press(page, "Lưu và tiếp tục")
    press(page, "Lưu và tiếp tục")
    page.get_by_label("Tôi xác nhận nội dung đã khai").check()
    press(page, "Nộp hồ sơ")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nộp hồ sơ")
    dossier = Dossier.objects.get()
    assert (dossier.owner.name, dossier.submitter.name) == ("Đỗ Văn Phụ", "Vũ Thị Em")
    assert ["Chủ hồ sơ", "Đỗ Văn Phụ"] in FilingReceipt.objects.get().content["facts"]
