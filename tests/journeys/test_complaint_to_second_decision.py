"""A complaint from the portal to its decision, and against that decision to a second one, in the browser."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as configured
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect
from pytest_django.fixtures import Settings

from complaints.enums import DutyKind, MatterState, Stage
from complaints.models import Matter
from documents.models import Document
from egov.organizations.actor import Actor
from egov.signing.authority.demo import DemoAuthority, issue_certificate
from egov.workdays.load_holidays import load_holidays
from tests.factories.cast import Cast
from tests.factories.documents import give_key, pdf_of
from tests.factories.letters import appointed
from tests.factories.organizations import MembershipFactory, actor_for
from tests.factories.settlements import vn
from tests.journeys.browser import DESKTOP, PHONE, Windows, fits
from tests.journeys.letter_steps import (
    chip,
    fill_in,
    law_in_force,
    on_matter,
    opened,
    pdf_behind,
    step_form,
    take_page,
    take_step,
)
from tests.journeys.people import give_pin, open_waiting, press
from tests.journeys.test_accessible import at_work
from tests.support.pdf_text import text_of

LAND = "Khi thu hồi đất, Ủy ban nhân dân xã tính thiếu 20 m² đất trồng lúa của gia đình tôi."
AGAINST = "Quyết định số 12/QĐ-UBND ngày 02/03/2026 của Ủy ban nhân dân xã Thụy Xuân"
STILL = "Quyết định giải quyết lần đầu vẫn không tính 20 m² đất đã bị đào mương."
RULED, RULED_AGAIN = "Bồi thường thêm 5 m² đất trồng lúa.", "Bồi thường thêm 20 m² đất trồng lúa."
ELIGIBLE = "Đơn đủ điều kiện, thuộc thẩm quyền."


@dataclass(frozen=True)
class Settlers:
    """Who settles complaints at one body: intake, handler, head, and the registry that issues."""

    intake: Actor
    handler: Actor
    head: Actor
    registry: Actor


@pytest.fixture
def clock(windows: Windows, settings: Settings, pki_folder: Path) -> Iterator[time_machine.Traveller]:
    """Time that runs on from wherever a step moves it; the holidays of 2026 and the law are known."""
    with time_machine.travel(vn(2026, 8, 3), tick=True) as traveller:
        load_holidays([2026])
        law_in_force()
        settings.INQUIRIES_PER_ADDRESS = (1000, 60)
        settings.SIGNING_PKI_DIR = pki_folder
        DemoAuthority(pki_folder).trust()
        yield traveller


@pytest.fixture
def commune(clock: time_machine.Traveller, cast: Cast) -> Settlers:
    agency = cast.chi.agency
    issue_certificate(pin=configured.SIGNING_SYSTEM_PIN, agency=agency, is_system=True)
    return settlers(
        cast.chi, actor_for(MembershipFactory(agency=agency, leader=True, user__full_name="Đỗ Thị Hà"))
    )


@pytest.fixture
def province(clock: time_machine.Traveller, cast: Cast) -> Settlers:
    return settlers(cast.an, cast.binh)


@pytest.mark.journey
@pytest.mark.rule("complaints", 1)
@pytest.mark.rule("complaints", 18)
@pytest.mark.rule("complaints", 28)
@pytest.mark.rule("complaints", 52)
@pytest.mark.timeout(300)
def test_a_complaint_goes_to_its_second_decision(
    windows: Windows, clock: time_machine.Traveller, commune: Settlers, province: Settlers
) -> None:
    citizen = windows.open(size=PHONE)
    codes = write(citizen, to=commune, subject=AGAINST, summary=LAND)
    first = Matter.objects.get()
    follows(citizen, codes, "Đã tiếp nhận")
    takes_signature(windows, commune, first)
    accepted(windows, clock, commune, first, at=vn(2026, 8, 10), due="09/09/2026")
    follows(citizen, codes, "Đang xử lý")
    verified(windows, commune, first, due="20/08/2026")
    talked(windows, clock, commune, first, meets=vn(2026, 8, 20, 14), at=vn(2026, 8, 21))
    drafted(windows, commune, first, result="Khiếu nại đúng một phần", ruling=RULED)
    one = issued(windows, commune, first)
    assert ("lần đầu" in one, "Vũ Thị Lan" in one, RULED in one) == (True, True, True)
    follows(citizen, codes, "Đã trả lời")

    clock.move_to(vn(2026, 9, 8))
    again = write(citizen, to=province, subject=AGAINST, summary=STILL)
    second = Matter.objects.exclude(pk=first.pk).get()
    takes_signature(windows, province, second)
    accepted(windows, clock, province, second, at=vn(2026, 9, 14), due="29/10/2026", against=first)
    verified(windows, province, second, due="30/09/2026", briefly=True)
    talked(windows, clock, province, second, meets=vn(2026, 10, 1, 8), at=vn(2026, 10, 2))
    drafted(
        windows,
        province,
        second,
        result="Sửa đổi, hủy một phần quyết định giải quyết lần đầu",
        ruling=RULED_AGAIN,
    )
    two = issued(windows, province, second)
    first_number = first.outcomes.get().notation
    assert ("lần hai" in two, first_number in two, RULED_AGAIN in two) == (True, True, True)
    follows(citizen, again, "Đã trả lời")
    second.refresh_from_db()
    assert (second.stage, second.previous, second.state) == (Stage.SECOND, first, MatterState.SETTLED)


def settlers(registry: Actor, head: Actor) -> Settlers:
    """The people of one body with their duties, and the keys of its head and of itself."""
    agency, now = registry.agency, timezone.now()
    give_key(at=now, user=head.user)
    give_key(at=now, agency=agency)
    intake, handler = (appointed(agency, kind) for kind in (DutyKind.INTAKE, DutyKind.HANDLING))
    return Settlers(intake=intake, handler=handler, head=head, registry=registry)


def write(page: Page, *, to: Settlers, subject: str, summary: str) -> tuple[str, str]:
    """From the kinds of letters to the two codes, with the receipt that the system signed."""
    page.goto("/write/")
    page.get_by_role("main").get_by_role("link", name="Gửi đơn khiếu nại").click()
    fill_in(
        page.get_by_role("main"),
        {
            "Cơ quan nhận đơn": to.head.agency.name,
            "Họ và tên": "Vũ Thị Lan",
            "Địa chỉ": "Thôn Tân An, xã Thụy Xuân",
            "Số định danh cá nhân": "034178000001",
            "Quyết định hoặc hành vi bị khiếu nại, của cơ quan hoặc người nào": subject,
            "Nội dung": summary,
        },
    )
    press(page, "Gửi đơn")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận đơn")
    code, secret = (one.inner_text() for one in page.locator("dd strong").all())
    with page.expect_download() as receipt:
        press(page, "Tải giấy xác nhận (PDF có chữ ký số)")
    assert code in text_of(receipt.value.path().read_bytes())
    assert fits(page)
    return code, secret


def follows(page: Page, codes: tuple[str, str], words: str) -> None:
    """Code and secret tell how far it is, and nothing of what it says."""
    page.goto(reverse("portal:letter_follow"))
    fill_in(page.get_by_role("main"), {"Mã đơn": codes[0], "Mã tra cứu": codes[1]})
    press(page, "Xem")
    expect(page.get_by_role("status")).to_have_text(words)
    assert "20 m²" not in page.content()


def takes_signature(windows: Windows, body: Settlers, matter: Matter) -> None:
    """Intake finds it in its register; it cannot be accepted until its sender has signed."""
    page = opened(windows, body.intake, "letter_list")
    page.get_by_role("main").get_by_role("link", name=matter.letter.code).click()
    expect(page.get_by_role("main")).to_contain_text("Đơn không có chữ ký hoặc điểm chỉ của người gửi.")
    signed = {"Vũ Thị Lan": True, "Ký ở đâu, khi nào, trên giấy nào": "Ký tại nơi tiếp công dân"}
    take_page(page, "Ghi nhận chữ ký", signed, told="Đã ghi nhận chữ ký.")
    expect(page.get_by_role("main")).not_to_contain_text("Đơn không có chữ ký")


def accepted(
    windows: Windows,
    clock: time_machine.Traveller,
    body: Settlers,
    matter: Matter,
    *,
    at: datetime,
    due: str,
    against: Matter | None = None,
) -> None:
    """One takes it in hand and proposes, another approves and decides on acceptance, with the last day."""
    clock.move_to(at)
    page = on_matter(windows, body.handler, matter)
    take_step(page, "take-in-hand", told="Quý vị đã nhận xử lý đơn này.")
    if against is not None:
        code = {"Mã đơn khiếu nại lần đầu": against.letter.code}
        take_step(page, "note_second_filing", code, told="Đã ghi khiếu nại lần hai.")
    take_page(page, "Thụ lý giải quyết", {"Lý do": ELIGIBLE}, told="Đã trình lãnh đạo duyệt.")
    expect(page.locator("form[action$='/approve/']")).to_have_count(0)
    page = on_matter(windows, body.head, matter)
    expect(page.get_by_role("main")).to_contain_text(ELIGIBLE)
    take_step(page, "approve", told="Đã duyệt hướng xử lý “Thụ lý giải quyết”.")
    take_step(page, "accept", told=f"Đã thụ lý. Hạn giải quyết: {due}.")
    expect(chip(page)).to_have_text("Đang giải quyết")


def verified(windows: Windows, body: Settlers, matter: Matter, *, due: str, briefly: bool = False) -> None:
    """The head orders it; plan, evidence with its file, and a report: something still differs."""
    page = on_matter(windows, body.head, matter)
    task = {
        "Nội dung phải xác minh": "Đo đạc lại thửa đất",
        "Người phụ trách xác minh": body.handler,
        "Xong trước hết ngày": due,
    }
    take_step(page, "assign_verification", task, told="Đã giao xác minh theo quyết định")
    page = on_matter(windows, body.handler, matter)
    if not briefly:
        take_evidence(page)
    found = {
        "Kết quả xác minh": "Diện tích thiếu so với bản đồ địa chính.",
        "Kiến nghị giải quyết": "Công nhận một phần nội dung khiếu nại.",
        "Yêu cầu và kết quả xác minh còn khác nhau (phải đối thoại)": True,
    }
    take_step(page, "report_verification", found, told="Đã báo cáo kết quả xác minh.")


def take_evidence(page: Page) -> None:
    """The plan, and a paper whose file is kept unchanged."""
    take_step(page, "plan_verification", {"Kế hoạch xác minh": "Đo lại"}, told="Đã ghi kế hoạch xác minh.")
    minutes = pdf_of("Biên bản đo đạc").read()
    piece = {
        "Loại": "Biên bản làm việc",
        "Tên, trích yếu": "Biên bản đo đạc",
        "Tệp đính kèm": FilePayload(name="bien-ban.pdf", mimeType="application/pdf", buffer=minutes),
    }
    take_step(page, "add_evidence", piece, told="Đã thêm vào hồ sơ xác minh.")
    file = page.get_by_role("main").get_by_role("link", name="Mở tệp").get_attribute("href")
    assert page.request.get(str(file)).body() == minutes


def talked(
    windows: Windows,
    clock: time_machine.Traveller,
    body: Settlers,
    matter: Matter,
    *,
    meets: datetime,
    at: datetime,
) -> None:
    """No draft before the dialogue has its minutes (rule 28)."""
    page = on_matter(windows, body.handler, matter)
    asked = {
        "Ngày đối thoại": f"{meets:%d/%m/%Y}",
        "Giờ": f"{meets:%H:%M}",
        "Địa điểm": "Phòng họp số 1",
        "Nội dung đối thoại": "Diện tích được bồi thường",
    }
    take_step(page, "call_dialogue", asked, told="Đã ghi thông báo đối thoại.")
    draft = {"Nhận định": "Chưa đối thoại", "Nội dung quyết định, kết luận": "Bác đơn"}
    take_step(page, "draft_outcome", draft, told="phải có biên bản đối thoại")
    windows.forget("status of 422")
    clock.move_to(at)
    page = on_matter(windows, body.handler, matter)
    said = {
        "Người chủ trì": body.head,
        "Người khiếu nại có mặt": True,
        "Biên bản có đủ chữ ký": True,
        "Nội dung biên bản": "Hai bên thống nhất số liệu đo đạc.",
    }
    take_step(page, "minute_dialogue", said, told="Đã lập biên bản đối thoại.")


def drafted(windows: Windows, body: Settlers, matter: Matter, *, result: str, ruling: str) -> None:
    """In the words of its stage, handed to the head to sign."""
    page = on_matter(windows, body.handler, matter)
    draft = {"Kết quả": result, "Nhận định": "Có cơ sở.", "Nội dung quyết định, kết luận": ruling}
    take_step(page, "draft_outcome", draft, told="Đã soạn dự thảo.")
    expect(step_form(page, "present_outcome").get_by_label("Cơ quan nhận")).not_to_have_value("")
    take_step(page, "present_outcome", {"Người ký": body.head}, told="Đã trình ký.")


def issued(windows: Windows, body: Settlers, matter: Matter) -> str:
    """Signed with the head's own key, numbered, sealed and issued on the documents' pages; the text of it.

    The matter is settled by that alone: nobody says so on its page.
    """
    # The authority's lists of the day, which the system fetches every hour.
    DemoAuthority.here().trust()
    title = Document.objects.get(abstract__contains=matter.letter.code).abstract
    page = at_work(windows, body.head, DESKTOP)
    open_waiting(page, title)
    give_pin(page, "Ký số")
    expect(page.locator(".history > li").last).to_contain_text("ký số văn bản.")
    page = at_work(windows, body.registry, DESKTOP)
    open_waiting(page, title)
    press(page, "Cấp số, vào sổ văn bản đi")
    give_pin(page, "Đóng dấu")
    press(page, "Phát hành đến mọi nơi nhận")
    expect(page.locator(".history > li").last).to_contain_text("phát hành văn bản")
    text = pdf_behind(page, "Mở riêng tệp PDF")
    page = on_matter(windows, body.handler, matter)
    expect(chip(page)).to_have_text("Đã giải quyết")
    notation = matter.outcomes.get(dropped_at=None).notation
    expect(page.get_by_role("main")).to_contain_text(f"{notation} – {timezone.localdate():%d/%m/%Y}")
    return text
