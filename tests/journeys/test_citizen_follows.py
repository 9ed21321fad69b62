"""A citizen signs in through the pages of a real provider and follows their dossier to its end: supplement,
payment, result, rating, and out again. At phone and desktop size."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect
from pytest_django.fixtures import Settings

from onestop.actions.charge import lay_charges
from onestop.actions.finish import finish
from onestop.actions.record_result import record_result
from onestop.actions.request_supplement import Asked, SupplementContent, request_supplement
from onestop.enums import Channel
from onestop.models import Dossier, PaymentRequest, Rating
from onestop.seeding.standard_forms import load_standard_forms
from portal.models import CitizenSession
from tests.factories.documents import pdf_of
from tests.factories.dossiers import PartyFactory, processing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.procedures import ProcedureVersionFactory
from tests.journeys.browser import DESKTOP, PHONE, Windows
from tests.journeys.people import press
from tests.journeys.test_accessible import grave_faults
from tests.support.identity_fixture import identities, identity_process  # noqa: F401  (fixtures)
from tests.support.identity_provider import Provider
from tests.support.payment_fixture import gateway, gateway_process  # noqa: F401  (fixtures)
from tests.support.payment_gateway import StandIn

SIZES = [pytest.param(DESKTOP, id="desktop"), pytest.param(PHONE, id="phone")]
NUMBER = "034190001234"
pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]


@pytest.fixture
def unit(windows: Windows, transactional_db: None, settings: Settings, gateway: StandIn) -> Unit:  # noqa: F811
    settings.PAYMENT_CALLBACK_URL = f"{windows.site}/payments/callback/"
    load_standard_forms()
    return make_unit()


@pytest.fixture
def dossier(unit: Unit) -> Dossier:
    """Filed online by Em, at its last step, with a fee to pay."""
    owner = PartyFactory(name="Vũ Thị Em", personal_number=NUMBER)
    version = ProcedureVersionFactory(name="Đăng ký khai sinh")
    now = timezone.now()
    dossier = processing(
        version, counter=unit.counter, owner=owner, channel=Channel.ONLINE,
        submitted_at=now, promised_at=now + timedelta(days=3), legal_due_at=now + timedelta(days=3),
    )  # fmt: skip
    lay_charges(dossier, quantities={}, exemption=None, by=unit.counter, at=now)
    return dossier


@pytest.mark.parametrize("size", SIZES)
def test_from_sign_in_to_result_and_rating(
    windows: Windows,
    *,
    unit: Unit,
    dossier: Dossier,
    identities: Provider,  # noqa: F811
    gateway: StandIn,  # noqa: F811
    size: dict[str, int],
    tmp_path: Path,
) -> None:
    identities.person("em", personal_number=NUMBER, name="Vũ Thị Em", identity_level=2)
    keys = [one.pk for one in dossier.case.requirements.all()[:2]]
    ask_for(unit, dossier, keys)

    page = windows.open(size=size)
    let_through(page, identities.url)
    page.goto("/my/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập bằng tài khoản định danh điện tử")
    faults = grave_faults(page)
    picture(page, "sign-in")
    page.get_by_role("link", name="Đến trang đăng nhập định danh điện tử").click()
    page.get_by_placeholder("sub").fill("em")
    press(page, "Authorize")

    expect(page.get_by_role("heading", level=1)).to_have_text("Hồ sơ của tôi")
    expect(page.get_by_text("Đang chờ ông/bà")).to_be_visible()
    faults += looked_at(page, "list", size)
    page.get_by_role("main").get_by_role("link", name="Đăng ký khai sinh").last.click()

    bring(page, keys, tmp_path)
    # What the browser tells the console of a form that was sent back.
    windows.faults[:] = [one for one in windows.faults if "status of 422" not in one]
    faults += pay(page, gateway)
    faults += looked_at(page, "paid", size)

    now = timezone.now()
    dossier.refresh_from_db()
    content = unit.content(dossier, at=now, signed=False, file=pdf_of("khai sinh"), file_name="ket-qua.pdf")
    record_result(unit.leader, dossier, content, at=now)
    finish(unit.counter, dossier, at=timezone.now())
    page.reload()
    expect(page.locator(".standing-now")).to_have_text("Đã xử lý xong")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải kết quả").click()
    assert download.value.suggested_filename == "ket-qua.pdf"
    faults += looked_at(page, "result", size)

    page.get_by_role("link", name="Đánh giá sự phục vụ").click()
    page.get_by_label("Trả kết quả").check()
    page.get_by_label("Rất hài lòng").first.check()
    faults += looked_at(page, "rating", size)
    press(page, "Gửi đánh giá")
    expect(page.get_by_text("Đánh giá đã được ghi nhận")).to_be_visible()
    assert Rating.objects.get().dossier_id == dossier.pk

    page.goto("/citizen/settings/")
    faults += looked_at(page, "settings", size)
    page.goto("/my/papers/")
    faults += looked_at(page, "papers", size)
    press(page, "Đăng xuất")
    expect(page.get_by_role("heading", level=1)).to_have_text("Quý vị đã đăng xuất khỏi Cổng thông tin")
    assert not CitizenSession.objects.exists()
    page.get_by_role("link", name="Đăng xuất khỏi hệ thống định danh").click()
    press(page, "End session")
    page.wait_for_url(f"{windows.site}/**")
    assert faults == []


def ask_for(unit: Unit, dossier: Dossier, keys: list[int]) -> None:
    wanted = SupplementContent(
        papers=[Asked(key, "Bản rõ hơn") for key in keys],
        reason="Bản quét bị mờ, không đọc được",
        deadline_on=timezone.localdate() + timedelta(days=9),
    )
    request_supplement(unit.counter, dossier, wanted, at=timezone.now())


def let_through(page: Page, provider: str) -> None:
    """The provider's own pages, without the style sheet that they would fetch from elsewhere."""

    def answer(route: Route) -> None:
        route.continue_() if route.request.url.startswith(f"{provider}/") else route.fallback()

    page.context.route(
        "https://cdn.jsdelivr.net/**", lambda route: route.fulfill(body="", content_type="text/css")
    )
    page.context.route(f"{provider}/**", answer)


def bring(page: Page, keys: list[int], folder: Path) -> None:
    """Both papers at once: without the second, nothing is sent."""
    files = []
    for key in keys:
        files.append(folder / f"{key}.pdf")
        files[-1].write_bytes(pdf_of(f"Bản mới {key}").read())
    expect(page.locator(".standing-now")).to_have_text("Yêu cầu bổ sung giấy tờ")
    page.locator(f"#id_paper-{keys[0]}").set_input_files(files[0])
    press(page, "Gửi giấy tờ bổ sung")
    expect(page.get_by_text("Hãy chọn tệp của giấy tờ này.").first).to_be_visible()
    for key, file in zip(keys, files, strict=True):
        page.locator(f"#id_paper-{key}").set_input_files(file)
    press(page, "Gửi giấy tờ bổ sung")
    expect(page.get_by_text("Đã nhận đủ giấy tờ bổ sung")).to_be_visible()
    expect(page.locator(".standing-now")).to_have_text("Đang xử lý")


def pay(page: Page, gateway: StandIn) -> list[str]:  # noqa: F811
    """To the gateway by a link; the dossier says "paid" only after the gateway has told us (rule 50)."""
    press(page, "Nộp phí, lệ phí trực tuyến")
    link = page.get_by_role("link", name="Đến trang thanh toán")
    expect(link).to_have_attribute(
        "href", f"{gateway.url}/pay/{next(iter(gateway.books['orders'].values()))['order']}"
    )
    faults = grave_faults(page)
    page.get_by_role("link", name="Không nộp bây giờ").click()
    expect(page.get_by_role("button", name="Nộp phí, lệ phí trực tuyến")).to_be_visible()
    asked = PaymentRequest.objects.get()
    paid = gateway.pay(asked.code, paid_at=timezone.now().isoformat())
    gateway.tell(paid["transaction"])
    page.reload()
    expect(page.get_by_role("button", name="Nộp phí, lệ phí trực tuyến")).to_have_count(0)
    return faults


def looked_at(page: Page, name: str, size: dict[str, int]) -> list[str]:
    """Nothing that axe finds, nothing wider than the screen."""
    picture(page, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
    return grave_faults(page)


def picture(page: Page, name: str) -> None:
    """A picture for whoever wants to look: set SCREENSHOTS to a folder."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=f"{folder}/my-{name}-{width}.png", full_page=True)
