"""Filing by keyboard alone; and for another person without scripts, gone on with on another device."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from egov.organizations.models import Agency
from egov.signing.authority.demo import issue_certificate
from egov.signing.authority.hierarchy import DemoAuthority
from onestop.models import Dossier, ProcedureVersion
from onestop.seeding.standard_forms import load_standard_forms
from portal.models import Draft, FilingReceipt
from tests.factories.citizens import CitizenFactory
from tests.factories.one_stop import make_unit
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import ProcedureVersionFactory
from tests.journeys.browser import DESKTOP, PHONE, Windows, fits, picture
from tests.journeys.citizen_filing import paper, papers_at_home
from tests.journeys.people import at_home, press

HALVED = {"width": 683, "height": 384}  # 1366 × 768 at 200 %
pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


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
    issue_certificate(pin=settings.SIGNING_SYSTEM_PIN, agency=unit.agency, is_system=True)
    return unit.agency


@pytest.fixture
def door(commune: Agency) -> str:
    """Where filing a birth begins."""
    version: ProcedureVersion = ProcedureVersionFactory(name="Đăng ký khai sinh")
    return f"/apply/{version.procedure.local_code}/"


@pytest.mark.rule("onestop", 54)
def test_by_keyboard_alone_and_on_a_page_twice_as_large(windows: Windows, commune: Agency, door: str) -> None:
    page = at_home(windows, CitizenFactory(), size=HALVED)
    page.goto(door)
    walk_to(page, lambda: focused(page) == "Bắt đầu")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/step/case/"))
    walk_to(page, lambda: page.locator("#id_agency").evaluate("it => it === document.activeElement"))
    page.keyboard.press("ArrowDown")
    walk_to(page, lambda: focused(page) == "Lưu và tiếp tục")
    assert fits(page)
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


@pytest.mark.parametrize("size", [pytest.param(DESKTOP, id="desktop"), pytest.param(PHONE, id="phone")])
def test_acting_for_another_without_scripts_and_gone_on_with_on_another_device(
    windows: Windows, commune: Agency, door: str, size: dict[str, int], tmp_path: Path
) -> None:
    em = CitizenFactory(name="Vũ Thị Em", personal_number="034190001234")
    papers = papers_at_home(tmp_path)
    phone = at_home(windows, em, size=size, java_script_enabled=False)
    phone.goto(door)
    press(phone, "Bắt đầu")
    phone.get_by_label("Cơ quan nhận hồ sơ").select_option(label=commune.name)
    phone.get_by_label("Nhận tại quầy").check()
    press(phone, "Lưu và tiếp tục")
    phone.get_by_label("Số điện thoại").fill("0912345678")
    phone.get_by_label("Thay người khác").check()
    press(phone, "Lưu và tiếp tục")
    expect(phone.get_by_role("link", name="Hãy ghi tên chủ hồ sơ")).to_be_visible()
    picture(phone, "applicant-errors")
    windows.forget("422")
    phone.get_by_label("Họ tên hoặc tên tổ chức").fill("Đỗ Văn Phụ")
    phone.get_by_label("Số định danh cá nhân của chủ hồ sơ").fill("034085009999")
    press(phone, "Lưu, để soạn sau")

    page = at_home(windows, em, size=size)
    page.goto(door)
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
