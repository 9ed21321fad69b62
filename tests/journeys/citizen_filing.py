"""Filing online, page by page, over a line that drops; and the receipt that comes of it."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from playwright.sync_api import Locator, Page, Route, expect

from onestop.models import Dossier
from portal.models import Draft, Upload
from tests.factories.documents import pdf_of
from tests.journeys.browser import Windows, picture
from tests.journeys.people import press
from tests.journeys.test_accessible import grave_faults

PIECE_BYTES = 1024 * 1024
# What the browser itself tells the console of a line that was cut on purpose.
OF_THE_LINE = (
    "ERR_INTERNET_DISCONNECTED",
    "ERR_CONNECTION_RESET",
    "ERR_FAILED",
    "htmx:afterRequest",
    "htmx:sendError",
    # A page that one leaves while it saves.
    "htmx:sendAbort",
)


def papers_at_home(folder: Path) -> dict[str, Path]:
    """Files on the citizen's own machine; the first is of more than one piece."""
    files = {}
    for name in ("Tờ khai", "Giấy chứng sinh", "Căn cước", "Giấy ủy quyền"):
        files[name] = folder / f"{name}.pdf"
        files[name].write_bytes(pdf_of(name).read())
    with pikepdf.open(files["Tờ khai"], allow_overwriting_input=True) as pdf:
        pdf.Root.Filler = pikepdf.Stream(pdf, os.urandom(2 * PIECE_BYTES + PIECE_BYTES // 2))
        pdf.save()
    return files


def paper(page: Page, name: str) -> Locator:
    """The row of one paper of the list."""
    return page.locator(".apply-paper").filter(has=page.get_by_role("heading", name=name, exact=True))


@dataclass
class Filing:
    """One citizen at the filing pages; ``faults`` gathers what axe finds on each of them."""

    windows: Windows
    page: Page
    faults: list[str]

    def look(self, name: str) -> None:
        """Nothing shuts anybody out of this page."""
        picture(self.page, name)
        self.faults += grave_faults(self.page)

    def go_on(self) -> None:
        press(self.page, "Lưu và tiếp tục")

    def say_what_is_wanted(self, agency: str, content: str) -> None:
        """The line drops while one types: it is told, and what was typed goes out when it is back."""
        page, note = self.page, self.page.locator("#saved-note")
        page.get_by_label("Cơ quan nhận hồ sơ").select_option(label=agency)
        page.get_by_label("Nhận tại quầy").check()
        expect(note).to_contain_text("Đã lưu lúc")
        page.context.set_offline(True)
        page.get_by_label("Nội dung yêu cầu giải quyết").fill(content)
        expect(note).to_contain_text("Mất kết nối")
        assert Draft.objects.get().said("content") == ""
        page.context.set_offline(False)
        expect(note).to_contain_text("Đã lưu lúc")
        assert Draft.objects.get().said("content") == content
        self.windows.forget(*OF_THE_LINE)
        self.look("filing-case")
        self.go_on()

    def say_who(self, number: str) -> None:
        """What the identity vouches for stands there already."""
        expect(self.page.get_by_text(number)).to_be_visible()
        self.page.get_by_label("Số điện thoại").fill("0912345678")
        self.page.get_by_label("Cho chính tôi").check()
        self.look("filing-applicant")
        self.go_on()

    def bring_papers(self, papers: dict[str, Path]) -> None:
        """One over a line that loses a piece, one whole, one that is not what it says."""
        page = self.page
        self._upload_over_a_bad_line(papers["Tờ khai"])
        paper(page, "Giấy chứng sinh").locator("[type=file]").set_input_files(papers["Giấy chứng sinh"])
        expect(paper(page, "Giấy chứng sinh").get_by_text("đã có")).to_be_visible()
        page.get_by_label("Tôi xuất trình bản chính khi đến nhận kết quả").check()
        expect(page.locator("#saved-note")).to_contain_text("Đã lưu lúc")
        self.windows.forget(*OF_THE_LINE)
        # It is refused in words, and nothing else is lost.
        fake = papers["Tờ khai"].with_name("gia.pdf")
        fake.write_bytes(b"MZ" * 500)
        paper(page, "Giấy tờ khác (nếu có)").locator("[type=file]").set_input_files(fake)
        expect(page.locator(".apply-file-refused")).to_contain_text("không phải tệp PDF")
        self.windows.forget("422")
        self.look("filing-papers")
        press(page, "Bỏ tệp gia.pdf")
        self.go_on()

    def send_over_a_broken_line(self) -> Dossier:
        """The line drops at the button itself: nothing says that it was filed, and nothing was."""
        page, check_page = self.page, self.page.url
        self.look("filing-check")
        page.get_by_label("Tôi xác nhận nội dung đã khai").check()
        page.context.set_offline(True)
        press(page, "Nộp hồ sơ")
        page.wait_for_url(re.compile("chrome-error"))
        assert not Dossier.objects.exists()
        page.context.set_offline(False)
        self.windows.forget(*OF_THE_LINE)
        page.goto(check_page)
        page.get_by_label("Tôi xác nhận nội dung đã khai").check()
        press(page, "Nộp hồ sơ")
        expect(page.get_by_role("heading", level=1)).to_have_text("Đã nộp hồ sơ")
        dossier = Dossier.objects.get()
        expect(page.locator(".filed-number").first).to_have_text(dossier.filing_number)
        self.look("filed")
        return dossier

    def _upload_over_a_bad_line(self, file: Path) -> None:
        """The second piece is lost on the way; the browser goes on by itself from where the server is."""
        address, pieces = re.compile(r"/uploads/[0-9a-f-]{36}/$"), []

        def lose_the_second(route: Route) -> None:
            if route.request.method == "PATCH":
                pieces.append(route.request.headers["upload-offset"])
            route.abort("connectionreset") if len(pieces) == 2 else route.continue_()

        self.page.route(address, lose_the_second)
        row = paper(self.page, "Tờ khai đăng ký khai sinh")
        row.locator("[type=file]").set_input_files(file)
        expect(row.get_by_text("đã có")).to_be_visible(timeout=60_000)
        self.page.unroute(address)
        upload = Upload.objects.get()
        assert upload.size == file.stat().st_size
        # As many pieces as the file has, and the lost one once more; nothing was sent from the beginning.
        assert len(pieces) == -(-upload.size // PIECE_BYTES) + 1


def check_receipt(windows: Windows, receipt: Path, papers: dict[str, Path], size: dict[str, int]) -> None:
    """As a stranger would: without a sign-in, without scripts, with one file that was not filed."""
    page = windows.open(size=size, java_script_enabled=False)
    page.goto("/receipts/check/")
    page.get_by_label("Giấy xác nhận (PDF)").set_input_files(receipt)
    page.get_by_label("Các tệp cần so sánh").set_input_files([papers["Tờ khai"], papers["Giấy ủy quyền"]])
    press(page, "Kiểm tra")
    expect(page.get_by_text("Giấy xác nhận hợp lệ")).to_be_visible()
    expect(page.get_by_text("có trong giấy xác nhận, tệp số 1")).to_be_visible()
    expect(page.get_by_text("KHÔNG có trong giấy xác nhận")).to_be_visible()
    picture(page, "receipt-check")
