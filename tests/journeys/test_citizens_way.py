"""A citizen's whole way, at phone and desktop size: signed in at the pages of a real provider of identities,
filed over a line that drops, the signed receipt checked by a stranger, asked for papers and bringing them,
paid at the gateway's page, the result fetched, the service rated, and out again."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from egov.signing.authority.demo import issue_certificate
from egov.signing.authority.hierarchy import DemoAuthority
from onestop.actions.accept_filing import accept_filing
from onestop.actions.finish import finish
from onestop.actions.forward import forward, take_up
from onestop.actions.record_result import record_result
from onestop.actions.request_supplement import Asked, SupplementContent, request_supplement
from onestop.models import Dossier
from onestop.seeding.standard_forms import load_standard_forms
from portal.models import Citizen, CitizenSession
from tests.factories.documents import pdf_of
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import ProcedureVersionFactory
from tests.journeys.browser import DESKTOP, PHONE, Windows
from tests.journeys.citizen_dossier import OwnDossier, let_through
from tests.journeys.citizen_filing import Filing, check_receipt, papers_at_home
from tests.journeys.people import press
from tests.support.identity_fixture import identities, identity_process  # noqa: F401  (fixtures)
from tests.support.identity_provider import Provider
from tests.support.payment_fixture import gateway, gateway_process  # noqa: F401  (fixtures)
from tests.support.payment_gateway import StandIn

NUMBER, FEE = "034190001234", 50_000
SPECIALIST, LEADER, COUNTER = 2, 3, 4  # steps of the procedure


@pytest.fixture
def unit(
    windows: Windows, transactional_db: None, settings: Settings, pki_folder: Path, tmp_path: Path
) -> Unit:
    """A commune that takes in births, in an installation that signs receipts and hears of payments."""
    settings.SIGNING_PKI_DIR = pki_folder
    settings.UPLOADS_DIR = tmp_path / "uploads"
    DemoAuthority(pki_folder).trust()
    load_standard_forms()
    unit = make_unit(AgencyFactory(name="Ủy ban nhân dân xã Thụy Xuân"))
    AgencyFactory(name="Ủy ban nhân dân xã Vũ Thư")
    issue_certificate(pin=configured.SIGNING_SYSTEM_PIN, agency=unit.agency, is_system=True)
    return unit


@pytest.mark.journey
@pytest.mark.rule("onestop", 50)
@pytest.mark.timeout(300)
@pytest.mark.parametrize("size", [pytest.param(DESKTOP, id="desktop"), pytest.param(PHONE, id="phone")])
def test_from_sign_in_to_result_and_rating(
    windows: Windows,
    *,
    unit: Unit,
    identities: Provider,  # noqa: F811
    gateway: StandIn,  # noqa: F811
    settings: Settings,
    size: dict[str, int],
    tmp_path: Path,
) -> None:
    settings.PAYMENT_CALLBACK_URL = f"{windows.site}/payments/callback/"
    identities.person("em", personal_number=NUMBER, name="Vũ Thị Em", identity_level=2)
    version = ProcedureVersionFactory(name="Đăng ký khai sinh", case__amount=FEE)
    papers, faults = papers_at_home(tmp_path), list[str]()
    page = windows.open(size=size)
    let_through(page, identities.url)
    let_through(page, gateway.url)

    filing = Filing(windows, page, faults)
    page.goto(f"/apply/{version.procedure.local_code}/")
    filing.look("apply")
    sign_in_at_the_provider(filing)
    press(page, "Bắt đầu")
    filing.say_what_is_wanted(unit.agency.name, "Khai sinh cho cháu Vũ Minh Anh")
    filing.say_who(NUMBER)
    filing.bring_papers(papers)
    expect(page.get_by_text("50.000 đ").first).to_be_visible()
    filing.look("filing-payment")
    filing.go_on()
    dossier = filing.send_over_a_broken_line()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải giấy xác nhận có chữ ký số").click()
    receipt = tmp_path / "xac-nhan.pdf"
    download.value.save_as(receipt)
    check_receipt(windows, receipt, papers, size)

    own = OwnDossier(windows, page, dossier, faults)
    keys = ask_for_papers(unit, dossier)
    own.open()
    own.stands("Yêu cầu bổ sung giấy tờ")
    own.bring(keys, tmp_path)
    own.stands("Đang xử lý")
    own.pay(FEE)

    signed = decide(unit, dossier)
    own.open()
    own.stands("Đã xử lý xong")
    assert own.take_result("ket-qua.pdf") == signed
    own.rate()

    for address in ("/my/papers/", "/citizen/settings/"):
        page.goto(address)
        own.look(address.strip("/").replace("/", "-"))
    sign_out_everywhere(windows, page)
    assert Citizen.objects.get().personal_number == NUMBER
    assert faults == []


def sign_in_at_the_provider(filing: Filing) -> None:
    """Its own page asks who one is; then one is back where one wanted to be."""
    page, wanted = filing.page, filing.page.url
    page.get_by_role("main").get_by_role("link", name="Đăng nhập bằng tài khoản định danh điện tử").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập bằng tài khoản định danh điện tử")
    filing.look("sign-in")
    page.get_by_role("link", name="Đến trang đăng nhập định danh điện tử").click()
    page.get_by_placeholder("sub").fill("em")
    press(page, "Authorize")
    expect(page.get_by_role("button", name="Bắt đầu")).to_be_visible()
    assert page.url == wanted


def ask_for_papers(unit: Unit, dossier: Dossier) -> list[int]:
    """The counter takes the filing in; the specialist finds two papers unreadable."""
    accept_filing(unit.counter, dossier, at=timezone.now())
    forward(unit.counter, dossier, to=SPECIALIST, at=timezone.now())
    take_up(unit.specialist, dossier, at=timezone.now())
    keys = [one.pk for one in dossier.case.requirements.all()[:2]]
    wanted = SupplementContent(
        papers=[Asked(key, "Bản rõ hơn") for key in keys],
        reason="Bản quét bị mờ, không đọc được",
        deadline_on=timezone.localdate() + timedelta(days=9),
    )
    request_supplement(unit.specialist, dossier, wanted, at=timezone.now())
    return keys


def decide(unit: Unit, dossier: Dossier) -> bytes:
    """Specialist, leader, counter: each does the step in hand; the file of the result."""
    dossier.refresh_from_db()
    forward(unit.specialist, dossier, to=LEADER, at=timezone.now())
    take_up(unit.leader, dossier, at=timezone.now())
    file = pdf_of("khai sinh")
    content = unit.content(dossier, at=timezone.now(), signed=False, file=file, file_name="ket-qua.pdf")
    record_result(unit.leader, dossier, content, at=timezone.now())
    forward(unit.leader, dossier, to=COUNTER, at=timezone.now())
    finish(unit.counter, dossier, at=timezone.now())
    return file.getvalue()


def sign_out_everywhere(windows: Windows, page: Page) -> None:
    """Here, and then at the provider."""
    press(page, "Đăng xuất")
    expect(page.get_by_role("heading", level=1)).to_have_text("Quý vị đã đăng xuất khỏi Cổng thông tin")
    assert not CitizenSession.objects.exists()
    # A page that still gets its style moves under the finger.
    page.wait_for_load_state()
    page.get_by_role("link", name="Đăng xuất khỏi hệ thống định danh").click()
    press(page, "End session")
    page.wait_for_url(f"{windows.site}/**")
