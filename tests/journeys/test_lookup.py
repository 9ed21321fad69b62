"""Where is my dossier, on phone and desk: by the slip's QR code, by hand, without scripts; and guessers."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from onestop.actions.receive import receive
from onestop.models import Dossier, Rating
from onestop.seeding.figures import load_figures
from onestop.seeding.standard_forms import load_standard_forms
from tests.factories.filings import filing
from tests.factories.one_stop import make_unit
from tests.factories.procedures import ProcedureVersionFactory
from tests.journeys.browser import DESKTOP, PHONE, Windows
from tests.journeys.test_accessible import grave_faults

GUESSES = 1_000
AT_ONCE = 4


@pytest.fixture
def dossier(windows: Windows, transactional_db: None, settings: Settings) -> Dossier:
    """Received three hours ago; its slip leads to the portal of this test."""
    settings.PORTAL_URL = windows.site
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}
    load_figures()
    load_standard_forms()
    unit = make_unit()
    return receive(
        unit.counter, filing(ProcedureVersionFactory(), unit.agency), at=timezone.now() - timedelta(hours=3)
    )


@pytest.mark.journey
@pytest.mark.rule("onestop", 39)
@pytest.mark.parametrize("size", [pytest.param(DESKTOP, id="desktop"), pytest.param(PHONE, id="phone")])
def test_the_slips_qr_code_leads_to_the_dossier(
    windows: Windows, dossier: Dossier, size: dict[str, int]
) -> None:
    scanned = dossier.forms.get().content["qr_text"]
    page = windows.open(size=size)
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto(scanned)
    expect(page.get_by_role("main").get_by_label("Mã hồ sơ")).to_have_value(dossier.code)
    expect(page.get_by_role("main").get_by_label("Mã tra cứu")).to_have_value(dossier.secret)
    # The secret is gone from the address bar and from the history, and no request had it in its address.
    expect(page).to_have_url(f"{windows.site}/lookup/")
    faults = grave_faults(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(dossier.code)
    expect(page.get_by_role("main")).to_contain_text("Hồ sơ đã được tiếp nhận")
    page.get_by_text("Vì sao hẹn ngày này?").click()
    expect(page.locator(".counted-days li").last).to_contain_text("Hạn trả kết quả")
    expect(page.locator("body")).not_to_contain_text("Vũ Thị Em")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    faults += grave_faults(page)

    page.get_by_role("button", name="Đánh giá sự phục vụ").click()
    page.get_by_label("Rất hài lòng").first.check()
    faults += grave_faults(page)
    page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cảm ơn Quý vị đã đánh giá")
    assert Rating.objects.get().level == "very_satisfied"
    assert [url for url in asked_for if dossier.secret in url.replace(scanned, "")] == []
    assert page.context.cookies() == []
    assert faults == []


@pytest.mark.journey
def test_by_hand_without_scripts(windows: Windows, dossier: Dossier) -> None:
    page = windows.open(size=PHONE, java_script_enabled=False)
    page.goto("/lookup/")
    page.get_by_role("main").get_by_label("Mã hồ sơ").fill(dossier.code)
    page.get_by_role("button", name="Tra cứu", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Xem thêm bằng mã tra cứu")
    page.get_by_role("main").get_by_label("Mã tra cứu").fill(dossier.secret)
    page.get_by_role("button", name="Xem chi tiết").click()
    expect(page.get_by_role("main")).to_contain_text("V*** T*** E***")


@pytest.mark.journey
@pytest.mark.rule("onestop", 40)
def test_codes_guessed_by_the_thousand_bring_nothing(
    live_server: LiveServer, dossier: Dossier, settings: Settings
) -> None:
    """One machine asks for a thousand codes; the window lets a few of them through, to the right one too."""
    settings.LOOKUP_PER_ADDRESS = (30, 3600)
    codes = [f"{dossier.code[:-4]}{number:04d}" for number in range(GUESSES)]
    with ThreadPoolExecutor(max_workers=AT_ONCE) as threads:
        answers = list(threads.map(lambda part: guess(live_server.url, part), _shares(codes)))
    statuses = [status for share in answers for status in share]
    assert len(statuses) == GUESSES
    assert set(statuses) <= {200, 404, 429}
    # The hour may turn once while they ask, and so may the count.
    assert len(statuses) - statuses.count(429) <= 2 * 30 + AT_ONCE


def guess(site: str, codes: list[str]) -> list[int]:
    """Ask for each code over one connection, as a script would."""
    place = urlsplit(site)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=60)
    statuses = []
    for code in codes:
        body = urlencode({"code": code, "secret": "AAAA"})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Connection": "keep-alive"}
        connection.request("POST", "/lookup/", body, headers)
        answer = connection.getresponse()
        answer.read()
        statuses.append(answer.status)
    connection.close()
    return statuses


def _shares(codes: list[str]) -> list[list[str]]:
    return [codes[start::AT_ONCE] for start in range(AT_ONCE)]
