"""A denunciation from the portal to its conclusion, in the browser: by code alone, its seal opened once and
refused twice; the one whom it is about sees nothing of it anywhere, in either of his positions."""

import re
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from pytest_django.fixtures import Settings

from complaints.models import Letter
from egov.organizations.actor import Actor
from tests.factories.cast import Cast
from tests.factories.documents import Office
from tests.factories.sealing import passphrase_of
from tests.journeys.browser import DESKTOP, Windows, picture
from tests.journeys.denounced_body import DENOUNCED, Body, made_body
from tests.journeys.people import give_pin, press
from tests.journeys.test_accessible import at_work, grave_faults

NAME, STREET, CAMERA = "Đỗ Thị Ngọc Lan", "Ngõ 47 phố Lê Quý Đôn", "Máy ảnh của Ngọc Lan"
WORDS = "Nhận tiền của các hộ dân khi xét duyệt hồ sơ chuyển mục đích sử dụng đất."
REASON = "Mời người tố cáo đến trình bày, ký biên bản"
NOT_YET = "Hãy xác minh qua hồ sơ đất đai trước"
MADE_OF_METADATA = 0x0131, 0x013B  # EXIF: software, artist


@pytest.fixture
def body(windows: Windows, office: Office, cast: Cast, settings: Settings) -> Body:
    """Everybody in place, the custodian's key made, the system's certificate there to sign receipts."""
    settings.INQUIRIES_PER_ADDRESS = (1000, 60)
    return made_body(cast)


@pytest.mark.journey
@pytest.mark.rule("complaints", 35)
@pytest.mark.rule("complaints", 37)
@pytest.mark.rule("complaints", 38)
@pytest.mark.rule("complaints", 52)
@pytest.mark.timeout(300)
def test_from_the_portal_to_the_conclusion(windows: Windows, body: Body, cast: Cast, tmp_path: Path) -> None:
    citizen = windows.open(size=DESKTOP)
    codes = write_over_the_portal(citizen, to=body.leader.agency.name, paper=photograph(tmp_path))
    stands(citizen, codes, "Đã tiếp nhận")
    letter = Letter.objects.get()
    assert letter.code == codes[0]

    keeper = Desk(windows, body.keeper, letter)
    take_in(keeper, body, tmp_path)
    handler, leader = (Desk(windows, one, letter) for one in (body.handler, body.leader))
    accept(handler, leader)
    make_own_key(handler.page, body.handler)
    seal_stays_closed(handler, leader)
    seal_opens_once(windows, body, handler, leader)

    conclude(handler, leader, body, recipient=cast.dung.agency.code)
    issue(windows, body)
    handler.open()
    expect(handler.page.locator(".title-note")).to_contain_text("Đã giải quyết")
    stands(citizen, codes, "Đã trả lời")

    log_is_seen(windows, body, letter)
    nothing_for_the_denounced(windows, body, letter)
    windows.forget("422", "403", "404")


def photograph(folder: Path) -> Path:
    """A picture that says by which camera, and by whom."""
    exif = Image.Exif()
    for tag in MADE_OF_METADATA:
        exif[tag] = CAMERA
    path = folder / "ngoc-lan-chup.jpg"
    Image.new("RGB", (640, 480), "olive").save(path, exif=exif)
    return path


def write_over_the_portal(page: Page, *, to: str, paper: Path) -> tuple[str, str]:
    """From the kinds of letters over the page of protection to the two codes that are shown once."""
    page.goto("/write/")
    page.get_by_role("link", name="Đọc trước khi tố cáo").click()
    expect(page.get_by_text("Người quản trị hệ thống không đọc được")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Gửi đơn tố cáo").click()
    main = page.get_by_role("main")
    for label, typed in (
        ("Họ và tên", NAME),
        ("Địa chỉ", STREET),
        ("Người bị tố cáo: họ tên, chức vụ, nơi công tác", f"{DENOUNCED}, chuyên viên"),
        ("Nội dung", WORDS),
    ):
        main.get_by_label(label, exact=True).fill(typed)
    main.get_by_label("Cơ quan nhận đơn").select_option(label=to)
    main.get_by_label("Tài liệu, chứng cứ").set_input_files(paper)
    faults = grave_faults(page)
    picture(page, "denunciation-write")
    press(page, "Gửi đơn")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận đơn")
    shown = main.inner_text()
    assert not [word for word in (NAME, STREET, paper.name) if word in shown]
    code, secret = (one.inner_text() for one in main.locator("dd strong").all())
    with page.expect_download() as receipt:
        press(page, "Tải giấy xác nhận (PDF có chữ ký số)")
    assert receipt.value.path().read_bytes().startswith(b"%PDF-")
    assert faults + grave_faults(page) == []
    return code, secret


def stands(page: Page, codes: tuple[str, str], words: str) -> None:
    """Whoever holds both codes learns how far it is, and nothing of what it says."""
    page.goto("/write/follow/")
    page.get_by_label("Mã đơn").fill(codes[0])
    page.get_by_label("Mã tra cứu").fill(codes[1])
    press(page, "Xem")
    expect(page.get_by_role("status")).to_have_text(words)
    assert WORDS not in page.content()


@dataclass
class Desk:
    """Somebody of the office before the letter's page; every page that comes says nothing of who wrote."""

    windows: Windows
    actor: Actor
    letter: Letter

    def __post_init__(self) -> None:
        self.page = at_work(self.windows, self.actor, DESKTOP)

    def open(self) -> None:
        self.page.goto(reverse("complaints:letter_detail", args=[self.letter.pk]))
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(self.letter.code)
        self.names_nobody()

    def step(self, name: str) -> Locator:
        """The form of one step, with the folds that it lies in opened."""
        form = self.page.locator(f"form[action$='/{name}/']")
        expect(form).to_have_count(1)
        folds = form.locator("xpath=ancestor::details[not(@open)]")
        while folds.count():
            folds.first.locator("summary").first.click()
        return form

    def take(self, name: str, **fields: str) -> None:
        """Fill a step's form by the names of its fields, and press its button."""
        form = self.step(name)
        for field, typed in fields.items():
            form.locator(f"[name='{field}']").fill(typed)
        form.locator("button.btn").click()

    def told(self, words: str) -> None:
        expect(self.page.locator(".alert").filter(has_text=words)).to_be_visible()
        self.names_nobody()

    def names_nobody(self) -> None:
        shown = self.page.content()
        assert not [word for word in (NAME, STREET, CAMERA) if word in shown], self.page.url


def take_in(keeper: Desk, body: Body, folder: Path) -> None:
    """The keeper of the protected register finds it by its code, names whom it is about, notes the signature
    and puts a redacted copy beside the seal."""
    page = keeper.page
    page.goto(reverse("complaints:letter_list"))
    row = page.get_by_role("row", name=keeper.letter.code)
    expect(row).to_contain_text("được bảo vệ")
    assert WORDS not in row.inner_text()
    keeper.names_nobody()
    row.get_by_role("link").click()
    expect(page.get_by_text("danh tính của 1 người, 1 bản gốc")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Đơn không có chữ ký hoặc điểm chỉ")

    page.get_by_role("link", name="Sửa nội dung").click()
    page.get_by_label("Thuộc cơ quan").fill(body.leader.agency.name)
    page.get_by_label("Người, cơ quan, quyết định bị khiếu nại").fill(DENOUNCED)
    page.get_by_label("Lý do sửa").fill("Xác định người bị tố cáo")
    press(page, "Sửa nội dung")
    keeper.told("Đã sửa")
    page.get_by_role("link", name="Sửa thông tin đơn").click()
    page.get_by_label("Có chữ ký hoặc điểm chỉ").check()
    page.get_by_label("Lý do sửa").fill("Đã ký tại nơi tiếp công dân")
    press(page, "Sửa thông tin đơn")
    keeper.told("Đã sửa")

    keeper.step("copies").locator("[name='copy-file']").set_input_files(folder / "ngoc-lan-chup.jpg")
    keeper.take("copies")
    keeper.told("thông tin riêng của tệp đã được xóa")
    copy = page.request.get(str(page.locator("a[href*='/copies/']").get_attribute("href")))
    assert keeper.letter.code in copy.headers["content-disposition"]
    assert not Image.open(BytesIO(copy.body())).getexif()


def accept(handler: Desk, leader: Desk) -> None:
    """Given to somebody who is not tied; proposed by one, approved by another, accepted."""
    leader.open()
    people = leader.step("assign").locator("[name=member]")
    assert DENOUNCED not in people.inner_text()
    choose_in(leader.step("assign"), "member", handler.actor)
    leader.take("assign")
    leader.told("Đã giao")
    handler.open()
    link = handler.page.get_by_role("link", name="Thụ lý giải quyết")
    if not link.is_visible():
        handler.page.get_by_text("Hướng xử lý khác").click()
    link.click()
    handler.page.get_by_label("Lý do").fill("Đủ điều kiện thụ lý, có chứng cứ kèm theo")
    press(handler.page, "Đề xuất: Thụ lý giải quyết")
    handler.told("Đã trình lãnh đạo duyệt")
    leader.open()
    leader.take("approve")
    leader.told("Đã duyệt hướng xử lý")
    leader.take("accept")
    expect(leader.page.locator(".title-note")).to_contain_text("Đang giải quyết")


def make_own_key(page: Page, person: Actor) -> None:
    """With a passphrase that nobody else knows."""
    page.goto(reverse("complaints:sealing_keys"))
    page.get_by_label("Mật khẩu mở khóa", exact=True).fill(passphrase_of(person))
    page.get_by_label("Nhập lại mật khẩu").fill(passphrase_of(person))
    page.locator("form[action$='/make/']").get_by_role("button").click()
    expect(page.get_by_role("main")).to_contain_text("Dấu khóa")


def ask(handler: Desk) -> None:
    """With a reason, which must not say who it is."""
    handler.open()
    handler.step("ask").locator("[name=kind]").select_option("person")
    handler.take("ask", reason=REASON)
    handler.told("Đã gửi đề nghị mở niêm phong")


def answer(leader: Desk, *, agrees: bool, words: str) -> None:
    """The second person, from the log."""
    leader.page.goto(reverse("complaints:opening_list"))
    row = leader.page.get_by_role("row", name=leader.letter.code).filter(has_text="chờ duyệt")
    row.get_by_role("link").click()
    leader.page.get_by_label("Đồng ý mở" if agrees else "Không đồng ý", exact=True).check()
    leader.take("answer", answer=words)
    leader.told("Đã ghi ý kiến")


def seal_stays_closed(handler: Desk, leader: Desk) -> None:
    """Refused the first time: the second person does not agree, and then nobody has anything to type."""
    ask(handler)
    answer(leader, agrees=False, words=NOT_YET)
    handler.page.goto(reverse("complaints:opening_list"))
    handler.page.get_by_role("row", name=handler.letter.code).get_by_role("link").click()
    expect(handler.page.get_by_role("main")).to_contain_text(NOT_YET)
    expect(handler.page.get_by_role("main").get_by_role("button")).to_have_count(0)


def seal_opens_once(windows: Windows, body: Body, handler: Desk, leader: Desk) -> None:
    """Asked again, agreed to, released by the custodian; refused to another and to a wrong passphrase, read
    with the right one."""
    ask(handler)
    answer(leader, agrees=True, words="")
    address = leader.page.url
    custodian = Desk(windows, body.custodian, handler.letter)
    custodian.page.goto(address)
    custodian.take("release", passphrase=passphrase_of(body.custodian))
    custodian.told("Đã mở cho người được nêu tên trong 2 giờ.")
    expect(custodian.page.locator("form[action$='/read/']")).to_have_count(0)

    handler.page.goto(address)
    handler.take("read", passphrase="con trâu đi sau cái cày nào")
    handler.told("Còn 4 lần")
    handler.take("read", passphrase=passphrase_of(body.handler))
    expect(handler.page.get_by_role("heading", level=1)).to_contain_text("Danh tính theo đơn")
    expect(handler.page.get_by_role("main")).to_contain_text(NAME)
    expect(handler.page.get_by_role("main")).to_contain_text(STREET)
    picture(handler.page, "denunciation-read")
    # The page that said it has no address: going back to it asks for the passphrase again.
    handler.page.goto(address)
    handler.names_nobody()
    expect(handler.page.get_by_role("heading", name="Các lần xem")).to_be_visible()


def conclude(handler: Desk, leader: Desk, body: Body, *, recipient: str) -> None:
    """Verified by the one named, reported, drafted and presented to who signs."""
    due = f"{timezone.localdate() + timedelta(days=10):%d/%m/%Y}"
    leader.open()
    choose_in(leader.step("assign_verification"), "leader", body.handler)
    leader.take("assign_verification", content="Xác minh việc thu tiền", due_on=due)
    handler.open()
    handler.take("plan_verification", plan="Làm việc với các hộ, đối chiếu hồ sơ đất đai.")
    handler.step("report_verification")
    handler.take(
        "report_verification",
        findings="Có thu tiền ngoài quy định của ba hộ.",
        recommendation="Kết luận tố cáo đúng một phần.",
    )
    form = handler.step("draft_outcome")
    form.locator("[name=result]").select_option("partly_true")
    handler.take("draft_outcome", findings="Tố cáo đúng một phần.", ruling="Kiểm điểm người vi phạm.")
    choose_in(handler.step("present_outcome"), "signer", body.leader)
    handler.take("present_outcome", recipients=recipient)
    expect(handler.page.get_by_role("main")).to_contain_text("đang chờ ký, ban hành")
    handler.names_nobody()


def issue(windows: Windows, body: Body) -> None:
    """Signed, numbered, sealed and issued on the documents' own pages; the paper speaks of the code."""
    title = "Kết luận nội dung tố cáo"
    leader, registry = (at_work(windows, one, DESKTOP) for one in (body.leader, body.registry))
    for page in (leader, registry):
        page.goto("/today/")
        page.get_by_role("link", name=title).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        assert NAME not in page.content()
        if page is leader:
            give_pin(page, "Ký số")
            expect(page.locator(".history > li").last).to_contain_text("ký số văn bản.")
    press(registry, "Cấp số, vào sổ văn bản đi")
    give_pin(registry, "Đóng dấu")
    press(registry, "Phát hành đến mọi nơi nhận")
    expect(registry.locator(".history > li").last).to_contain_text("phát hành văn bản")


def log_is_seen(windows: Windows, body: Body, letter: Letter) -> None:
    """Custodian and inspector see who asked, why, who agreed, and when it was read."""
    for person in (body.custodian, body.inspector):
        page = at_work(windows, person, DESKTOP)
        page.goto(reverse("complaints:opening_list"))
        rows = page.get_by_role("row", name=letter.code)
        expect(rows).to_have_count(2)
        expect(rows.filter(has_text="không đồng ý")).to_contain_text(body.handler.user.full_name)
        assert NAME not in page.content()
        rows.filter(has_text="đang mở").get_by_role("link").click()
        for words in (REASON, body.leader.user.full_name, body.custodian.user.full_name):
            expect(page.get_by_role("main")).to_contain_text(words)
        expect(page.locator("h2:has-text('Các lần xem') + ul > li")).to_have_count(1)
        expect(page.get_by_role("main").get_by_role("button")).to_have_count(0)


def nothing_for_the_denounced(windows: Windows, body: Body, letter: Letter) -> None:
    """Neither where letters stand, nor by its code, nor by its address; as official or as administrator."""
    matter = letter.matters.get()
    opening = letter.openings.latest("pk")
    lists = (
        *(reverse(f"complaints:{one}") for one in ("letter_list", "letter_register", "opening_list")),
        f"{reverse('complaints:letter_list')}?q={letter.code}",
        f"{reverse('documents:search_results')}?q=Kết luận nội dung tố cáo",
        "/today/",
    )
    closed = (
        reverse("complaints:letter_detail", args=[letter.pk]),
        reverse("complaints:matter_detail", args=[matter.pk]),
        reverse("complaints:opening_detail", args=[opening.pk]),
        reverse("complaints:sealed_copy", args=[matter.pk, 1]),
    )
    for person in body.denounced:
        ask = at_work(windows, person, DESKTOP).request
        for address in lists:
            shown = re.sub(r'value="[^"]*"', "", ask.get(address).text())
            assert person.user.full_name in shown, "he is signed in"
            assert not [word for word in (letter.code, WORDS, NAME) if word in shown], (person, address)
        for address in closed:
            answered = ask.get(address)
            assert answered.status in {403, 404}, (person, address)
            assert letter.code not in answered.text()


def choose_in(form: Locator, field: str, person: Actor) -> None:
    """Choose a person in the list of a form that stands several times on the page."""
    box = form.locator(f"[name='{field}']")
    option = box.locator("option", has_text=person.user.full_name).get_attribute("value")
    box.select_option(option)
